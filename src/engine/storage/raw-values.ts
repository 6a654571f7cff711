import type { DuckDBType, DuckDBValue } from '@duckdb/node-api'
import type { Raw } from '../../contract/states.ts'
import { duckDbApi } from './duckdb-api.ts'
import type { NativeColumn, Sql, SqlValue, Table } from './sql.ts'
import { decimalText } from '../values/decimal.ts'

export type { NativeColumn } from './sql.ts'

/**
 * DuckDB value → plain value. Exact: what a double cannot hold (long integers, decimals) stays text;
 * dates are YYYY-MM-DD, timestamps ISO 8601 in UTC (a timestamp without zone counts as UTC).
 */
export function toRaw(value: DuckDBValue, type: DuckDBType): Raw {
  if (value === null) return null
  const { DuckDBTypeId, JsonDuckDBValueConverter } = duckDbApi()
  switch (type.typeId) {
    case DuckDBTypeId.BOOLEAN:
      return value === true
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.UBIGINT:
    case DuckDBTypeId.HUGEINT:
    case DuckDBTypeId.UHUGEINT:
      return exactInteger(String(value))
    case DuckDBTypeId.FLOAT:
    case DuckDBTypeId.DOUBLE:
      return typeof value === 'number' && Number.isFinite(value) ? value : String(value)
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_S:
    case DuckDBTypeId.TIMESTAMP_MS:
    case DuckDBTypeId.TIMESTAMP_NS:
    case DuckDBTypeId.TIMESTAMP_TZ:
      return isoInstant(String(value))
    case DuckDBTypeId.VARCHAR:
      return String(value)
    case DuckDBTypeId.INTERVAL:
    case DuckDBTypeId.BLOB:
      return String(value)
    case DuckDBTypeId.LIST:
    case DuckDBTypeId.ARRAY:
    case DuckDBTypeId.STRUCT:
      return nested(value, type)
    default:
      return JsonDuckDBValueConverter(value, type, JsonDuckDBValueConverter)
  }
}

function nested(value: DuckDBValue, type: DuckDBType): Raw {
  const { DuckDBTypeId, JsonDuckDBValueConverter } = duckDbApi()
  if (type.typeId === DuckDBTypeId.STRUCT && typeof value === 'object' && value !== null && 'entries' in value) {
    const entries = value.entries as Readonly<Record<string, DuckDBValue>>
    return Object.fromEntries(type.entryNames.map((name, at) => [name, toRaw(entries[name] ?? null, type.entryTypes[at] ?? type)]))
  }
  if ((type.typeId === DuckDBTypeId.LIST || type.typeId === DuckDBTypeId.ARRAY) && typeof value === 'object' && value !== null && 'items' in value) {
    const items = value.items as readonly DuckDBValue[]
    return items.map((item) => toRaw(item, type.valueType))
  }
  return JsonDuckDBValueConverter(value, type, JsonDuckDBValueConverter)
}

function exactInteger(digits: string): Raw {
  const number = Number(digits)
  return Number.isSafeInteger(number) ? number : digits
}

/** '2026-01-02 03:04:05.6+00' → '2026-01-02T03:04:05.6Z'; infinities and years outside 0–9999 stay as they are. */
function isoInstant(text: string): Raw {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d+)?(?:[+-]00(?::?00)?)?$/.exec(text)
  if (!match) return text
  const fraction = (match[3] ?? '').replace(/\.?0+$/, '')
  return `${match[1]}T${match[2]}${fraction}Z`
}

/** The value of a JSON text, or the text where it is none. A number that a double cannot hold stays the text of its digits. */
export function parseExactJson(text: string): Raw {
  const exactly = (_key: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' && context?.source !== undefined && decimalText(context.source) !== decimalText(value) ? context.source : value
  try {
    return JSON.parse(text, exactly as (key: string, value: unknown) => unknown) as Raw
  } catch {
    return text
  }
}

/** Rows with what their JSON columns hold: the driver tells of JSON for a column only, not for its values. */
export function withDocuments(rows: Raw[][], columns: readonly NativeColumn[]): Raw[][] {
  const documents = columns.flatMap(({ nativeType }, at) => (nativeType === 'JSON' ? [at] : []))
  for (const row of rows) {
    for (const at of documents) if (typeof row[at] === 'string') row[at] = parseExactJson(row[at])
  }
  return rows
}

/** Columns with their types and all rows, values as {@link toRaw} gives them: for small results only. */
export async function readTable(db: Sql, sql: string, parameters?: SqlValue[]): Promise<Table> {
  return db.table(sql, parameters)
}

/** Columns of a query without running it. */
export async function describeQuery(db: Sql, sql: string): Promise<NativeColumn[]> {
  return db.describe(sql)
}

export function typeName(type: DuckDBType | undefined): string {
  return type === undefined ? 'UNKNOWN' : (type.alias ?? type.toString())
}

/** A count as a number; DuckDB gives whole numbers that fit. */
export function toCount(value: Raw | undefined): number {
  return typeof value === 'number' ? value : Number(value ?? 0)
}
