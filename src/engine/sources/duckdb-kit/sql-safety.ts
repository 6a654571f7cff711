import { AppError } from '../../../contract/errors.ts'
import type { Sql } from '../../storage/sql.ts'
import { firstStatement } from './sql-text.ts'
import type { SqlOrigin } from '../source-errors.ts'

/** Functions that give rows without reading anything from outside the source. */
const tableFunctions = new Set(['unnest', 'range', 'generate_series', 'repeat', 'repeat_row', 'json_each', 'json_tree'])

/** Scalar functions that write, or that read what is not data. */
const refusedFunctions = new Set(['nextval', 'currval', 'getenv', 'write_log', 'set_config', 'setseed', 'sleep_ms'])

interface Serialised {
  error: boolean
  error_type?: string
  error_message?: string
  position?: string
  statements?: unknown[]
}

/**
 * Accepts exactly one SELECT (or WITH … SELECT) that reads only tables of the source, and returns its text without
 * trailing semicolons. DuckDB itself parses it; what runs later runs in a read-only, locked session anyway.
 */
export async function checkSelect(db: Sql, sql: string, origin: SqlOrigin = {}): Promise<string> {
  const place = origin.file === undefined ? {} : { file: origin.file }
  const row = await db.row<{ tree: string }>('SELECT CAST(json_serialize_sql(CAST($1 AS VARCHAR)) AS VARCHAR) AS tree', [sql])
  const parsed = JSON.parse(row?.tree ?? '{}') as Serialised
  if (parsed.error) {
    if (parsed.error_type === 'not implemented') throw refusal('it is not a SELECT', place)
    const line = parsed.position === undefined ? undefined : lineAt(sql, Number(parsed.position))
    throw new AppError('bad-input', `The SQL cannot be read: ${parsed.error_message ?? 'syntax error'}.`, {
      ...place,
      ...(line === undefined ? {} : { line }),
      next: line === undefined ? 'Correct the SQL.' : `Correct the SQL at line ${line}.`,
    })
  }
  const statements = parsed.statements ?? []
  if (statements.length === 0) throw new AppError('bad-input', 'The SQL is empty.', { ...place, next: 'Write one SELECT statement.' })
  if (statements.length > 1) throw refusal(`it has ${statements.length} statements`, place)
  const found = firstRefused(statements[0], await tableMacros(db))
  if (found) throw refusal(found.what, { ...place, ...(found.position === undefined ? {} : { line: lineAt(sql, found.position) }), value: found.value })
  return firstStatement(sql)
}

function refusal(what: string, place: { file?: string; line?: number; value?: string }): AppError {
  return new AppError('sql-refused', `This SQL is not accepted: ${what}.`, { ...place, next: 'Write one SELECT (or WITH … SELECT) over tables of the source. It cannot write, and it cannot read other files.' })
}

interface Refused {
  what: string
  value: string
  position?: number
}

/** Table macros that the source itself brings; what they read is held by the session's lock. */
async function tableMacros(db: Sql): Promise<Set<string>> {
  const rows = await db.rows<{ name: string }>("SELECT DISTINCT lower(function_name) AS name FROM duckdb_functions() WHERE function_type = 'table_macro' AND NOT internal")
  return new Set(rows.map(({ name }) => name))
}

/** Walks the parsed statement for the first thing that is not plain reading of the source. */
function firstRefused(node: unknown, macros: ReadonlySet<string>): Refused | undefined {
  if (typeof node !== 'object' || node === null) return undefined
  if (Array.isArray(node)) {
    for (const item of node) {
      const found = firstRefused(item, macros)
      if (found) return found
    }
    return undefined
  }
  const own = refusedNode(node as Record<string, unknown>, macros)
  return own ?? firstRefused(Object.values(node), macros)
}

function refusedNode(node: Record<string, unknown>, macros: ReadonlySet<string>): Refused | undefined {
  const position = typeof node['query_location'] === 'number' && Number.isSafeInteger(node['query_location']) ? { position: node['query_location'] } : {}
  const inner = node['function'] as Record<string, unknown> | undefined
  if (node['type'] === 'TABLE_FUNCTION') {
    const name = String(inner?.['function_name']).toLowerCase()
    return tableFunctions.has(name) || macros.has(name) ? undefined : { what: `it calls ${name}()`, value: name, ...position }
  }
  if (node['class'] === 'FUNCTION') {
    const name = String(node['function_name']).toLowerCase()
    return refusedFunctions.has(name) ? { what: `it calls ${name}()`, value: name, ...position } : undefined
  }
  if (node['type'] === 'VALUE_PARAMETER') return { what: 'it has a parameter', value: String(node['identifier']), ...position }
  if (node['type'] === 'SHOW_REF') return { what: 'it is not a SELECT', value: 'SHOW', ...position }
  if (node['type'] === 'BASE_TABLE' && node['schema_name'] === '' && looksLikeFile(String(node['table_name']))) {
    return { what: `it reads the file '${String(node['table_name'])}'`, value: String(node['table_name']), ...position }
  }
  return undefined
}

function looksLikeFile(name: string): boolean {
  return /[/\\*]|:\/\//.test(name) || /\.(csv|tsv|txt|parquet|json|jsonl|ndjson|db|duckdb|sqlite|xlsx)(\.gz|\.zst)?$/i.test(name)
}

function lineAt(sql: string, position: number): number {
  return sql.slice(0, position).split('\n').length
}
