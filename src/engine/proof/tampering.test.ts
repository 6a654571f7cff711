import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AuditVerdict } from '../../contract/shapes.ts'
import { appendAudit } from '../audit/audit.ts'
import type { AuditEvent } from '../audit/audit.ts'
import { auditSeal } from '../audit/reference-key.ts'
import { StoredRuns } from '../execution/runs/stored-runs.ts'
import { PlanStore } from '../plans/plan-store.ts'
import { openDatabase } from '../storage/database.ts'
import type { StateDatabase } from '../storage/database.ts'
import { diskFiles } from '../testing/disk-files.ts'
import { EngineScene } from '../testing/engine-scene.ts'
import { anchorHead } from './anchors.ts'
import { exportAudit } from './export.ts'
import { verifyAudit } from './verify.ts'

/** A state in which a plan was reviewed, approved and applied, a guard lifted, and a second plan approved. Copied for each test. */
let scene: EngineScene
let run: string
let plan: string

beforeAll(async () => {
  const people = Array.from({ length: 5 }, (_, index) => ({ id: `p${index}`, name: `Person ${index}`, tier: 'gold', score: index, blocked: false }))
  scene = await EngineScene.open(people, people.slice(1).map(({ blocked: _blocked, ...person }) => ({ ...person, tier: 'silver' })))
  plan = (await scene.plan()).planId
  run = (await scene.apply(plan)).runId
  await scene.sql('warehouse.duckdb', "UPDATE people SET tier = 'bronze' WHERE id = 'p1'")
  const second = await scene.plan()
  for (const { guard, count } of second.guards) if (count === undefined) await scene.client.plans.liftGuard({ plan: second.planId, guard, reason: 'A small scene' })
  await scene.client.plans.approve({ plan: second.planId })
  await scene.engine.close()
})
afterAll(() => scene.close())

let folder: string
let database: StateDatabase
let kept: string | undefined
const anchors = { read: async () => kept, write: async (_folder: string, text: string) => ((kept = text), true) }

beforeEach(() => {
  kept = undefined
  folder = mkdtempSync(join(tmpdir(), 'lockstep-tampering-'))
  cpSync(join(scene.folder, '.lockstep'), folder, { recursive: true })
  database = openDatabase(folder, 0)
})
afterEach(() => {
  database.close()
  rmSync(folder, { recursive: true })
})

function session(): Parameters<typeof verifyAudit>[0] & { folders: never } {
  const clock = { now: () => Date.parse('2026-02-01T00:00:00Z'), sleep: async () => undefined }
  return { database, folder: '/workspace', folders: { state: folder, exports: join(folder, 'exports') }, ports: { clock, files: diskFiles, ids: { next: () => 'id' }, anchors } } as never
}

const verify = (): Promise<AuditVerdict> => verifyAudit(session())
const key = (): string => readFileSync(join(folder, 'reference.key'), 'utf8').trim()
const kinds = async (): Promise<string[]> => (await verify()).problems.map(({ kind }) => kind)

/** What somebody appends who can write the database and knows how the chain is made, but has not the key. */
function forge(event: AuditEvent): void {
  appendAudit({ database, ports: { clock: { now: () => Date.parse('2040-01-01T00:00:00Z') } as never } }, event)
}

test('the state as Lockstep left it verifies', async () => {
  expect((await verify()).problems).toEqual([])
})

test('a run shows what the chain holds of it, whatever was written into its counts', () => {
  const before = new StoredRuns(database, new PlanStore(database))
  const { counts } = before.summary(before.get(run))
  database.run("UPDATE runs SET counts = json_set(counts, '$.verified', 99999)")
  expect(before.summary(before.get(run)).counts).toEqual(counts)
})

