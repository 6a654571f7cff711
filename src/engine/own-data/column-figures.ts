import { readTable, toCount } from '../sources/raw-values.ts'
import type { NativeColumn } from '../sources/raw-values.ts'
import { quoteName } from '../storage/duckdb.ts'
import type { Sql } from '../storage/sql.ts'

export interface ColumnFigures {
  name: string
  /** Exact where the column could be a key, else about. */
  distinct: number
  empty: number
}

/** Rows, and for each column how many values are empty and how many are different. */
export async function columnFigures(db: Sql, from: string, columns: readonly NativeColumn[]): Promise<{ rows: number; figures: ColumnFigures[] }> {
  const parts = columns.flatMap(({ name }) => [`count(${quoteName(name)})`, `approx_count_distinct(${quoteName(name)})`])
  const { rows } = await readTable(db, `SELECT ${['count(*)', ...parts].join(', ')} FROM ${from}`)
  const [total = 0, ...counts] = (rows[0] ?? []).map(toCount)
  const figures = columns.map(({ name }, at) => ({ name, distinct: Math.min(counts[2 * at + 1] ?? 0, total), empty: total - (counts[2 * at] ?? 0) }))
  // The estimate is off by a few per cent; only columns near one value a row are counted for certain.
  const candidates = figures.filter((figure) => figure.empty === 0 && figure.distinct >= total * 0.8)
  if (candidates.length > 0) {
    // One at a time, so that only one column's values are in memory.
    for (const candidate of candidates) {
      const exact = await readTable(db, `SELECT count(DISTINCT ${quoteName(candidate.name)}) FROM ${from}`)
      candidate.distinct = toCount(exact.rows[0]?.[0])
    }
  }
  return { rows: total, figures }
}

/** Columns that could be the key, the most likely first: one value a row, none empty, and named like one. */
export function proposeKeys(rows: number, figures: readonly ColumnFigures[], columns: readonly NativeColumn[]): string[] {
  const suitable = figures.filter(({ name, distinct, empty }) => {
    const type = columns.find((column) => column.name === name)?.nativeType ?? ''
    return rows > 0 && empty === 0 && distinct === rows && !/^(DOUBLE|FLOAT|BOOLEAN|DATE|TIME|BLOB|STRUCT|MAP|JSON)|\[/.test(type)
  })
  return suitable
    .map(({ name }, place) => ({ name, place, rank: keyRank(name) }))
    .sort((left, right) => left.rank - right.rank || left.place - right.place)
    .map(({ name }) => name)
}

function keyRank(name: string): number {
  if (/(^|[_\s-])(id|key|uuid)$/i.test(name) || /[a-z](Id|Key|ID)$/.test(name)) return 0
  if (/(number|nr|no|code|kennung|nummer)$/i.test(name)) return 1
  return /mail|phone|name/i.test(name) ? 3 : 2
}
