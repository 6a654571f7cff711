import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyAudit } from '../proof/verify.ts'
import { chainProblems } from '../proof/verify-chain.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { diskFiles } from '../testing/disk-files.ts'
import { FakeDestination } from '../testing/fake-destination.ts'
import { FakePlan, type FakeRow } from '../testing/fake-plan.ts'
import { RunScene } from '../testing/run-scene.ts'
import { noAnchors } from '../testing/verify-state.ts'
import { listBackups } from './backups.ts'
import { connectDatabase, openDatabase, prepareSchema, type StateDatabase } from './database.ts'
import { openAsOwner } from './lease.ts'
import { migrations } from './migrate.ts'

/** What a released Lockstep left when it was killed in the middle of a run; one dump per schema that was ever released. */
const releasedFolder = join(import.meta.dirname, 'migrations', 'released')
const released = readdirSync(releasedFolder).map((name) => ({ name, schema: Number(/\d+/.exec(name)?.[0]) }))

let folder: string
const open: StateDatabase[] = []
const scenes: RunScene[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-released-'))
  for (const name of ['data', 'temp', 'plans']) mkdirSync(join(folder, name))
  writeFileSync(join(folder, 'reference.key'), 'key\n')
})
afterEach(async () => {
  for (const scene of scenes.splice(0)) await scene.close()
  for (const database of open.splice(0)) if (database.sqlite.open) database.close()
  rmSync(folder, { recursive: true, force: true })
})

function put(name: string): void {
  const sqlite = new SqliteDatabase(join(folder, 'state.db'))
  sqlite.exec(readFileSync(join(releasedFolder, name), 'utf8'))
  sqlite.close()
}

function connected(): StateDatabase {
  const database = connectDatabase(folder)
  open.push(database)
  return database
}

const kept = ['definition_copies', 'plans', 'answers', 'selections', 'approvals', 'guard_lifts', 'standing_answers', 'overrides', 'runs', 'journal', 'pauses', 'audit', 'read_marks'] as const

/** Every row of what people decided and what was done, in the columns of then. */
function contents(database: StateDatabase, columns: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(kept.map((table) => [table, database.all(`SELECT ${columns[table]} FROM ${table} ORDER BY ${columns[table]}`)]))
}

function columnsOf(database: StateDatabase): Record<string, string> {
  return Object.fromEntries(kept.map((table) => [table, database.all<{ name: string }>(`SELECT name FROM pragma_table_info('${table}')`).map(({ name }) => name).join(', ')]))
}

function verdict(database: StateDatabase): ReturnType<typeof verifyAudit> {
  const clock = createFakeClock()
  return verifyAudit({ database, folder, folders: { state: folder, exports: join(folder, 'exports') }, ports: { anchors: noAnchors, clock: { ...clock, sleep: async () => {} }, files: diskFiles, ids: { next: () => 'id' } } } as never)
}

