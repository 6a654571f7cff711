import type { DuckDb } from '../../storage/duckdb.ts'
import { BY_HAND } from '../clusters/types.ts'
import type { NumberedRule } from '../clusters/types.ts'
import { keyTable } from '../key-table.ts'

/** A query for the records that have a value of every key of a rule. */
export function keyedSql({ keys }: NumberedRule): string {
  return [...new Set(keys)].map((key) => `SELECT record FROM ${keyTable(key)}`).join(' INTERSECT ')
}

/** Fills `keyless` with the records that no rule can use, and that nobody linked by hand. */
export async function storeKeyless(db: DuckDb, rules: readonly NumberedRule[]): Promise<void> {
  const keyed = rules.map((rule) => `SELECT record FROM (${keyedSql(rule)})`).join(' UNION ')
  await db.run(`CREATE OR REPLACE TABLE keyless AS SELECT number FROM outcome WHERE rule <> ${BY_HAND} AND number NOT IN (${keyed})`)
}