describe('what is stored is held against the chain', () => {
  test.each([
    ['counts of a run', "UPDATE runs SET counts = json_set(counts, '$.verified', 99999)"],
    ['state of a run', "UPDATE runs SET state = 'failed', reason = 'No'"],
    ['a run open again', "UPDATE runs SET state = 'applying', finished_at = NULL"],
    ['who started a run', "UPDATE runs SET started_by = 'Eve'"],
    ['plan of a run', "UPDATE runs SET plan = 'other'"],
    ['a run that is gone', 'DELETE FROM runs'],
    ['a run that nobody started', "INSERT INTO runs SELECT 'made-up', 'no-plan', activation, connection, object, state, reason, paused, cancelling, planned, next_ordinal, batches, counts, started_by, 99, started_at, finished_at, ends FROM runs LIMIT 1"],
    ['rows of a run that is not there', "UPDATE journal SET run = 'made-up' WHERE ordinal = (SELECT max(ordinal) FROM journal)"],
    ['a row more', "INSERT INTO journal (run, ordinal, record, label, operation, state) SELECT run, 9999, record, label, operation, 'delivered' FROM journal LIMIT 1"],
    ['a row in another state', "UPDATE journal SET state = 'quarantined' WHERE state = 'delivered' AND ordinal = (SELECT min(ordinal) FROM journal)"],
    ['approver', "UPDATE approvals SET approved_by = 'Eve'"],
    ['signed hash', "UPDATE approvals SET decision_hash = 'x'"],
    ['approvals that are gone', 'DELETE FROM approvals'],
    ['an approval that nobody gave', "INSERT INTO approvals (plan, plan_hash, decision_hash, approved_by, at) VALUES ('made-up', 'x', 'x', 'Ada', 0)"],
    ['an answer', "UPDATE answers SET kind = 'destination'"],
    ['answers that are gone', 'DELETE FROM answers'],
    ['who answered', "UPDATE answers SET by = 'Eve'"],
    ['the selection', "INSERT INTO selections (plan, record, selected, by, at) SELECT id, 'p2', 0, 'Ada', 0 FROM plans WHERE state = 'approved'"],
    ['plan hash', "UPDATE plans SET plan_hash = 'x'"],
    ['counts of a plan', "UPDATE plans SET counts = json_set(counts, '$.create', 0, '$.update', 0)"],
    ['a plan that is gone', "DELETE FROM plans WHERE state = 'approved'"],
    ['a plan that nobody made', "INSERT INTO plans (id, activation, connection, object, kind, state, plan_hash, header, counts, read_scope, guards, number, created_at, expires_at, folder) SELECT 'made-up', activation, connection, object, kind, state, plan_hash, header, counts, read_scope, guards, 99, created_at, expires_at, 'x' FROM plans LIMIT 1"],
    ['a guard that nobody lifted', "INSERT INTO guard_lifts (plan, guard, reason, by, at) SELECT id, 'removals', 'none', 'Eve', 0 FROM plans LIMIT 1"],
    ['a hand-over that nobody made', "INSERT INTO hand_overs (plan, given_by, given_to, at, decision_hash) SELECT id, 'Eve', 'Ada', 0, 'x' FROM plans LIMIT 1"],
    ['a decision about identity that nobody made', `INSERT INTO identity_decisions (id, identity, seq, kind, parts, reason, by, at) VALUES ('made-up', 'people', 1, 'link', '[["a:1"],["a:2"]]', 'none', 'Eve', 0)`],
  ])('%s', async (_what, sql) => {
    database.sqlite.exec(sql)
    expect((await verify()).ok).toBe(false)
  })
})

describe('entries that Lockstep did not write', () => {
  test('a second end of a run', async () => {
    const end = database.get<{ data: string }>("SELECT data FROM audit WHERE kind = 'run finished'")
    forge({ kind: 'run finished', actor: 'Lockstep', subject: run, data: JSON.parse(end?.data ?? '{}') as Record<string, unknown> })
    expect(await kinds()).toContain('changed')
  })

  test('a second end of a run, by somebody who has the key as well', async () => {
    database.sealAudit = auditSeal(key())
    const end = database.get<{ data: string }>("SELECT data FROM audit WHERE kind = 'run finished'")
    forge({ kind: 'run finished', actor: 'Lockstep', subject: run, data: JSON.parse(end?.data ?? '{}') as Record<string, unknown> })
    expect((await verify()).problems[0]?.message).toMatch(/which had ended already/)
  })

  test.each([['with', true], ['without', false]])('the proof of a run dropped before its time, %s the key', async (_how, sealed) => {
    if (sealed) database.sealAudit = auditSeal(key())
    const { id } = { id: run }
    database.sqlite.exec('DELETE FROM journal; DELETE FROM runs; DELETE FROM answers; DELETE FROM approvals')
    appendAudit({ database, ports: { clock: { now: () => Date.parse('2026-01-06T00:00:00Z') } as never } }, { kind: 'proof dropped', actor: 'Lockstep', subject: id, data: { rows: 4, activation: 'tier-to-crm' } })
    expect((await verify()).ok).toBe(false)
  })

  test('any entry, and a chain whose seals were taken off', async () => {
    forge({ kind: 'paused', actor: 'Eve', data: { scope: 'all' } })
    expect((await verify()).problems[0]?.message).toMatch(/was not written by Lockstep/)
    database.run('UPDATE audit SET seal = NULL')
    expect((await verify()).ok).toBe(false)
  })
})

describe('the head is kept outside the database', () => {
  const empty = (): void => {
    const tables = database.all<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('migrations')")
    for (const { name } of tables) database.sqlite.exec(`DELETE FROM ${name}`)
  }

  test('the database emptied: the file beside it shows it', async () => {
    empty()
    expect(await kinds()).toEqual(['truncated'])
    rmSync(join(folder, 'audit.anchor'))
    expect(await kinds()).toEqual([])
  })

  test('the database emptied, and the file with it: the keychain shows it, and so does an export', async () => {
    database.sealAudit = auditSeal(key())
    await anchorHead(session(), { keychain: true })
    rmSync(join(folder, 'audit.anchor'))
    expect((await verify()).words).toMatch(/the same as what the keychain keeps up to entry \d+; a cut after \d+ cannot be excluded/)
    const keychain = kept
    kept = undefined
    await exportAudit(session(), { version: '1' }, { name: 'Ada' })
    empty()
    expect(await kinds()).toEqual(['truncated'])
    rmSync(join(folder, 'exports'), { recursive: true })
    expect(await kinds()).toEqual([])
    kept = keychain
    expect((await verify()).problems[0]?.message).toMatch(/The keychain had \d+ entries; the chain ends at 0/)
  })

  test('a head that is kept stays when the chain does not fit it any more, and a forged one is named', async () => {
    database.run('DELETE FROM audit WHERE sequence > 3')
    database.sealAudit = auditSeal(key())
    await anchorHead(session(), { keychain: false })
    expect(await kinds()).toContain('truncated')
    const path = join(folder, 'audit.anchor')
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(/"entries": \d+/g, '"entries": 1'))
    expect((await verify()).problems.some(({ message }) => message?.includes('was not written by Lockstep'))).toBe(true)
  })
})