describe.each(released)('a state of schema $schema', ({ name, schema }) => {
  it('comes through every later step whole, and so does its audit', async () => {
    put(name)
    const database = connected()
    const columns = columnsOf(database)
    const before = contents(database, columns)
    for (let steps = schema; steps <= migrations.length; steps++) {
      prepareSchema(database, 1, { steps: migrations.slice(0, steps) })
      expect(contents(database, columns)).toEqual(before)
      expect(chainProblems(database, undefined)).toEqual([])
      expect(database.integrityProblems(true)).toEqual([])
    }
    expect((await verdict(database)).problems).toEqual([])
    expect(database.all('SELECT number FROM migrations')).toEqual(migrations.map(({ number }) => ({ number })))
  })

  it.each(migrations.slice(schema).map((step, index) => ({ step, at: schema + index })))('stays as it was when step $step.name fails half way', ({ step, at }) => {
    put(name)
    const database = connected()
    prepareSchema(database, 1, { steps: migrations.slice(0, at) })
    const schemaOf = () => database.all('SELECT name, sql FROM sqlite_master ORDER BY name')
    const [before, columns] = [schemaOf(), columnsOf(database)]
    const rows = contents(database, columns)
    const broken = { ...step, sql: `${step.sql}; INSERT INTO no_such_table VALUES (1);` }
    expect(() => prepareSchema(database, 2, { steps: [...migrations.slice(0, at), broken] })).toThrow(`could not be brought up to date (step ${step.number}`)
    expect(schemaOf()).toEqual(before)
    expect(contents(database, columns)).toEqual(rows)
    prepareSchema(database, 2)
  })

  it('is backed up before it is changed, and the backup can be read', async () => {
    put(name)
    const opened = await openAsOwner(folder, { clock: createFakeClock(), holder: { process: 1, host: 'here', isRunning: () => true } })
    if (opened.kind !== 'owner') throw new Error('nobody else can own it')
    open.push(opened.database)
    opened.lease.release()
    const [backup] = listBackups(folder)
    expect(backup?.manifest).toMatchObject({ reason: 'Before an update of Lockstep', asked: false })
    const copy = new SqliteDatabase(join(backup?.path ?? '', 'state.db'), { readonly: true })
    expect(copy.prepare('SELECT max(number) AS newest FROM migrations').get()).toEqual({ newest: schema })
    copy.close()
  })

  it('lets its run in flight be settled and finished, without a duplicate', async () => {
    put(name)
    const destination = new FakeDestination()
    const rows = Array.from({ length: 14 }, (_, index): FakeRow => {
      const key = `flight-${String(index).padStart(2, '0')}`
      // Half of what was on its way had arrived.
      const arrived = index < 7
      if (index % 4 === 3) {
        if (arrived) destination.records.set(`made-${key}`, { id: `made-${key}`, key, fields: { tier: 'gold' } })
        return { key, operation: 'create', changes: { tier: { before: null, after: 'gold' } } }
      }
      destination.records.set(`id-${key}`, { id: `id-${key}`, key, fields: { tier: arrived ? 'gold' : 'old' } })
      return { key, operation: 'update', remoteId: `id-${key}`, changes: { tier: { before: 'old', after: 'gold' } } }
    })
    const scene = RunScene.over(folder, destination, new FakePlan(rows, { id: '22222222-plan' }))
    scenes.push(scene)
    scene.runs.recover()
    const [run] = scene.runs.list({ limit: 1 })
    expect(await scene.until(scene.runs.whenEnded(run?.runId ?? ''))).toMatchObject({ state: 'done', counts: { planned: 14, delivered: 14, verified: 14 } })
    const keys = [...destination.records.values()].map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
    expect([...destination.records.values()].every(({ fields }) => fields['tier'] === 'gold')).toBe(true)
    expect((await verdict(scene.database)).problems).toEqual([])
  })
})

it('refuses the state of a newer Lockstep in words, and changes nothing', () => {
  const database = openDatabase(folder, 1)
  open.push(database)
  database.run("INSERT INTO migrations VALUES (999, 'of tomorrow', 'x', 1)")
  const before = database.all('SELECT * FROM migrations')
  expect(() => prepareSchema(database, 2)).toThrow('was written by a newer version of Lockstep')
  expect(database.all('SELECT * FROM migrations')).toEqual(before)
})

it('leaves a state that it refused to whoever can open it', async () => {
  const database = openDatabase(folder, 1)
  database.run("INSERT INTO migrations VALUES (999, 'of tomorrow', 'x', 1)")
  database.close()
  const holder = { process: 1, host: 'here', isRunning: () => true }
  for (let attempt = 0; attempt < 2; attempt++) await expect(openAsOwner(folder, { clock: createFakeClock(), holder })).rejects.toThrow('was written by a newer version of Lockstep')
  expect(connected().get('SELECT 1 FROM owner_lease')).toBeUndefined()
})
