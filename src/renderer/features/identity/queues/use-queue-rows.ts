import { useMemo } from 'react'
import type { QueueItem, QueueKind } from '../../../../contract/shapes.ts'
import { client, engine } from '../../../app/client.ts'
import type { PagedRows } from '../../../shared/grid/use-paged-rows.ts'
import { usePagedRows } from '../../../shared/grid/use-paged-rows.ts'
import type { QueueSearch } from '../frame/identity-search.ts'

/** The cases of a queue, found and paged by the engine. */
export function useQueueRows(identity: string, kind: QueueKind, { source, find }: QueueSearch): PagedRows<QueueItem> {
  const asked = useMemo(() => ({ identity, kind, ...(source === undefined ? {} : { source }), ...(find === undefined ? {} : { search: find }) }), [identity, kind, source, find])
  return usePagedRows<QueueItem>({
    queryKey: engine.identity.queue.queryKey({ input: asked }),
    fetch: async (offset, limit, signal) => {
      const { total, items } = await client.identity.queue({ ...asked, offset, limit }, { signal })
      return { total, rows: items }
    },
  })
}
