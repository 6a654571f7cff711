import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { IdentityIndex } from '../src/engine/identity/index/identity-index.ts'
import { readRules } from '../src/engine/identity/read-rules.ts'
import { openDuckDb } from '../src/engine/storage/duckdb.ts'
import type { DuckDb } from '../src/engine/storage/duckdb.ts'
import { nodeFiles } from '../src/platform/files.ts'
import { filesOf, systems, recordsAsText } from './identity-data.ts'
import type { IdentityInput } from './identity-data.ts'
import { stopwatch } from './measure.ts'
import type { Spent } from './measure.ts'
import { step } from './step.ts'

export interface IndexTimes {
  full: Spent
  incremental: Spent & { changed: number; affected: number }
}


/** The index of a workspace: everything, then what 1% of the records changed. */
await step<IdentityInput>(async ({ folder }): Promise<IndexTimes & object> => {
  const path = `${folder}/index.duckdb`
  for (const old of [path, `${path}.wal`]) rmSync(old, { force: true })
  const db = await openDuckDb({ path, tempFolder: `${folder}/spill`, memoryLimitMb: 640 })
  const rules = await readRules(join(import.meta.dirname, '..', 'samples', 'identity', 'contacts.yaml'), nodeFiles)
  const known = ['country', 'crm_id', 'loyalty_id', 'email', 'email_sha256', 'phone', 'device_id', 'first_name', 'last_name', 'dob', 'postcode']
  const index = await IdentityIndex.create(db, rules, known)
  const { records, changes } = filesOf(folder)
  let spent = stopwatch()
  await load(db, index, records.map((file, at) => [file, `'${systems[at] ?? ''}'`]))
  await index.run({ complete: true })
  const full = spent()
  spent = stopwatch()
  await load(db, index, [[changes, 'source']])
  await db.run('CREATE OR REPLACE TABLE departed (reference VARCHAR)')
  const { changed, affected } = await index.run({ complete: false })
  const incremental = { ...spent(), changed, affected }
  db.closeInstance()
  return { full, incremental }
})

async function load(db: DuckDb, index: IdentityIndex, files: readonly [path: string, source: string][]): Promise<void> {
  const values = index.columns.map((column, at) => `"${column}" AS c${at}`)
  const selects = files.map(([file, source]) => `SELECT record_id AS reference, ${source} AS source, ${values.join(', ')} FROM ${recordsAsText(file)}`)
  await db.run(`CREATE OR REPLACE TABLE incoming AS ${selects.join(' UNION ALL ')}`)
}
