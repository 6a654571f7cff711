import { AppError } from '../../contract/errors.ts'
import type { ErrorPlace } from '../../contract/errors.ts'
import type { Raw } from '../../contract/states.ts'
import { quoteName } from '../storage/duckdb.ts'
import type { Sql } from '../storage/sql.ts'
import { valueTypeOf } from './column-types.ts'
import type { ValueType } from '../../contract/definitions.ts'
import { nearestWord } from '../values/nearest-word.ts'
import { ReadingStopped } from './duckdb-kit/query-database.ts'
import { describeQuery, readTable } from '../storage/raw-values.ts'

export interface SourceColumn {
  name: string
  nativeType: string
  /** Binary and other columns that cannot be sent count as text here. */
  type: ValueType
}

export interface SourceTable {
  /** `orders`, or `shop.orders` outside the default schema. */
  name: string
  /** The same, quoted for SQL. */
  from: string
  rows?: number
  columns: SourceColumn[]
  /** Why it cannot be read, in the database's own words; such a table has no columns. */
  unreadable?: string
}

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

export function sourceColumn({ name, nativeType }: { name: string; nativeType: string }): SourceColumn {
  return { name, nativeType, type: valueTypeOf(nativeType) ?? 'string' }
}

/** A table of the source by name, or an error that names the nearest one, or that says why it cannot be read. */
export async function findTable(db: Sql, source: string, name: string, place: ErrorPlace = {}): Promise<SourceTable> {
  const tables = await listTables(db)
  const found = tables.find((table) => table.name === name)
  if (found) return requireReadable(found, source, place)
  const names = tables.map((table) => table.name)
  const near = nearestWord(name, names)
  throw new AppError('bad-input', `${source} has no table '${name}'.`, { ...place, value: name, next: near === undefined ? `It has: ${names.slice(0, 20).join(', ') || 'no tables'}.` : `Did you mean '${near}'?` })
}

/** The first table that can be read; an error where there are tables and none can be. */
export function firstReadable(tables: readonly SourceTable[], source: string, place: ErrorPlace = {}): SourceTable | undefined {
  const [first] = tables
  return tables.find((table) => table.unreadable === undefined) ?? (first && requireReadable(first, source, place))
}

function requireReadable(table: SourceTable, source: string, place: ErrorPlace): SourceTable {
  if (table.unreadable === undefined) return table
  throw new AppError('source-failed', `${source} cannot read its view '${table.name}'.`, {
    ...place,
    value: table.name,
    detail: table.unreadable,
    next: 'Correct the view in the database, or choose another table.',
  })
}
