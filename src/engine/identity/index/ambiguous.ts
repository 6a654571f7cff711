import type { DuckDb, SqlValue } from '../../storage/duckdb.ts'
import type { NumberedRule, RefusalReason } from '../clusters/types.ts'
import { blockedSql, commonSql } from '../key-columns.ts'
import { keyTable } from '../key-table.ts'
import type { ResolvedKey } from '../read-rules.ts'
import { dropDecided } from './apart.ts'

interface Query {
  sql: string
  parameters: SqlValue[]
}

/** A refused merge as a person decides on it. */
export interface OpenMerge {
  rule: number
  reason: RefusalReason
  /** The key that differs, where the reason is one. */
  key?: number
  /** How many records agree, and the first of them by reference. */
  records: number
  references: string[]
}

/**
 * A line for each record of every refused merge: those stored, and those of blocked and common values, which reach
 * beyond a component and so are asked for. `merge` tells the merges of a rule and reason apart.
 */
function refusedSql(keys: readonly ResolvedKey[], rules: readonly NumberedRule[]): Query {
  const parts = [`SELECT number, rule, reason, key, refusal::VARCHAR AS merge FROM refusal`]
  const parameters: SqlValue[] = []
  rules.forEach((rule, place) => {
    for (const [reason, held] of [
      ['blocked value', (_table: string, resolved: ResolvedKey) => blockedSql(resolved)] as const,
      ['too many records', commonSql] as const,
    ]) {
      const conditions = rule.keys.flatMap((key, at) => {
        const resolved = keys[key]
        const query = resolved && held(keyTable(key), resolved)
        if (!query) return []
        parameters.push(...query.parameters)
        return [`k${at}.value IN (${query.sql})`]
      })
      if (conditions.length > 0) parts.push(heldSql(place, rule, reason, conditions.join(' OR ')))
    }
  })
  return { sql: parts.join(' UNION ALL '), parameters }
}

/** Records that agree in all keys of a rule, one of them held, and are in different entities. */
function heldSql(place: number, { keys }: NumberedRule, reason: RefusalReason, condition: string): string {
  const joined = keys.map((key, at) => (at === 0 ? `${keyTable(key)} k0` : `JOIN ${keyTable(key)} k${at} ON k${at}.record = k0.record`))
  const values = keys.map((_, at) => `k${at}.value`).join(', ')
  return `SELECT number, ${place} AS rule, '${reason}' AS reason, NULL AS key, merge FROM (SELECT number, concat_ws(chr(31), ${values}) AS merge, min(label) OVER same <> max(label) OVER same AS open
    FROM ${joined.join(' ')} JOIN outcome ON number = k0.record WHERE ${condition} WINDOW same AS (PARTITION BY ${values})) WHERE open`
}

/**
 * Stores what waits for a person, of all records: `refused` has a line for each record of every refused merge, `open_merge`
 * a line for each merge (what several values refuse alike is one, and `merge` names one of them), `ambiguous` the records.
 * What people said all about waits for nobody.
 */
export async function storeRefused(db: DuckDb, keys: readonly ResolvedKey[], rules: readonly NumberedRule[], overruled: readonly string[]): Promise<void> {
  const { sql, parameters } = refusedSql(keys, rules)
  await db.run(`CREATE OR REPLACE TABLE refused AS ${sql}`, parameters)
  // A value that is blocked and on too many records is blocked.
  await db.run("DELETE FROM refused WHERE reason = 'too many records' AND (rule, merge) IN (SELECT (rule, merge) FROM refused WHERE reason = 'blocked value')")
  await dropDecided(db, overruled)
  await db.run('CREATE OR REPLACE TABLE ambiguous AS SELECT DISTINCT number FROM refused')
  // Which records a merge has is told by what their references come to together, however many they are.
  await db.run(`CREATE OR REPLACE TABLE open_merge AS SELECT rule, reason, key, records, members, min(merge) AS merge, min(first) AS first FROM
    (SELECT rule, reason, key, merge, count(*) AS records, bit_xor(md5_number_lower(reference)) AS members, min(reference) AS first
      FROM refused JOIN record USING (number) GROUP BY rule, reason, key, merge) GROUP BY rule, reason, key, records, members`)
}

/** Refused merges that stand open, those of the earlier rules first. */
export async function readOpenMerges(db: DuckDb, { limit, offset, examples }: { limit: number; offset: number; examples: number }): Promise<{ total: number; merges: OpenMerge[] }> {
  const counted = await db.row<{ total: number }>('SELECT count(*) AS total FROM open_merge')
  const page = await db.rows<{ rule: number; reason: RefusalReason; key: number | null; records: number; shown: string }>(
    `WITH page AS (SELECT * FROM open_merge ORDER BY rule, records DESC, reason, key, first, merge LIMIT ${limit} OFFSET ${offset})
    SELECT rule, reason, page.key, records, to_json(min(reference, ${examples}))::VARCHAR AS shown FROM page JOIN refused USING (rule, reason, merge) JOIN record USING (number)
    GROUP BY rule, reason, page.key, records, first, merge ORDER BY rule, records DESC, reason, page.key, first, merge`,
  )
  const merges = page.map(({ rule, reason, key, records, shown }): OpenMerge => ({ rule, reason, ...(key === null ? {} : { key }), records, references: JSON.parse(shown) as string[] }))
  return { total: counted?.total ?? 0, merges }
}
