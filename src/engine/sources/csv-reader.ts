import type { SourceDefinition } from '../../contract/definitions.ts'
import { quoteText } from '../storage/duckdb.ts'
import type { DuckDb } from '../storage/duckdb.ts'
import { readTable } from './raw-values.ts'

export type CsvOptions = NonNullable<SourceDefinition['csv']>

/** What every reading of a CSV file has in common: its form is given or fixed, never guessed from the data. */
function form(path: string, options: CsvOptions): string[] {
  const quote = options.quote ?? '"'
  const parts = [quoteText(path), `delim = ${quoteText(options.delimiter ?? ',')}`, `quote = ${quoteText(quote)}`, `escape = ${quoteText(quote)}`, 'skip = 0']
  if (options.header !== undefined) parts.push(`header = ${options.header ? 'true' : 'false'}`)
  return parts
}

/** `read_csv(…)` with every value as text. */
export function readCsvAsText(path: string, options: CsvOptions): string {
  return `read_csv(${[...form(path, options), 'all_varchar = true'].join(', ')})`
}

/** `read_csv(…)` in which DuckDB detects the types over the whole file, but for those that are fixed. */
export function readCsvDetecting(path: string, options: CsvOptions, types: Readonly<Record<string, string>> = {}): string {
  const fixed = Object.keys(types).length > 0 ? [`types = ${struct(types)}`] : []
  return `read_csv(${[...form(path, options), 'sample_size = -1', ...fixed].join(', ')})`
}

/** Names of the columns of a CSV file, in its order. */
export async function csvColumns(db: DuckDb, path: string, options: CsvOptions): Promise<string[]> {
  const { columns } = await readTable(db, `SELECT * FROM ${readCsvAsText(path, options)} LIMIT 0`)
  return columns.map(({ name }) => name)
}

/**
 * `read_csv(…)` as a source's definition says. Types for columns that the file no longer has are left out: the
 * contract check names them. Where all types are fixed, nothing is detected, so that the same text always reads the same.
 */
export async function readCsvAsDefined(db: DuckDb, path: string, options: CsvOptions): Promise<string> {
  const types = options.types ?? {}
  const columns = await csvColumns(db, path, options)
  const fixed = columns.flatMap((name): [string, string][] => (types[name] === undefined ? [] : [[name, types[name]]]))
  if (fixed.length < columns.length || options.header === undefined) return readCsvDetecting(path, options, Object.fromEntries(fixed))
  return `read_csv(${[...form(path, options), 'auto_detect = false', `columns = ${struct(Object.fromEntries(fixed))}`].join(', ')})`
}

function struct(types: Readonly<Record<string, string>>): string {
  return `{${Object.entries(types)
    .map(([column, type]) => `${quoteText(column)}: ${quoteText(type)}`)
    .join(', ')}}`
}
