import type { CsvOptions } from '../../contract/csv.ts'
import type { LoadedCell, LoadedRow } from '../../contract/shapes.ts'
import { convertColumn } from '../sources/csv/csv-conversion.ts'
import { readTable } from '../storage/raw-values.ts'
import { quoteName } from '../storage/duckdb.ts'
import type { DuckDb } from '../storage/duckdb.ts'
import type { DecidedColumn } from './decide-columns.ts'
import { loadedCell } from './loaded-cell.ts'
import type { TextTable } from './text-table.ts'

interface RowsAsked {
  csv: CsvOptions
  columns: readonly DecidedColumn[]
  /** SQL on the number of the record. */
  where: string
  limit: number
}

/** Rows as they stand in the file and as they load, in the file's order, by their numbers. Expects the table `blocked`. */
export async function readLoadedRows(db: DuckDb, { from, record }: TextTable, { csv, columns, where, limit }: RowsAsked): Promise<LoadedRow[]> {
  const cells = columns.flatMap(({ name, type }) => {
    const { text, value } = convertColumn(name, type, csv)
    return [`${quoteName(name)}::VARCHAR`, text, value]
  })
  const cause = `(SELECT cause FROM blocked WHERE blocked.record = texts.${record})`
  const sql = `SELECT ${[record, cause, ...cells].join(', ')} FROM ${from} AS texts WHERE ${where} ORDER BY ${record} LIMIT ${limit}`
  const { rows } = await readTable(db, sql)
  return rows.map(([number, blocked, ...values]) => ({
    line: Number(number),
    cells: columns.map(({ name }, at): LoadedCell => loadedCell(asText(values[3 * at]), asText(values[3 * at + 1]), values[3 * at + 2] ?? null, holdsAddresses(name))),
    ...(blocked === null || blocked === undefined ? {} : { blocked: blockedWords(Number(blocked), columns) }),
  }))
}

function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function blockedWords(cause: number, columns: readonly DecidedColumn[]): string {
  if (cause === -1) return 'no key'
  return cause === -2 ? 'its key stands on another row' : `${columns[cause]?.name ?? 'a column'} does not fit`
}

/** Told from the name: what it holds is looked for by it. */
export function holdsAddresses(column: string): boolean {
  return /e-?mail/i.test(column)
}
