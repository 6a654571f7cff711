import type { Preview } from '../../contract/shapes.ts'
import { findDefinition } from '../workspace/find-definition.ts'
import { withPreviewSession, previewRows, readAt } from './data-access.ts'
import type { DataAccess } from './data-access.ts'
import { checkSelect } from '../sources/duckdb-kit/sql-safety.ts'
import { findTable, firstReadable, listTables } from '../sources/tables.ts'
import type { SourceTable } from '../sources/tables.ts'

/** Tables of a source with their columns. */
export async function sourceTables(access: DataAccess, source: string): Promise<SourceTable[]> {
  const definition = findDefinition(access.workspace, 'source', source)
  return withPreviewSession(access, definition, `Reading ${definition.value.path}`, (session) => listTables(session.db))
}

/** Rows of a table, or of one SELECT, capped and timed. */
export async function previewSource(access: DataAccess, request: { source: string; table?: string; sql?: string; limit: number }): Promise<Preview> {
  const definition = findDefinition(access.workspace, 'source', request.source)
  const { table, sql, limit } = request
  return withPreviewSession(access, definition, `Reading ${definition.value.path}`, async (session) => {
    if (sql !== undefined) return previewRows(access, session, await checkSelect(session.db, sql), limit)
    const chosen = table === undefined ? firstReadable(await listTables(session.db), `The source '${request.source}'`) : await findTable(session.db, `The source '${request.source}'`, table)
    return chosen ? previewRows(access, session, `SELECT * FROM ${chosen.from}`, limit) : { columns: [], rows: [], readAt: readAt(access) }
  }, { linesBefore: 1 })
}
