import { basename } from 'node:path'
import type { CsvOptions } from '../../../contract/csv.ts'
import { AppError } from '../../../contract/errors.ts'
import type { DuckDb } from '../../storage/duckdb.ts'
import { convertColumn } from './csv-conversion.ts'
import { rowLoads } from './csv-rows.ts'
import type { CsvText } from './csv-text.ts'
import { readTable, toCount } from '../../storage/raw-values.ts'

/** Values of a column that do not spell what the column is. */
export interface Misfits {
  column: string
  type: string
  count: number
  /** The first of them, in the order of the file. */
  first: { line: number; text: string }[]
}

const SHOWN_FIRST = 5

/** For columns read as types, the values that do not fit in rows that load: how many, and the first with their lines. `db` keeps the order of rows. */
export async function findMisfits(db: DuckDb, text: CsvText, types: ReadonlyMap<string, string>, options: CsvOptions, first = SHOWN_FIRST): Promise<Misfits[]> {
  const asked = [...types].map(([column, type], at) => ({ column, type, at, ...convertColumn(column, type, options) }))
  if (asked.length === 0) return []
  const loads = rowLoads(text.columns, types, options) ?? 'true'
  const wrong = asked.map(({ text: cell, value, at }) => `CASE WHEN ${value} IS NULL THEN ${cell} END AS wrong${at}`)
  const found = asked.map(({ at }) => `count(wrong${at}), to_json(min_by({ 'row': place, 'text': wrong${at} }, place, ${first}) FILTER (wrong${at} IS NOT NULL))::VARCHAR`)
  const { rows } = await readTable(db, `SELECT ${found.join(', ')} FROM (SELECT row_number() OVER () - 1 AS place, ${loads} AS loads, ${wrong.join(', ')} FROM ${text.from}) WHERE loads`)
  const misfits = asked.map(({ column, type }, at) => ({ column, type, count: toCount(rows[0]?.[2 * at]), shown: JSON.parse(String(rows[0]?.[2 * at + 1] ?? '[]')) as { row: number; text: string }[] | null }))
  const lines = await text.linesOf(misfits.flatMap(({ shown }) => (shown ?? []).map(({ row }) => row)))
  return misfits
    .filter(({ count }) => count > 0)
    .map(({ shown, ...rest }) => ({ ...rest, first: (shown ?? []).map(({ row, text: cell }) => ({ line: lines.get(row)?.[text.columns.indexOf(rest.column)] ?? row + 1, text: cell })) }))
}

/** The first value of a file that breaks what its column promised, as an error that tells how many do. */
export function misfitError(path: string, misfits: readonly Misfits[]): AppError {
  const [worst] = misfits.toSorted((left, right) => (left.first[0]?.line ?? 0) - (right.first[0]?.line ?? 0))
  const [first] = worst?.first ?? []
  if (!worst || !first) throw new Error(`${path} has no misfits`)
  const others = misfits.reduce((sum, { count }) => sum + count, 0) - 1
  const more = others === 0 ? '' : ` ${others.toLocaleString('en')} more ${others === 1 ? 'value does' : 'values do'} not fit${misfits.length > 1 ? `, in ${misfits.map(({ column }) => `'${column}'`).slice(0, 5).join(', ')}` : ''}.`
  return new AppError('file-malformed', `Line ${first.line.toLocaleString('en')} of ${basename(path)}: '${shown(first.text)}' in the column '${worst.column}' is no ${typeWords(worst.type)}.${more}`, {
    file: path,
    line: first.line,
    field: worst.column,
    value: shown(first.text),
    next: `The file no longer holds what '${worst.column}' was loaded as. Correct the file, or load the column as text under csv.types of the source.`,
  })
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

function typeWords(type: string): string {
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(type)
  if (decimal) return `number of at most ${decimal[1]} digits, ${decimal[2]} of them decimals`
  switch (type) {
    case 'DOUBLE':
      return 'number of at most 15 digits'
    case 'BOOLEAN':
      return 'true or false, yes or no'
    case 'DATE':
      return 'date'
    case 'TIME':
    case 'TIMESTAMP':
    case 'TIMESTAMP_NS':
    case 'TIMESTAMP WITH TIME ZONE':
      return 'time'
    case 'VARCHAR[]':
      return 'list of texts'
    case 'JSON':
      return 'JSON'
    default:
      return 'whole number'
  }
}
