import type { Preview } from '../../contract/shapes.ts'
import type { Clock, Files } from '../ports/ports.ts'
import type { SqlValue } from '../storage/duckdb.ts'
import type { Definition, Workspace } from '../workspace/workspace.ts'
import { valueTypeOf } from '../sources/column-types.ts'
import { previewRows as rowsOf } from '../sources/duckdb-kit/duckdb-source.ts'
import { describeQuery } from '../storage/raw-values.ts'
import type { OpenedSource, SessionLimits } from '../sources/open-source.ts'
import type { Sql } from '../storage/sql.ts'
import { openSourceOf } from './open-product.ts'
import { explainFailure } from '../sources/source-errors.ts'
import type { SqlOrigin } from '../sources/source-errors.ts'

/** What looking at data needs: definitions, time and a place to spill. */
export interface DataAccess extends SessionLimits {
  workspace: Workspace
  files: Files
  clock: Clock
}

/** Opens a source, lets `work` read from it for as long as a look may take, and closes it again. */
export async function withPreviewSession<T>(access: DataAccess, source: Definition<'source'>, what: string | undefined, work: (source: OpenedSource) => Promise<T>, origin: SqlOrigin = {}): Promise<T> {
  const opened = await openSourceOf(access, source)
  try {
    return await work(opened)
  } catch (cause) {
    throw explainFailure(cause, what ?? opened.what, origin)
  } finally {
    await opened.close()
  }
}

/** At most `limit` rows of a query, as a screen shows them: the values that a plan would read. */
export async function previewRows(access: DataAccess, db: Sql, sql: string, limit: number, parameters: SqlValue[] = []): Promise<Preview> {
  const columns = await describeQuery(db, sql)
  return { columns: columns.map((column) => ({ ...column, type: valueTypeOf(column.nativeType) ?? 'string' })), rows: await rowsOf(db, { sql, columns }, limit, parameters), readAt: readAt(access) }
}

/** Now, as an ISO instant. */
export function readAt({ clock }: Pick<DataAccess, 'clock'>): string {
  return new Date(clock.now()).toISOString()
}
