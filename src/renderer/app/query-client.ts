import { QueryClient } from '@tanstack/react-query'
import { engineError } from '../shared/engine-error.ts'

/** Server data stays fresh by events (events.ts), not by time; an answer that says "no" is not asked again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && engineError(error).connectionLost,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})
