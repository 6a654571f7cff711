import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { IdentityDefinition } from '../../../../contract/identity.ts'
import type { RulesPreview } from '../../../../contract/shapes.ts'
import { client } from '../../../app/client.ts'
import { useLive } from '../../../app/events.ts'

/** A preview, and the definition it was made of. */
export type TriedRules = { value: IdentityDefinition; preview: RulesPreview }

/** Tries edited rules. Who leaves stops it; what was tried before stays. */
export function usePreview(identity: string, onTried: (tried: TriedRules) => void) {
  const asked = useRef<AbortController>(undefined)
  const progress = useLive((state) => state.preview[identity])
  const preview = useMutation({
    mutationFn: async (value: IdentityDefinition) => {
      asked.current = new AbortController()
      return { value, preview: await client.identity.preview({ identity, value }, { signal: asked.current.signal }) }
    },
    onSuccess: onTried,
  })
  const abort = (): void => asked.current?.abort()
  useEffect(() => abort, [])
  return {
    start: preview.mutate,
    pending: preview.isPending,
    progress,
    error: preview.error,
    stop: () => {
      abort()
      preview.reset()
    },
  }
}
