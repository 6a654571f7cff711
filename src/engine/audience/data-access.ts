import type { Preview } from '../../contract/shapes.ts'
import type { Clock, Files } from '../ports/ports.ts'
import type { SqlValue } from '../storage/duckdb.ts'
import type { Definition, Workspace } from '../workspace/workspace.ts'
import { storableExpression } from '../sources/column-types.ts'
import { describeQuery, readTable } from '../storage/raw-values.ts'
import { openSource } from '../sources/source-session.ts'
import type { SessionLimits, SourceSession } from '../sources/source-session.ts'
import { explainFailure } from '../sources/source-errors.ts'
import type { SqlOrigin } from '../sources/source-errors.ts'
import { sourceColumn } from '../sources/tables.ts'

/** What looking at data needs: definitions, time and a place to spill. */
export interface DataAccess extends SessionLimits {
  workspace: Workspace
  files: Files
  clock: Clock
}

/** Opens a source, lets `work` read from it for as long as a look may take, and closes it again. */
export async function withPreviewSession<T>(access: DataAccess, source: Definition<'source'>, what: string, work: (session: SourceSession) => Promise<T>, origin: SqlOrigin = {}): Promise<T> {
  const { workspace } = access
  const session = await openSource({ ...access, definition: source.value, folder: workspace.folder })
  try {
    return await work(session)
  } catch (cause) {
    throw explainFailure(cause, what, origin)
  } finally {
    session.close()
  }
}

/** At most `limit` rows of a query, as a screen shows them: the values that a plan would read. */
export async function previewRows(access: DataAccess, session: SourceSession, sql: string, limit: number, parameters: SqlValue[] = []): Promise<Preview> {
  const columns = await describeQuery(session.db, sql)
  const shown = columns.map(({ nativeType }, at) => storableExpression(`c${at}`, nativeType) + ` AS c${at}`)
  const named = columns.map((_column, at) => `c${at}`)
  const { rows } = await readTable(session.db, `SELECT ${shown.join(', ')} FROM (\n${sql}\n) AS preview(${named.join(', ')}) LIMIT ${Math.trunc(limit)}`, parameters)
  return { columns: columns.map(sourceColumn), rows, readAt: readAt(access) }
}

/** Now, as an ISO instant. */
export function readAt({ clock }: Pick<DataAccess, 'clock'>): string {
  return new Date(clock.now()).toISOString()
}
