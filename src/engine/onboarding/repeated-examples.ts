import type { FileKey } from '../../contract/shapes.ts'
import { readTable } from '../storage/raw-values.ts'
import { quoteName } from '../storage/duckdb.ts'
import type { DuckDb } from '../storage/duckdb.ts'
import type { TextTable } from './text-table.ts'

const EXAMPLES = 5
const LINES = 20

/** Some keys of several rows, with the numbers of these and the columns in which they differ. From the table `repeated`. */
export async function repeatedExamples(db: DuckDb, { from, record, columns }: TextTable): Promise<FileKey['examples']> {
  const shown = await readTable(db, `SELECT key, list_slice(list(record ORDER BY record), 1, ${LINES}) FROM keyed JOIN (FROM repeated ORDER BY first_record LIMIT ${EXAMPLES}) USING (key) GROUP BY key ORDER BY min(record)`)
  const examples: FileKey['examples'] = []
  for (const [key, found] of shown.rows) {
    const records = (Array.isArray(found) ? found : []).map(Number)
    const differs = columns.map((column) => `count(DISTINCT coalesce(${quoteName(column)}, '')) > 1`)
    const { rows } = await readTable(db, `SELECT ${differs.join(', ')} FROM ${from} WHERE ${record} IN (${records.join(', ')})`)
    examples.push({ value: String(key), lines: records, differ: columns.filter((_, at) => rows[0]?.[at] === true) })
  }
  return examples
}
