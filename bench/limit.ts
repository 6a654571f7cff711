import { copyFileSync, rmSync } from 'node:fs'
import { openDuckDb, quoteText } from '../src/engine/storage/duckdb.ts'
import { fingerprint } from './data-set.ts'
import { stopwatch, type Spent } from './measure.ts'
import { step, type StepInput } from './step.ts'

export interface LimitResult extends Spent {
  diff: Spent
  fetch: Spent
  commit: Spent
  changed: number
}

/**
 * The least that a delta must do, in DuckDB alone: compare the table with the fingerprints of before, hand the changed
 * rows to JavaScript, and bring the fingerprints up to date, committed. Two threads, and all the memory it wants.
 */
await step<StepInput>(async ({ folder }): Promise<LimitResult & object> => {
  const path = `${folder}/limit.duckdb`
  rmSync(`${path}.wal`, { force: true })
  copyFileSync(`${folder}/known.duckdb`, path)
  const db = await openDuckDb({ path, tempFolder: `${folder}/spill`, memoryLimitMb: 16_000 })
  await db.run(`ATTACH ${quoteText(`${folder}/warehouse.duckdb`)} AS warehouse (READ_ONLY)`)
  const all = stopwatch()
  let part = stopwatch()
  await db.run(`CREATE TEMP TABLE differing AS
    SELECT coalesce(n.k, s.k) AS k, CASE WHEN s.k IS NULL THEN 'new' WHEN n.k IS NULL THEN 'gone' ELSE 'changed' END AS kind, n.h
    FROM (SELECT customer_id AS k, ${fingerprint} AS h FROM warehouse.customers) n FULL OUTER JOIN known s ON n.k = s.k
    WHERE s.k IS NULL OR n.k IS NULL OR n.h <> s.h`)
  const diff = part()
  part = stopwatch()
  const changed = await db.connection.runAndReadAll('SELECT d.kind, d.k, c.* FROM differing d LEFT JOIN warehouse.customers c ON c.customer_id = d.k')
  const rows = changed.getRowObjectsJS().length
  const fetch = part()
  part = stopwatch()
  await db.run('BEGIN')
  await db.run('DELETE FROM known WHERE k IN (SELECT k FROM differing)')
  await db.run(`INSERT INTO known SELECT k, h FROM differing WHERE kind <> 'gone'`)
  await db.run('COMMIT')
  const commit = part()
  const spent = all()
  db.closeInstance()
  rmSync(path, { force: true })
  return { ...spent, diff, fetch, commit, changed: rows }
})
