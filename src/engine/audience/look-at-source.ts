import type { Preview } from '../../contract/shapes.ts'
import type { SourceCheck, SourceTable } from '../sources/source.ts'
import { firstReadable } from '../sources/tables.ts'
import { findDefinition } from '../workspace/find-definition.ts'
import { readAt, withPreviewSession } from './data-access.ts'
import type { DataAccess } from './data-access.ts'

/** Tables of a source with their columns. */
export async function sourceTables(access: DataAccess, source: string): Promise<SourceTable[]> {
  return withSource(access, source, (opened) => opened.tables())
}

/** Whether a source can be read. */
export async function checkSource(access: DataAccess, source: string): Promise<SourceCheck> {
  return withSource(access, source, (opened) => opened.check())
}

/** Rows of a table, or of one SELECT, capped and timed. */
export async function previewSource(access: DataAccess, request: { source: string; table?: string; sql?: string; limit: number }): Promise<Preview> {
  const { source, sql, limit } = request
  return withSource(access, source, async (opened) => {
    const table = sql === undefined ? (request.table ?? firstReadable(await opened.tables(), `The source '${source}'`)?.name) : undefined
    const asked = sql === undefined ? (table === undefined ? undefined : { table }) : { sql }
    if (asked === undefined) return { columns: [], rows: [], readAt: readAt(access) }
    const query = await opened.describe(asked)
    const columns = query.columns.map(({ name, nativeType, type }) => ({ name, nativeType, type }))
    return { columns, rows: await opened.preview(query, limit), readAt: readAt(access) }
  })
}

async function withSource<T>(access: DataAccess, source: string, work: Parameters<typeof withPreviewSession<T>>[3]): Promise<T> {
  const definition = findDefinition(access.workspace, 'source', source)
  return withPreviewSession(access, definition, undefined, work, { linesBefore: 1 })
}
