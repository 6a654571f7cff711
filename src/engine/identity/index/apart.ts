import type { DuckDb } from '../../storage/duckdb.ts'
import { quoteText } from '../../storage/duckdb.ts'

/**
 * A query for pairs of entities that a person's standing decision keeps apart, each in both orders: one, other. A fact
 * of several parts is named once for each: `decision/0`, `decision/1`; and where a part is not said to be one entity,
 * once for each of its records: `decision/0:0`, `decision/0:1`. Overruled decisions keep nobody apart.
 */
export function apartSql(overruled: readonly string[]): string {
  const decision = "regexp_replace(fact, '/[0-9]+(:[0-9]+)?$', '')"
  const standing = overruled.length === 0 ? 'true' : `${decision} NOT IN (${overruled.map(quoteText).join(', ')})`
  return `WITH said AS (SELECT DISTINCT ${decision} AS decision, regexp_extract(fact, '/([0-9]+)(:[0-9]+)?$', 1) AS part, entity FROM decided JOIN outcome USING (number) WHERE ${standing})
    SELECT DISTINCT one.entity AS one, other.entity AS other FROM said one JOIN said other ON other.decision = one.decision AND other.part <> one.part WHERE one.entity <> other.entity`
}

/** Takes out of `refused` the merges of which people said everything: every two of their entities are kept apart by hand. */
export async function dropDecided(db: DuckDb, overruled: readonly string[]): Promise<void> {
  await db.run(`CREATE OR REPLACE TABLE apart AS ${apartSql(overruled)}`)
  await db.run(`DELETE FROM refused WHERE (rule, reason, merge) IN (
    WITH reached AS (SELECT DISTINCT refused.rule, reason, merge, entity FROM refused JOIN outcome USING (number)),
      kept AS (SELECT rule, reason, merge, count(*) AS pairs FROM reached JOIN apart ON one = entity JOIN reached far USING (rule, reason, merge) WHERE far.entity = other GROUP BY ALL),
      whole AS (SELECT rule, reason, merge, count(*) AS entities FROM reached GROUP BY ALL)
    SELECT (rule, reason, merge) FROM kept JOIN whole USING (rule, reason, merge) WHERE pairs = entities * (entities - 1))`)
  await db.run('DROP TABLE apart')
}
