import type { Preview } from '../../contract/shapes.ts'
import { AppError } from '../../contract/errors.ts'
import { findDefinition } from '../workspace/find-definition.ts'
import { nearestWord } from '../workspace/nearest-word.ts'
import { lookAt, previewRows } from './data-access.ts'
import type { DataAccess } from './data-access.ts'
import { checkSelect } from './sql-safety.ts'
import { listTables, quoteTable } from './tables.ts'
import type { SourceTable } from './tables.ts'

/** Tables of a source with their columns. */
export async function sourceTables(access: DataAccess, source: string): Promise<SourceTable[]> {
  const definition = findDefinition(access.workspace, 'source', source)
  return lookAt(access, definition, `Reading ${definition.value.path}`, (session) => listTables(session.db))
}

/** Rows of a table, or of one SELECT, capped and timed. */
export async function previewSource(access: DataAccess, request: { source: string; table?: string; sql?: string; limit: number }): Promise<Preview> {
  const definition = findDefinition(access.workspace, 'source', request.source)
  const { table, sql, limit } = request
  return lookAt(access, definition, `Reading ${definition.value.path}`, async (session) => {
    if (sql !== undefined) return previewRows(access, session, await checkSelect(session.db, sql), limit)
    const tables = (await listTables(session.db)).map(({ name }) => name)
    const name = table ?? tables[0] ?? ''
    if (!tables.includes(name)) {
      const near = nearestWord(name, tables)
      throw new AppError('bad-input', `The source '${request.source}' has no table '${name}'.`, { value: name, next: near === undefined ? `It has: ${tables.slice(0, 20).join(', ') || 'no tables'}.` : `Did you mean '${near}'?` })
    }
    return previewRows(access, session, `SELECT * FROM ${quoteTable(name, tables)}`, limit)
  }, { linesBefore: 1 })
}
