import type { CsvOptions, CsvRows } from '../../contract/csv.ts'
import type { FileKey, RepeatedChoice } from '../../contract/shapes.ts'
import { convertColumn } from '../sources/csv/csv-conversion.ts'
import { readTable, toCount } from '../storage/raw-values.ts'
import type { DuckDb } from '../storage/duckdb.ts'
import { tooManyTexts } from './decide-columns.ts'
import type { DecidedColumn } from './decide-columns.ts'
import type { TextTable } from './text-table.ts'

/** Whatever rows look like, each loads or is blocked for exactly one reason. */
export interface RowFigures {
  blocked: number
  /** Rows without a key, and rows that repeat one, among those that nothing else blocks. */
  keyEmpty: number
  repeated: { keys: number; rows: number }
}

/**
 * Fills the table `blocked` (record, cause): rows that do not fit a column, then rows without a key, then rows that repeat one.
 * `cause` is the place of the column, -1 for no key, -2 for a key of several rows.
 */
export async function decideRows(db: DuckDb, table: TextTable, columns: readonly DecidedColumn[], { csv, asRead, key, unique, choice }: RowChoices): Promise<RowFigures> {
  await db.run('CREATE OR REPLACE TABLE blocked (record BIGINT, cause INTEGER)')
  const blocking = columns.flatMap((column, at) => (column.unfit > 0 && (column.choice === 'block' || tooManyTexts(column)) ? [{ at, ...convertColumn(column.name, column.type, asRead) }] : []))
  if (blocking.length > 0) {
    const cause = `CASE ${blocking.map(({ at, text, value }) => `WHEN (${text}) IS NOT NULL AND (${value}) IS NULL THEN ${at}`).join(' ')} END`
    await db.run(`INSERT INTO blocked SELECT record, cause FROM (SELECT ${table.record} AS record, ${cause} AS cause FROM ${table.from}) WHERE cause IS NOT NULL`)
  }
  // Nothing has to be compared where every row has a key of its own.
  const keyed = key === undefined || unique ? { keyEmpty: 0, repeated: { keys: 0, rows: 0 } } : await blockByKey(db, table, convertColumn(key.name, key.type, csv).value, choice ?? 'none')
  const blocked = toCount((await readTable(db, 'SELECT count(*) FROM blocked')).rows[0]?.[0])
  return { blocked, ...keyed }
}

interface RowChoices {
  /** With what was decided, and without. */
  csv: CsvOptions
  asRead: CsvOptions
  key: DecidedColumn | undefined
  /** Every row has a key of its own. */
  unique: boolean
  choice: RepeatedChoice | undefined
}

async function blockByKey(db: DuckDb, { from, record }: TextTable, value: string, choice: RepeatedChoice): Promise<Pick<RowFigures, 'keyEmpty' | 'repeated'>> {
  await db.run(`CREATE OR REPLACE TABLE keyed AS SELECT ${record} AS record, (${value})::VARCHAR AS key FROM ${from} WHERE ${record} NOT IN (SELECT blocked.record FROM blocked)`)
  const keyEmpty = toCount((await readTable(db, 'SELECT count(*) FROM keyed WHERE key IS NULL')).rows[0]?.[0])
  await db.run('INSERT INTO blocked SELECT record, -1 FROM keyed WHERE key IS NULL')
  await db.run('CREATE OR REPLACE TABLE repeated AS SELECT key, count(*) AS rows, min(record) AS first_record, max(record) AS last_record FROM keyed WHERE key IS NOT NULL GROUP BY key HAVING count(*) > 1')
  const counted = (await readTable(db, 'SELECT count(*), coalesce(sum(rows), 0) FROM repeated')).rows[0] ?? []
  const kept = choice === 'none' ? '' : ` AND record <> ${choice}_record`
  await db.run(`INSERT INTO blocked SELECT record, -2 FROM keyed JOIN repeated USING (key) WHERE true${kept}`)
  return { keyEmpty, repeated: { keys: toCount(counted[0]), rows: toCount(counted[1]) } }
}

/** What a source has to know to leave out the rows that were decided about. */
export function rowsThatLoad(csv: CsvOptions, key: string | undefined, figures: RowFigures, choice: RepeatedChoice | undefined): CsvRows | undefined {
  const byKey = key !== undefined && (figures.keyEmpty > 0 || figures.repeated.keys > 0)
  if (!byKey && csv.rows === undefined) return undefined
  return { ...csv.rows, ...(byKey ? { key } : {}), ...(byKey && figures.repeated.keys > 0 ? { repeated: choice ?? 'none' } : {}) }
}

/** Rows that each choice about repeated keys would block. */
export function repeatedChoices({ repeated }: RowFigures): FileKey['choices'] {
  if (repeated.keys === 0) return []
  return [
    { choice: 'last', blocked: repeated.rows - repeated.keys },
    { choice: 'first', blocked: repeated.rows - repeated.keys },
    { choice: 'none', blocked: repeated.rows },
  ]
}
