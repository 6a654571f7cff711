import { readTable, toCount } from '../storage/raw-values.ts'
import type { Sql } from '../storage/sql.ts'

export interface ColumnFigures {
  name: string
  /** DuckDB's type. */
  type: string
  /** Exact. */
  distinct: number
  empty: number
}

/** Columns counted in one go: what is held of each is a number for each of its values. */
const AT_ONCE = 8

/** Rows, and for each column how many values are empty and how many are different, exactly; `value` is the column as SQL. */
export async function columnFigures(db: Sql, from: string, columns: readonly { name: string; type: string; value: string }[]): Promise<{ rows: number; figures: ColumnFigures[] }> {
  const figures: ColumnFigures[] = []
  let total = 0
  for (let at = 0; at === 0 || at < columns.length; at += AT_ONCE) {
    const some = columns.slice(at, at + AT_ONCE)
    // Values with different hashes are different; the hashes of a column are all that has to be held.
    const parts = some.flatMap(({ value }) => [`count(${value})`, `count(DISTINCT CASE WHEN (${value}) IS NOT NULL THEN hash(${value}) END)`])
    const [counted = []] = (await readTable(db, `SELECT ${['count(*)', ...parts].join(', ')} FROM ${from}`)).rows
    const [rows = 0, ...counts] = counted.map(toCount)
    total = rows
    some.forEach(({ name, type }, place) => figures.push({ name, type, distinct: counts[2 * place + 1] ?? 0, empty: rows - (counts[2 * place] ?? 0) }))
  }
  return { rows: total, figures }
}
