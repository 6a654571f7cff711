import type { SourceDefinition } from '../../contract/definitions.ts'
import { quoteText } from '../storage/duckdb.ts'

export type CsvOptions = NonNullable<SourceDefinition['csv']>

/** `read_csv(…)` for a file with what a person has fixed; the rest is detected over the whole file. */
export function readCsvCall(path: string, options: CsvOptions, types: Readonly<Record<string, string>> = options.types ?? {}): string {
  const parts = [quoteText(path), 'sample_size = -1', 'auto_detect = true']
  if (options.delimiter !== undefined) parts.push(`delim = ${quoteText(options.delimiter)}`)
  if (options.quote !== undefined) parts.push(`quote = ${quoteText(options.quote)}`)
  if (options.header !== undefined) parts.push(`header = ${options.header ? 'true' : 'false'}`)
  const entries = Object.entries(types)
  if (entries.length > 0) parts.push(`types = {${entries.map(([column, type]) => `${quoteText(column)}: ${quoteText(type)}`).join(', ')}}`)
  return `read_csv(${parts.join(', ')})`
}
