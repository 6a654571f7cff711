import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { client } from './client.ts'

/** Opens a folder in the place of what is open; that stays where the folder cannot be opened. */
export function useOpenWorkspace(onError?: (error: Error) => void) {
  const queries = useQueryClient()
  const router = useRouter()
  return useMutation({
    mutationFn: (folder: string) => client.workspace.open({ folder }),
    onSuccess: async () => {
      // Where another workspace was left says nothing in this one.
      router.history.push('/')
      await queries.invalidateQueries()
    },
    ...(onError ? { onError } : {}),
  })
}
