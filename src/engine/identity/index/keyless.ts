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
  const keyed = leastDemanding(rules).map((rule) => `SELECT record FROM (${keyedSql(rule)})`).join(' UNION ALL ')
  await db.run(`CREATE OR REPLACE TABLE keyless AS SELECT number FROM outcome WHERE rule <> ${BY_HAND} AND number NOT IN (${keyed})`)
}

/** Whoever has all keys of a rule has those of every rule that asks for only some of them. */
function leastDemanding(rules: readonly NumberedRule[]): NumberedRule[] {
  const asksFor = (one: NumberedRule, other: NumberedRule): boolean => other.keys.every((key) => one.keys.includes(key))
  return rules.filter((rule, place) => !rules.some((other, at) => at !== place && asksFor(rule, other) && (!asksFor(other, rule) || at < place)))
}
