import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { IdentityRun } from '../src/contract/shapes.ts'
import { IdentityGraph } from '../src/engine/identity/graph/identity-graph.ts'
import { openDuckDb } from '../src/engine/storage/duckdb.ts'
import { actor } from './engine.ts'
import { filesOf, systems, recordsAsText } from './identity-data.ts'
import type { IdentityInput } from './identity-data.ts'
import { PhaseTimes, stopwatch } from './measure.ts'
import type { Spent } from './measure.ts'
import { step } from './step.ts'
import { withSession } from './workspace.ts'

export interface RegisterTimes {
  full: Spent & { phases: Record<string, Spent> }
  incremental: Spent & { phases: Record<string, Spent>; changed: number; affected: number }
  /** Two records linked by hand, until everything is counted and stored. */
  decision: Spent
}

const columns = ['country', 'crm_id', 'loyalty_id', 'email', 'email_sha256', 'phone', 'device_id', 'first_name', 'last_name', 'dob', 'postcode']
const [product, ...destinations] = systems
const read = (register: IdentityGraph): Promise<IdentityRun> => register.run('people', actor)

/** A run of a workspace's rules: a product and three systems read, matched, counted and published; then after 1% of all records changed. */
await step<IdentityInput>(async ({ folder }): Promise<RegisterTimes & object> => {
  const workspace = `${folder}/register`
  await writeWorkspace(folder, workspace)
  const full = await measured(workspace, read)
  await changeTables(folder, workspace)
  const incremental = await measured(workspace, read)
  const decision = await measured(workspace, (register) => register.decide('people', actor, async () => ({ decisions: [{ id: 'd', seq: 1, kind: 'link', parts: [['crm:r1', 'shop/shop:r2']], undone: false }], store: () => undefined })))
  if (full.run.how !== 'full' || incremental.run.how !== 'incremental') throw new Error(`the runs were ${full.run.how} and ${incremental.run.how}`)
  const { changed, affected } = incremental.run
  return { full: { ...full.spent, phases: full.phases }, incremental: { ...incremental.spent, phases: incremental.phases, changed, affected }, decision: decision.spent }
})

async function measured(workspace: string, act: (register: IdentityGraph) => Promise<IdentityRun>) {
  const phases = new PhaseTimes()
  return withSession({
    workspace,
    emit: (event) => {
      if (event.topic === 'identity' && !event.over) phases.enter(event.phase)
    },
    async use(session) {
      const register = new IdentityGraph(session)
      const spent = stopwatch()
      const run = await act(register)
      phases.end()
      return { run, spent: spent(), phases: phases.phases }
    },
  })
}

async function writeWorkspace(folder: string, workspace: string): Promise<void> {
  rmSync(workspace, { recursive: true, force: true })
  for (const name of ['sources', 'connections', 'products', 'identity']) mkdirSync(`${workspace}/${name}`, { recursive: true })
  const write = (path: string, text: string): void => writeFileSync(`${workspace}/${path}`, text)
  write('lockstep.yaml', 'id: bench\nname: Bench\n')
  write('sources/warehouse.yaml', `type: duckdb\npath: ${product}.duckdb\n`)
  write(`products/${product}.yaml`, `name: Customers\nsource: warehouse\ntable: ${product}\nkey: record_id\ncontract:\n${['record_id', ...columns].map((column) => `  - { column: ${column}, type: string }\n`).join('')}`)
  for (const name of destinations) write(`connections/${name}.yaml`, `name: ${name}\ndestination: local-file\nsettings: { path: ${workspace}/${name}.duckdb, table: ${name}, key: record_id }\n`)
  const records = [`  - product: ${product}`, ...destinations.map((name) => `  - { connection: ${name}, object: ${name} }`)].join('\n')
  write('identity/people.yaml', `${readFileSync(join(import.meta.dirname, '..', 'samples', 'identity', 'contacts.yaml'), 'utf8')}\nrecords:\n${records}\nreadAgainAfter: 0\n`)
  for (const [at, name] of systems.entries()) {
    await inTable(workspace, name, (db) => db.run(`CREATE TABLE ${name} AS SELECT record_id, ${columns.join(', ')} FROM ${recordsAsText(filesOf(folder).records[at] ?? '')}`))
  }
}

/** What the records became a day later. */
async function changeTables(folder: string, workspace: string): Promise<void> {
  const changes = recordsAsText(filesOf(folder).changes)
  for (const name of systems) {
    await inTable(workspace, name, async (db) => {
      await db.run(`CREATE TEMP TABLE changed AS SELECT record_id, ${columns.join(', ')} FROM ${changes} WHERE source = '${name}'`)
      await db.run(`DELETE FROM ${name} WHERE record_id IN (SELECT record_id FROM changed)`)
      await db.run(`INSERT INTO ${name} SELECT * FROM changed`)
    })
  }
}

async function inTable(workspace: string, name: string, act: (db: Awaited<ReturnType<typeof openDuckDb>>) => Promise<void>): Promise<void> {
  const db = await openDuckDb({ path: `${workspace}/${name}.duckdb`, tempFolder: `${workspace}/spill`, memoryLimitMb: 256 })
  await act(db)
  db.closeInstance()
}
