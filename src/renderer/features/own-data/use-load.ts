import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { InspectedFile } from '../../../contract/shapes.ts'
import { client, engine } from '../../app/client.ts'
import type { Choices } from './use-choices.ts'

/** Makes a workspace of the file, or a data product of the open one; exactly as many rows as were shown. */
export function useLoad(file: InspectedFile | undefined, { options, name, label }: Choices) {
  const workspace = useQuery(engine.workspace.current.queryOptions())
  const open = workspace.data ?? undefined
  const queries = useQueryClient()
  const navigate = useNavigate()
  const before = open?.definitions.filter((entry) => entry.kind === 'product').map((entry) => entry.id) ?? []
  const load = useMutation({
    mutationFn: async () => {
      if (file === undefined) throw new Error('there is no file yet')
      const key = file.key?.column
      return client.workspace.initialise({
        file: file.path,
        options,
        name: name.trim(),
        label: label ?? file.labelProposal,
        accept: { load: file.load, blocked: file.blocked },
        ...(key === undefined ? {} : { key }),
      })
    },
    onSuccess: (info) => {
      const made = info.definitions.find((entry) => entry.kind === 'product' && !before.includes(entry.id))
      // In the address, because opening a workspace puts another frame around this screen.
      void navigate({ to: '/own-data', search: { made: made?.id ?? '', rows: file?.load ?? 0 }, replace: true })
      void queries.invalidateQueries()
    },
  })
  return { load, open }
}
