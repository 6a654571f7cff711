import { useRef } from 'react'
import type { AuditEntry } from '../../../contract/shapes.ts'
import { client, engine } from '../../app/client.ts'
import type { PagedRows } from '../../shared/grid/use-paged-rows.ts'
import { usePagedRows } from '../../shared/grid/use-paged-rows.ts'

/**
 * The log, newest first. Entries are numbered without a gap, so the place in the list gives the number to read
 * before; the newest number is that of the first page.
 */
export function useAuditRows(): PagedRows<AuditEntry> {
  const newest = useRef<number>(undefined)
  return usePagedRows<AuditEntry>({
    queryKey: engine.audit.list.queryKey({ input: {} }),
    fetch: async (offset, limit, signal) => {
      if (offset > 0 && newest.current === undefined) newest.current = (await client.audit.list({ limit: 1 }, { signal })).entries[0]?.seq
      const before = offset === 0 || newest.current === undefined ? {} : { before: newest.current - offset + 1 }
      const page = await client.audit.list({ limit, ...before }, { signal })
      if (offset === 0) newest.current = page.entries[0]?.seq
      return { total: page.total, rows: page.entries }
    },
  })
}
