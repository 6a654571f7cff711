import type { CsvOptions } from '../../../contract/csv.ts'
import { quoteText } from '../../storage/duckdb.ts'
import { convertColumn } from './csv-conversion.ts'

/**
 * Whether a row loads by what stands in it alone, as SQL over the texts of a file: neither does it hold a text whose rows somebody
 * left out, nor is it without a key where that was agreed. Undefined: every row does.
 */
export function rowLoads(columns: readonly string[], types: ReadonlyMap<string, string>, options: CsvOptions): string | undefined {
  const { leaveOut = {}, key } = options.rows ?? {}
  const read = (column: string) => convertColumn(column, types.get(column) ?? 'VARCHAR', options)
  const known = Object.entries(leaveOut).filter(([column]) => columns.includes(column))
  const conditions = known.map(([column, texts]) => `coalesce(${read(column).text} NOT IN (${texts.map(quoteText).join(', ')}), true)`)
  // A key that does not fit its column is a fault, no row without a key.
  if (key !== undefined && columns.includes(key)) conditions.push(`(${read(key).text}) IS NOT NULL`)
  return conditions.length === 0 ? undefined : conditions.map((condition) => `(${condition})`).join(' AND ')
}

/** Which of the rows with one key loads, as SQL behind a WHERE; `key` is its value, `place` numbers the rows. */
export function oneOfRepeated(key: string, repeated: NonNullable<NonNullable<CsvOptions['rows']>['repeated']>): string {
  const kept = { last: 'place = max(place) OVER one_key', first: 'place = min(place) OVER one_key', none: 'count(*) OVER one_key = 1' }
  return ` WINDOW one_key AS (PARTITION BY ${key}) QUALIFY ${kept[repeated]}`
}
