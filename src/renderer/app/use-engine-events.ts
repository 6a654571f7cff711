import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useConnection } from './engine-link.ts'
import { followChanges } from './events.ts'

/** Subscribes to changes on every new connection, and reads everything again after a lost one. */
export function useEngineEvents(): void {
  const queries = useQueryClient()
  const generation = useConnection((state) => state.generation)
  useEffect(() => {
    if (generation === 0) return
    const subscription = new AbortController()
    void followChanges(queries, subscription.signal)
    if (generation > 1) void queries.invalidateQueries()
    return () => subscription.abort()
  }, [generation, queries])
}
