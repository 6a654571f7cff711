import type { Raw } from '../../contract/states.ts'
import { quoteName } from '../storage/duckdb.ts'
import type { DuckDb } from '../storage/duckdb.ts'
import { valueTypeOf } from './column-types.ts'
import type { ValueType } from '../../contract/definitions.ts'
import { describeQuery, readTable } from './raw-values.ts'

export interface SourceColumn {
  name: string
  nativeType: string
  /** Binary and other columns that cannot be sent count as text here. */
  type: ValueType
}

export interface SourceTable {
  /** `orders`, or `shop.orders` outside the default schema. */
  name: string
  rows?: number
  columns: SourceColumn[]
}

/** Tables and views of an open source with their columns; row counts where DuckDB knows them without a scan. */
export async function listTables(db: DuckDb): Promise<SourceTable[]> {
  const { rows } = await readTable(
    db,
    `SELECT schema_name, table_name, estimated_size FROM duckdb_tables() WHERE database_name = current_database() AND NOT internal
     UNION ALL SELECT schema_name, view_name, NULL FROM duckdb_views() WHERE database_name = current_database() AND NOT internal
     ORDER BY 1, 2`,
  )
  const tables: SourceTable[] = []
  for (const [schema, table, size] of rows) {
    const columns = await describeQuery(db, `SELECT * FROM ${quoteName(String(schema))}.${quoteName(String(table))}`)
    tables.push({ name: schema === 'main' ? String(table) : `${String(schema)}.${String(table)}`, ...rowCount(size), columns: columns.map(sourceColumn) })
  }
  return tables
}

function rowCount(size: Raw | undefined): { rows?: number } {
  return typeof size === 'number' ? { rows: size } : {}
}

export function sourceColumn({ name, nativeType }: { name: string; nativeType: string }): SourceColumn {
  return { name, nativeType, type: valueTypeOf(nativeType) ?? 'string' }
}

/** `orders` or `shop.orders` as SQL; a dot inside a table's own name works when the source has such a table. */
export function quoteTable(name: string, tables: readonly string[]): string {
  const dot = name.indexOf('.')
  if (dot < 0 || !tables.includes(name)) return quoteName(name)
  return `${quoteName(name.slice(0, dot))}.${quoteName(name.slice(dot + 1))}`
}
