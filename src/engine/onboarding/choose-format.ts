import { csvColumnType } from '../../contract/csv.ts'
import type { CsvColumnFormat, CsvOptions } from '../../contract/csv.ts'
import type { FileOptions } from '../../contract/shapes.ts'
import { convertColumn } from '../sources/csv/csv-conversion.ts'
import { readTable, toCount } from '../storage/raw-values.ts'
import type { DuckDb } from '../storage/duckdb.ts'

/** How a column is read as the type that somebody chose. */
export interface ChosenFormat {
  format: CsvColumnFormat
  /** One text that could be read in two ways, and what it is read as. */
  eitherWay?: { text: string; taken: string; other: string }
}

const pointNumbers: CsvColumnFormat[] = [{ thousands: ',' }, { thousands: "'" }, { thousands: ' ' }]
const commaNumbers: CsvColumnFormat[] = [{ decimal: ',' }, { thousands: '.', decimal: ',' }, { thousands: ' ', decimal: ',' }]
const wholeNumbers = { '.': [',', "'", ' ', '.'], ',': ['.', ' ', "'", ','] } as const
const dayFirst = ['DD.MM.YYYY', 'DD/MM/YYYY', 'DD-MM-YYYY', 'MM/DD/YYYY', 'MM-DD-YYYY'] as const
const monthFirst = ['MM/DD/YYYY', 'MM-DD-YYYY', 'DD.MM.YYYY', 'DD/MM/YYYY', 'DD-MM-YYYY'] as const

/** The ways a column of this type may be written, plainly first, then as this file writes. */
export function formatsOf(type: string, { decimal = '.', dates = 'day first' }: Pick<FileOptions, 'decimal' | 'dates'>): CsvColumnFormat[] {
  const known = csvColumnType(type) ?? 'VARCHAR'
  if (known === 'DOUBLE' || known.startsWith('DECIMAL(')) return [{}, ...(decimal === ',' ? [...commaNumbers, ...pointNumbers] : [...pointNumbers, ...commaNumbers])]
  if (/INT/.test(known)) return [{}, ...wholeNumbers[decimal].map((thousands) => ({ thousands }))]
  if (known === 'DATE' || known.startsWith('TIMESTAMP')) {
    const orders = [...(dates === 'month first' ? monthFirst : dayFirst), 'YYYY/MM/DD', 'YYYY.MM.DD'] as const
    return [{}, ...orders.map((order) => ({ dates: order })), ...(known === 'DATE' ? [{ dates: 'YYYYMMDD' as const }] : [])]
  }
  return [{}]
}

/** Of the ways a column of a type may be written, the one that the most of its texts are written in. */
export async function chooseFormat(db: DuckDb, from: string, column: string, type: string, options: { file: FileOptions; csv: CsvOptions }): Promise<ChosenFormat> {
  const formats = formatsOf(type, options.file)
  if (formats.length === 1) return { format: {} }
  const values = formats.map((format) => convertColumn(column, type, { ...options.csv, formats: { [column]: format } }).value)
  const { rows } = await readTable(db, `SELECT ${values.map((value) => `count(${value})`).join(', ')} FROM ${from}`)
  const counts = (rows[0] ?? []).map(toCount)
  const most = Math.max(...counts)
  const at = counts.indexOf(most)
  const format = formats[at] ?? {}
  const ties = most === 0 ? [] : values.filter((_, other) => other !== at && counts[other] === most)
  const either = at === 0 ? undefined : await readTwoWays(db, from, convertColumn(column, type, options.csv).text, values[at] ?? '', ties)
  return { format, ...(either === undefined ? {} : { eitherWay: either }) }
}

/** A text that two ways of writing read as different values. */
async function readTwoWays(db: DuckDb, from: string, text: string, taken: string, others: readonly string[]): Promise<ChosenFormat['eitherWay']> {
  for (const other of others) {
    const found = await db.row<{ text: string; taken: string; other: string }>(
      `SELECT ${text} AS text, (${taken})::VARCHAR AS taken, (${other})::VARCHAR AS other FROM ${from} WHERE (${taken}) <> (${other}) LIMIT 1`,
    )
    if (found !== undefined) return found
  }
  return undefined
}
