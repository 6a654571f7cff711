import type { DuckDb } from '../../storage/duckdb.ts'
import type { NumberedRule } from '../clusters/types.ts'
import { blockedSql } from '../key-columns.ts'
import { keyTable } from '../key-table.ts'
import type { ResolvedKey } from '../read-rules.ts'

/**
 * Fills `affected` with every record whose entity could have changed: the components, as they were, of all that agree
 * with a touched record in all keys of some rule, of all that share a value which became common or ceased to be, and of
 * all that people decided about, if that changed. Nothing outside these is reached by any rule.
 */
export async function findAffected(db: DuckDb, keys: readonly ResolvedKey[], rules: readonly NumberedRule[], factsChanged: boolean): Promise<number> {
  await db.run('CREATE OR REPLACE TABLE near AS SELECT number FROM moved')
  await db.run('CREATE OR REPLACE TABLE held (key SMALLINT, value VARCHAR)')
  for (const [key, resolved] of keys.entries()) await findHeld(db, key, resolved)
  for (const rule of rules) await db.run(agreeingSql(rule))
  if (factsChanged) await db.run('INSERT INTO near SELECT number FROM decided')
  await db.run(`CREATE OR REPLACE TABLE affected AS
    SELECT number FROM outcome WHERE component IN (SELECT component FROM outcome WHERE number IN (SELECT number FROM near)) AND number NOT IN (SELECT number FROM gone)
    UNION SELECT number FROM changed`)
  const counted = await db.row<{ records: number }>('SELECT count(*) AS records FROM affected')
  return counted?.records ?? 0
}

/** Values that merge nobody, before and now, lead nowhere; those that crossed their limit lead to everybody who has them. */
async function findHeld(db: DuckDb, key: number, resolved: ResolvedKey): Promise<void> {
  const blocked = blockedSql(resolved)
  if (blocked) await db.run(`INSERT INTO held SELECT ${key}, * FROM (${blocked.sql})`, blocked.parameters)
  if (!Number.isFinite(resolved.mostRecords)) return
  await db.run(`CREATE OR REPLACE TABLE counted AS
    SELECT value, count(record) AS now, count(record) - any_value(change) AS before
    FROM (SELECT value, sum(side) AS change FROM touched WHERE key = ${key} GROUP BY value) LEFT JOIN ${keyTable(key)} USING (value) GROUP BY value`)
  const most = resolved.mostRecords
  await db.run(`INSERT INTO held SELECT ${key}, value FROM counted WHERE now > ${most} AND before > ${most}`)
  await db.run(`INSERT INTO near SELECT record FROM ${keyTable(key)} WHERE value IN (SELECT value FROM counted WHERE (now > ${most}) <> (before > ${most}))`)
}

/** Records that agree with a touched one in every key of a rule. */
function agreeingSql({ keys }: NumberedRule): string {
  const touched = keys.map((key, at) => `(SELECT DISTINCT record, value FROM touched WHERE key = ${key} AND value NOT IN (SELECT value FROM held WHERE key = ${key})) t${at}`)
  const joined = touched.slice(1).map((table, at) => `JOIN ${table} ON t${at + 1}.record = t0.record`)
  const found = keys.map((key, at) => `JOIN ${keyTable(key)} k${at} ON k${at}.value = t${at}.value${at === 0 ? '' : ` AND k${at}.record = k0.record`}`)
  return `INSERT INTO near SELECT DISTINCT k0.record FROM ${[touched[0], ...joined, ...found].join(' ')}`
}
