import type { Raw } from '../../../contract/states.ts'
import { quoteName } from '../../storage/duckdb.ts'
import { describeQuery, readTable } from '../../storage/raw-values.ts'
import type { NativeColumn, Sql } from '../../storage/sql.ts'
import { valueTypeOf } from '../column-types.ts'
import { ReadingStopped } from '../reading-stopped.ts'
import type { SourceColumn, SourceTable } from '../source.ts'

/** Tables and views of an open source with their columns; row counts where DuckDB knows them without a scan. */
export async function listTables(db: Sql): Promise<SourceTable[]> {
  const { rows } = await readTable(
    db,
    `SELECT schema_name, table_name, estimated_size FROM duckdb_tables() WHERE database_name = current_database() AND NOT internal
     UNION ALL SELECT schema_name, view_name, NULL FROM duckdb_views() WHERE database_name = current_database() AND NOT internal
     ORDER BY 1, 2`,
  )
  const tables: SourceTable[] = []
  for (const [schema, table, size] of rows) {
    const from = `${quoteName(String(schema))}.${quoteName(String(table))}`
    const named = { from, name: schema === 'main' ? String(table) : `${String(schema)}.${String(table)}` }
    tables.push({ ...named, ...rowCount(size), ...(await columnsOf(db, from)) })
  }
  return tables
}

/** A view may stand on what is gone, or on what only another program may read. That does not hide the others. */
async function columnsOf(db: Sql, from: string): Promise<Pick<SourceTable, 'columns' | 'unreadable'>> {
  try {
    return { columns: (await describeQuery(db, `SELECT * FROM ${from}`)).map(sourceColumn) }
  } catch (cause) {
    if (!(cause instanceof Error) || cause instanceof ReadingStopped) throw cause
    return { columns: [], unreadable: cause.message.split('\n', 1)[0] ?? cause.message }
  }
}

function rowCount(size: Raw | undefined): { rows?: number } {
  return typeof size === 'number' ? { rows: size } : {}
}

export function sourceColumn({ name, nativeType }: NativeColumn): SourceColumn {
  return { name, nativeType, type: valueTypeOf(nativeType) ?? 'string' }
}
