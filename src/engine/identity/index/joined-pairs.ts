import type { DuckDb, SqlValue } from '../../storage/duckdb.ts'
import type { NumberedRule } from '../clusters/types.ts'
import { blockedSql, commonSql } from '../key-columns.ts'
import { keyTable } from '../key-table.ts'
import type { ResolvedKey } from '../read-rules.ts'

interface Query {
  sql: string
  parameters: SqlValue[]
}

/**
 * Fills `joined_pair` (rule, one, other; numbers of records) with pairs that the rules joined: of the records that agree
 * by a rule, and that are one entity as a whole, each with the next. A pair belongs to the first rule that joins it.
 */
export async function storeJoinedPairs(db: DuckDb, keys: readonly ResolvedKey[], rules: readonly NumberedRule[]): Promise<void> {
  await db.run('CREATE OR REPLACE TABLE joined_pair (rule INTEGER, one INTEGER, other INTEGER)')
  for (const [place, rule] of rules.entries()) {
    const { sql, parameters } = agreedSql(keys, rule)
    await db.run(`CREATE OR REPLACE TABLE agreed AS ${sql}`, parameters)
    await db.run(`INSERT INTO joined_pair SELECT DISTINCT ${place}, one, other FROM
      (SELECT number AS one, lead(number) OVER (PARTITION BY same ORDER BY number) AS other FROM agreed SEMI JOIN (${wholeSql(rule)}) USING (same)) ANTI JOIN joined_pair USING (one, other) WHERE other IS NOT NULL`)
  }
  await db.run('DROP TABLE IF EXISTS agreed')
}

/** Of the pairs in `drawn_pair` (place, rule, one, other) the places of those that their rule joins now. */
export async function stillJoined(db: DuckDb, keys: readonly ResolvedKey[], rules: readonly NumberedRule[]): Promise<Set<number>> {
  for (const [key, resolved] of keys.entries()) await narrow(db, key, resolved)
  const joined = new Set<number>()
  for (const [place, rule] of rules.entries()) {
    await db.run(`CREATE OR REPLACE TABLE agreed AS ${tuplesSql(rule, nearTable)}`)
    const meeting = `SELECT place, one.same FROM drawn_pair JOIN agreed one ON one.number = one JOIN agreed other ON other.number = other AND other.same = one.same WHERE rule = ${place}`
    for (const found of await db.rows<{ place: number }>(`SELECT DISTINCT place FROM (${meeting}) SEMI JOIN (${wholeSql(rule)}) USING (same)`)) joined.add(found.place)
  }
  for (const key of keys.keys()) await db.run(`DROP TABLE ${nearTable(key)}`)
  await db.run('DROP TABLE IF EXISTS agreed')
  return joined
}

/** Of one key's table only what a drawn record has, with everybody who has it too; without what merges nobody. */
async function narrow(db: DuckDb, key: number, resolved: ResolvedKey): Promise<void> {
  const drawn = 'SELECT one FROM drawn_pair UNION SELECT other FROM drawn_pair'
  await db.run(`CREATE OR REPLACE TABLE ${nearTable(key)} AS SELECT record, value FROM ${keyTable(key)} WHERE value IN (SELECT value FROM ${keyTable(key)} WHERE record IN (${drawn}))`)
  for (const held of [blockedSql(resolved), commonSql(nearTable(key), resolved)]) {
    if (held) await db.run(`DELETE FROM ${nearTable(key)} WHERE value IN (${held.sql})`, held.parameters)
  }
}

function nearTable(key: number): string {
  return `near_${key}`
}

/** For each record what it has of all keys of a rule, as one number; without what merges nobody. */
function agreedSql(keys: readonly ResolvedKey[], { keys: places }: NumberedRule): Query {
  const parameters: SqlValue[] = []
  const conditions = places.flatMap((key, at) => {
    const resolved = keys[key]
    return [resolved && blockedSql(resolved), resolved && commonSql(keyTable(key), resolved)].flatMap((held) => {
      if (!held) return []
      parameters.push(...held.parameters)
      return [`k${at}.value NOT IN (${held.sql})`]
    })
  })
  return { sql: `${tuplesSql({ keys: places }, keyTable)}${conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : ''}`, parameters }
}

function tuplesSql({ keys }: Pick<NumberedRule, 'keys'>, table: (key: number) => string): string {
  const tables = keys.map((key, at) => (at === 0 ? `${table(key)} k0` : `JOIN ${table(key)} k${at} ON k${at}.record = k0.record`))
  return `SELECT k0.record AS number, md5_number(concat_ws(chr(31), ${keys.map((_, at) => `k${at}.value`).join(', ')})) AS same FROM ${tables.join(' ')}`
}

/** Of `agreed`: what two or more records share, and only records of one entity; a merge is made as a whole or not at all. */
function wholeSql({ mostRecords }: NumberedRule): string {
  return `SELECT same FROM agreed JOIN outcome USING (number) GROUP BY same HAVING count(*) BETWEEN 2 AND ${mostRecords} AND min(label) = max(label)`
}
