import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { AppError } from '../../contract/errors.ts'
import type { Caller } from '../drivers/request-record.ts'
import type { WriteAnswer } from '../destinations/destination.ts'
import { connectDatabase, prepareSchema } from '../storage/database.ts'
import { foundation } from '../storage/migrations/0001-foundation.ts'
import { FakeDestination } from '../testing/fake-destination.ts'
import { FakePlan } from '../testing/fake-plan.ts'
import type { FakeRow } from '../testing/fake-plan.ts'
import { RunScene } from '../testing/run-scene.ts'
import type { JournalRow } from '../plans/journal-rows.ts'
import { listUnknownRows } from './resolve/unknown-rows.ts'

const anna = { name: 'Anna' }
const scenes: RunScene[] = []
const folders: string[] = []
afterEach(async () => {
  for (const scene of scenes.splice(0)) await scene.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function open(destination: FakeDestination, ...plans: FakePlan[]): RunScene {
  const scene = RunScene.open(destination, ...plans)
  scenes.push(scene)
  return scene
}

/** Updates of people who are there. */
function people(destination: FakeDestination, count: number): FakeRow[] {
  return Array.from({ length: count }, (_none, index): FakeRow => {
    const key = `p${String(index).padStart(4, '0')}`
    destination.add({ id: `id-${key}`, key: `${key}@example.org`, fields: { tier: 'old' } })
    return { key, operation: 'update', remoteId: `id-${key}`, changes: { tier: { before: 'old', after: `gold ${index}` } } }
  })
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

describe('a full disk', () => {
  test('holds the run before anything is sent unrecorded, says how much room is needed, and lets it go on by itself', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(people(destination, 200))
    const scene = open(destination, plan)
    const { page_count: pages } = scene.database.get<{ page_count: number }>('PRAGMA page_count') ?? { page_count: 0 }
    const { runId } = await scene.runs.start(plan.id, anna)
    scene.database.sqlite.pragma(`max_page_count = ${pages + 4}`)
    for (let round = 0; round < 40; round += 1) {
      await turns(20)
      await scene.clock.advance(500)
    }
    const held = scene.runs.get(runId)
    expect(held.state).toBe('applying')
    expect(held.waits[0]).toMatchObject({ limit: 'room on the disk that holds this workspace: free about 20 MB' })
    expect(scene.database.integrityProblems(true)).toEqual([])
    const recorded = scene.database.get<{ rows: number }>('SELECT count(*) AS rows FROM journal')?.rows ?? 0
    expect(destination.applied.length).toBeLessThanOrEqual(recorded)
    scene.database.sqlite.pragma('max_page_count = 1073741823')
    const end = await scene.until(scene.runs.whenEnded(runId))
    expect(end).toMatchObject({ state: 'done', counts: { delivered: 200, verified: 200 }, waits: [] })
    expect(destination.applied).toHaveLength(200)
  })
})

/** A destination at whose limit every write waits, until it is given up. */
class LimitedDestination extends FakeDestination {
  waitingWrites = 0
  private giveUp: AbortSignal | undefined

  override for(caller?: Caller): this {
    this.giveUp = caller?.giveUp
    return this
  }

  override async write(): Promise<WriteAnswer> {
    this.waitingWrites += 1
    await new Promise((_resolve, reject) => this.giveUp?.addEventListener('abort', () => reject(new AppError('cancelled', 'given up')), { once: true }))
    throw new Error('nobody gets here')
  }
}

describe('a cancel', () => {
  test('during a wait for a limit takes effect at once: what has not left is skipped, and nothing is in doubt', async () => {
    const destination = new LimitedDestination()
    const plan = new FakePlan(people(destination, 30))
    const scene = open(destination, plan)
    const { runId } = await scene.runs.start(plan.id, anna)
    for (let round = 0; destination.waitingWrites === 0 && round < 50; round += 1) {
      await turns(20)
      await scene.clock.advance(100)
    }
    const before = scene.clock.monotonic()
    scene.runs.cancel(runId, anna)
    const end = await scene.until(scene.runs.whenEnded(runId))
    expect(end).toMatchObject({ state: 'stopped', reason: 'cancelled', counts: { skipped: 30, sent: 0, unknown: 0 } })
    expect(scene.clock.monotonic() - before).toBeLessThan(5_000)
    expect(destination.applied).toEqual([])
  })
})

describe('a stop in the middle of something', () => {
  test('of a refused batch takes back the half that was still to go', async () => {
    const destination = new FakeDestination({ rowsPerWrite: 8 })
    const plan = new FakePlan(people(destination, 8))
    const scene = open(destination, plan)
    let runId = ''
    let refusals = 0
    destination.rules = {
      poison: () => {
        refusals += 1
        if (refusals === 2) scene.runs.cancel(runId, anna)
        return true
      },
    }
    runId = (await scene.runs.start(plan.id, anna)).runId
    const end = await scene.until(scene.runs.whenEnded(runId))
    expect(end.state).toBe('stopped')
    expect(end.counts).toMatchObject({ sent: 0, pending: 0, unknown: 0, delivered: 0 })
    expect(end.counts.skipped).toBeGreaterThan(0)
  })

  test('of settling skips what was to be sent again', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(people(destination, 5))
    const scene = open(destination, plan)
    destination.rules = { fault: () => 'request lost' }
    const { runId } = await scene.runs.start(plan.id, anna)
    for (let round = 0; scene.runs.get(runId).counts.unknown === 0 && round < 200; round += 1) await turns(5)
    scene.runs.cancel(runId, anna)
    const end = await scene.until(scene.runs.whenEnded(runId))
    expect(end).toMatchObject({ state: 'stopped', reason: 'cancelled', counts: { quarantined: 5, pending: 0, unknown: 0 } })
    expect(destination.requests).toBe(1)
  })
})

describe('a run that was under way when the engine ended', () => {
  test('gives the answers of a job to their rows, also when some of its rows had ended', async () => {
    const destination = new FakeDestination({ rowsPerWrite: 6 })
    const plan = new FakePlan(people(destination, 6))
    const scene = open(destination, plan)
    destination.rules = { jobs: { polls: 1_000_000 }, rejects: (row) => row.id === 'id-p0003' }
    const { runId } = await scene.runs.start(plan.id, anna)
    for (let round = 0; scene.runs.get(runId).counts.accepted < 6 && round < 200; round += 1) await turns(5)
    const after = scene.copyAfterCrash()
    scenes.push(after)
    after.database.run("UPDATE journal SET state = 'delivered' WHERE position = 0")
    for (const job of (destination as unknown as { jobs: Map<string, { polls: number }> }).jobs.values()) job.polls = 0
    after.runs.recover()
    const end = await after.until(after.runs.whenEnded(runId))
    expect(end.counts).toMatchObject({ delivered: 5, rejected: 1 })
    expect(after.database.all("SELECT record FROM journal WHERE state = 'rejected'")).toEqual([{ record: 'p0003' }])
  })

  test('waits for its connection, and goes on when it can be opened', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(people(destination, 12))
    const scene = open(destination, plan)
    let after: RunScene | undefined
    destination.rules = { after: () => (after ??= scene.copyAfterCrash()), fault: (request) => (request > 1 ? 'crash' : undefined) }
    const { runId } = await scene.runs.start(plan.id, anna)
    await scene.until(scene.runs.whenEnded(runId))
    if (!after) throw new Error('it did not crash')
    scenes.push(after)
    destination.rules = {}
    after.refuseToConnect = new AppError('secret-missing', 'CRM has no token.', { next: 'Set it.' })
    after.runs.recover()
    for (let round = 0; round < 30; round += 1) {
      await turns(5)
      await after.clock.advance(1000)
    }
    const waiting = after.runs.get(runId)
    expect(waiting).toMatchObject({ state: 'applying', waits: [{ limit: 'the connection' }] })
    after.refuseToConnect = undefined
    const end = await after.until(after.runs.whenEnded(runId))
    expect(end).toMatchObject({ state: 'done', counts: { delivered: 12, verified: 12 } })
    expect(destination.duplicates()).toEqual([])
  })

  test('by an older version: its schema is brought up to date, and the run is settled and finished', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lockstep-upgrade-'))
    folders.push(folder)
    const destination = new FakeDestination()
    const plan = new FakePlan(people(destination, 6))
    const old = connectDatabase(folder)
    prepareSchema(old, 1, { steps: [foundation] })
    old.run(
      "INSERT INTO plans (id, activation, connection, object, kind, state, plan_hash, header, counts, read_scope, guards, number, created_at, expires_at, folder) VALUES (?, ?, ?, ?, 'ordinary', 'applying', ?, ?, '{}', '{}', '[]', 0, 0, 9e15, '')",
      plan.id, plan.activation, plan.connection, plan.object, plan.planHash, JSON.stringify({ activationName: 'Tiers', destinationName: 'Fake', fieldLabels: {}, noun: { one: 'contact', many: 'contacts' } }),
    )
    old.run(
      "INSERT INTO runs (id, plan, activation, connection, object, state, planned, next_ordinal, counts, started_by, number, started_at) VALUES ('0000000a-run', ?, ?, ?, ?, 'applying', 6, 6, ?, 'Anna', 1, 0)",
      plan.id, plan.activation, plan.connection, plan.object, JSON.stringify({ planned: 6, pending: 4, sent: 2, accepted: 0, delivered: 0, rejected: 0, skipped: 0, quarantined: 0, unknown: 0, verified: 0, overridden: 0, unverifiable: 0 }),
    )
    for (const ordinal of [0, 3]) {
      old.run("INSERT INTO journal (run, ordinal, record, label, remote_id, operation, state, payload_hash, attempts, sent_at) VALUES ('0000000a-run', ?, ?, 'x', ?, 'update', 'sent', 'x', 1, 1)", ordinal, `p000${ordinal / 3}`, `id-p000${ordinal / 3}`)
    }
    // One of the two had arrived.
    const arrived = destination.records.get('id-p0001')
    if (arrived) arrived.fields['tier'] = 'gold 1'
    old.close()
    for (const name of ['data', 'temp']) mkdirSync(join(folder, name), { recursive: true })
    const scene = RunScene.reopen(folder, destination, plan)
    scenes.push(scene)
    scene.runs.recover()
    const end = await scene.until(scene.runs.whenEnded('0000000a-run'))
    expect(end).toMatchObject({ state: 'done', counts: { planned: 6, delivered: 6, verified: 6, unknown: 0 } })
    expect(destination.applied.map(({ row }) => row.id)).not.toContain('id-p0001')
  })
})

