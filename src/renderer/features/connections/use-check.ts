import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client, engine } from '../../app/client.ts'
import { engineError } from '../../shared/engine-error.ts'

export interface CheckAnswer {
  ok: boolean
  words: string
  account?: string | undefined
  error?: unknown
  at: string
}

const keyOf = (connection: string) => ['connection check', connection] as const

/** The last check of a connection in this window, and a way to check again. Nothing is green without one. */
export function useCheck(connection: string): { answer: CheckAnswer | undefined; checking: boolean; check: () => void } {
  const queries = useQueryClient()
  const last = useQuery<CheckAnswer>({ queryKey: keyOf(connection), queryFn: () => Promise.reject(new Error('Not checked yet')), enabled: false, staleTime: Infinity, gcTime: Infinity })
  const check = useMutation({
    mutationKey: keyOf(connection),
    mutationFn: () => client.connections.check({ connection }),
    onSuccess: ({ ok, words, account, problem }) => {
      queries.setQueryData<CheckAnswer>(keyOf(connection), { ok, words, account, at: new Date().toISOString(), ...(problem === undefined ? {} : { error: problem }) })
      if (ok) void queries.invalidateQueries({ queryKey: engine.connections.objects.key() })
    },
    onError: (error) => queries.setQueryData<CheckAnswer>(keyOf(connection), { ok: false, words: engineError(error).message, error, at: new Date().toISOString() }),
  })
  return { answer: last.data, checking: check.isPending, check: () => check.mutate() }
}
