import { useQuery } from '@tanstack/react-query'
import type { ObjectDescription } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'

/** The objects a destination offers, and the chosen one. */
export function useObjects(connection: string, name: string): { objects: ObjectDescription[] | undefined; object: ObjectDescription | undefined; reading: boolean; error: unknown; retry: () => void } {
  const objects = useQuery({ ...engine.connections.objects.queryOptions({ input: { connection } }), enabled: connection !== '', staleTime: 5 * 60_000 })
  return { objects: objects.data, object: objects.data?.find((candidate) => candidate.name === name), reading: objects.isLoading, error: objects.error, retry: () => void objects.refetch() }
}