describe('rows that nobody can settle', () => {
  async function inDoubt(count = 5): Promise<{ scene: RunScene; destination: FakeDestination; plan: FakePlan; runId: string }> {
    const destination = new FakeDestination({ settle: 'none' })
    const plan = new FakePlan(people(destination, count))
    const scene = open(destination, plan)
    destination.rules = { fault: () => 'answer lost' }
    const { runId } = await scene.apply(plan)
    destination.rules = {}
    return { scene, destination, plan, runId }
  }

  test('are listed with what was sent, when, and what was tried', async () => {
    const { scene, plan, runId } = await inDoubt()
    const page = await listUnknownRows({ database: scene.database, run: runId, plan, labels: new Map([['tier', 'Tier']]) }, { offset: 1, limit: 2 })
    expect(page.total).toBe(5)
    expect(page.rows).toHaveLength(2)
    expect(page.rows[0]).toMatchObject({
      record: 'p0001', label: 'Person p0001', remoteId: 'id-p0001', action: 'Update', attempts: 1, needsPerson: true,
      sent: [{ field: 'tier', fieldLabel: 'Tier', before: 'old', value: 'gold 1' }],
      tried: ['It was sent once, and the answer was lost.', 'The answer was lost, and this destination offers no way to find out. It was not sent again.'],
    })
    expect(page.rows[0]?.sentAt).toMatch(/^2026-01-05T09:0/)
  })

  test('go where a person says, with name and reason in the audit; what was delivered is read back', async () => {
    const { scene, destination, plan, runId } = await inDoubt()
    const { requests } = destination
    scene.runs.settle({ run: runId, records: ['p0000', 'p0002'], as: 'delivered', reason: 'Seen in the system.' }, anna)
    await scene.until(scene.runs.whenEnded(runId))
    scene.runs.settle({ run: runId, records: ['p0001'], as: 'not delivered', reason: 'Not there.' }, anna)
    const end = await scene.until(scene.runs.whenEnded(runId))
    expect(end).toMatchObject({ state: 'done', counts: { delivered: 2, verified: 2, quarantined: 1, unknown: 2 } })
    expect(destination.requests).toBe(requests)
    const audit = scene.database.all<{ actor: string; data: string }>("SELECT actor, data FROM audit WHERE kind = 'unknown rows settled' ORDER BY sequence")
    expect(audit.map(({ actor, data }) => [actor, JSON.parse(data) as unknown])).toEqual([
      ['Anna', { as: 'delivered', reason: 'Seen in the system.', rows: 2 }],
      ['Anna', { as: 'not delivered', reason: 'Not there.', rows: 1 }],
    ])
    // The next plan looks at the record again, whatever its source row says.
    expect(plan.observations.findLast((one) => one.key === 'p0001')).toMatchObject({ fp: null, agreed: {} })
    expect(() => scene.runs.settle({ run: runId, records: ['p0000'], as: 'delivered', reason: 'Again.' }, anna)).toThrow('not in doubt')
  })

  test('what an earlier end proved stands when the run is read back again', async () => {
    const { scene, destination, runId } = await inDoubt()
    scene.runs.settle({ run: runId, records: ['p0000'], as: 'delivered', reason: 'Seen.' }, anna)
    await scene.until(scene.runs.whenEnded(runId))
    // Somebody edits the record after it was proved.
    const edited = destination.records.get('id-p0000')
    if (edited) edited.fields['tier'] = 'typed later'
    scene.runs.settle({ run: runId, records: ['p0001'], as: 'delivered', reason: 'Seen.' }, anna)
    const end = await scene.until(scene.runs.whenEnded(runId))
    expect(end.counts).toMatchObject({ verified: 2, overridden: 0 })
  })
})

