import type { AuditEntry, AuditFilter } from '../../../contract/shapes.ts'
import { client, engine } from '../../app/client.ts'
import type { PagedRows } from '../../shared/grid/use-paged-rows.ts'
import { usePagedRows } from '../../shared/grid/use-paged-rows.ts'

/** The wanted entries of the log, newest first. */
export function useAuditRows(filter: AuditFilter): PagedRows<AuditEntry> {
  return usePagedRows<AuditEntry>({
    queryKey: engine.audit.list.queryKey({ input: filter }),
    fetch: async (offset, limit, signal) => {
      const page = await client.audit.list({ ...filter, offset, limit }, { signal })
      return { total: page.total, rows: page.entries }
    },
  })
}
