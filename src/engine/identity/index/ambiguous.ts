import type { SqlValue } from '../../storage/duckdb.ts'
import type { NumberedRule } from '../clusters/types.ts'
import { blockedSql, commonSql } from '../key-columns.ts'
import { keyTable } from '../key-table.ts'
import type { ResolvedKey } from '../read-rules.ts'

/** A query for record and rule of every refused merge: those stored, and those of blocked and common values. */
export function ambiguousSql(keys: readonly ResolvedKey[], rules: readonly NumberedRule[]): { sql: string; parameters: SqlValue[] } {
  const parts = ['SELECT number, rule, reason FROM refusal']
  const parameters: SqlValue[] = []
  rules.forEach((rule, place) => {
    for (const [reason, held] of [
      ['blocked value', (_key: number, resolved: ResolvedKey) => blockedSql(resolved)] as const,
      ['too many records', commonSql] as const,
    ]) {
      const conditions = rule.keys.flatMap((key, at) => {
        const resolved = keys[key]
        const query = resolved && held(key, resolved)
        if (!query) return []
        parameters.push(...query.parameters)
        return [`k${at}.value IN (${query.sql})`]
      })
      if (conditions.length > 0) parts.push(heldSql(place, rule, reason, conditions.join(' OR ')))
    }
  })
  return { sql: parts.join(' UNION '), parameters }
}

/** Records that agree in all keys of a rule, one of them held, and are in different entities. */
function heldSql(place: number, { keys }: NumberedRule, reason: string, condition: string): string {
  const joined = keys.map((key, at) => (at === 0 ? `${keyTable(key)} k0` : `JOIN ${keyTable(key)} k${at} ON k${at}.record = k0.record`))
  const values = keys.map((_, at) => `k${at}.value`).join(', ')
  return `SELECT number, ${place} AS rule, '${reason}' AS reason FROM (SELECT number, min(label) OVER same <> max(label) OVER same AS open
    FROM ${joined.join(' ')} JOIN outcome ON number = k0.record WHERE ${condition} WINDOW same AS (PARTITION BY ${values})) WHERE open`
}