describe('a set that may be sent twice', () => {
  test('a repeat that is refused as a whole goes in parts only while its key lives', async () => {
    const destination = new FakeDestination({ settle: 'idempotency key', readBack: 'none', idempotencyLifeMs: 300_000 })
    const plan = new FakePlan(people(destination, 4))
    const scene = open(destination, plan)
    destination.rules = {
      fault(request) {
        if (request === 1) return 'answer lost'
        // The answer to the repeat takes its time.
        if (request === 2) void scene.clock.advance(400_000)
        return undefined
      },
      poison: () => destination.requests === 2,
    }
    const end = await scene.apply(plan)
    expect(destination.requests).toBe(2)
    expect(end.counts).toMatchObject({ delivered: 0, unknown: 4 })
  })

  test('is sent again when the answer is lost, and recorded as such', async () => {
    const destination = new FakeDestination({ settle: 'set idempotent', readBack: 'none' })
    const plan = new FakePlan(people(destination, 4))
    const scene = open(destination, plan)
    destination.rules = { fault: (request) => (request === 1 ? 'answer lost' : undefined) }
    const end = await scene.apply(plan)
    expect(end.counts).toMatchObject({ delivered: 4, unverifiable: 4 })
    expect(scene.database.all<JournalRow>('SELECT attempts, resends, message FROM journal')).toEqual(Array(4).fill({ attempts: 2, resends: 1, message: 'The answer was lost; it was sent again, because that changes nothing where it had arrived.' }))
    const batch = scene.database.get<{ data: string }>("SELECT data FROM audit WHERE kind = 'batch'")
    expect(JSON.parse(batch?.data ?? '{}')).toMatchObject({ delivered: 4, resentUnproved: 4 })
  })
})

describe('the log', () => {
  test('says where a failure of the program happened, and nothing of the values it was about', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(people(destination, 3))
    const scene = open(destination, plan)
    destination.read = () => Promise.reject(new Error('cannot handle anna@example.org'))
    const end = await scene.apply(plan)
    expect(end.state).toBe('failed')
    const text = scene.logged.join('\n')
    expect(text).toContain('run failed')
    expect(text).toContain('at ')
    expect(text).not.toContain('anna@example.org')
  })
})
