import { AppError } from '../../contract/errors.ts'
import type { Raw } from '../../contract/states.ts'
import { withProduct } from '../audience/look-at-product.ts'
import type { DataAccess } from '../audience/data-access.ts'
import { readText } from '../sources/column-types.ts'
import { readTable } from '../storage/raw-values.ts'
import { quoteName } from '../storage/duckdb.ts'

const MOST_FREQUENT = 200
const LONGEST = 20

/**
 * Real values to try a mapping on, by column, as the plan reads them: the most frequent ones, and the longest, which are the ones that do not fit.
 * Empty where the source cannot be read now; the mapping can still be checked without them.
 */
export async function columnSamples(access: DataAccess, product: string, columns: readonly string[]): Promise<Map<string, Raw[]>> {
  const found = new Map<string, Raw[]>()
  try {
    await withProduct(access, product, async (query, { db }) => {
      for (const { name: column, nativeType } of query.columns.filter(({ name }) => columns.includes(name))) {
        const name = quoteName(column)
        const grouped = `SELECT ${readText(name, nativeType)} AS value, count(*) AS occurrences FROM (\n${query.sql}\n) AS product WHERE ${name} IS NOT NULL GROUP BY 1`
        const sql = `WITH found AS (${grouped})
          (SELECT value FROM found ORDER BY occurrences DESC, value LIMIT ${MOST_FREQUENT})
          UNION (SELECT value FROM found ORDER BY length(value) DESC, value LIMIT ${LONGEST})`
        const { rows } = await readTable(db, sql)
        found.set(column, rows.map(([value]) => value ?? null))
      }
    })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
  return found
}
