import { afterEach, describe, expect, test } from 'vitest'
import fc from 'fast-check'
import type { RunCounts } from '../../../contract/states.ts'
import { FakeDestination } from '../../testing/fake-destination.ts'
import type { Fault } from '../../testing/fake-destination.ts'
import { FakePlan } from '../../testing/fake-plan.ts'
import type { FakeRow } from '../../testing/fake-plan.ts'
import { RunScene } from '../../testing/run-scene.ts'
import { verifyState } from '../../testing/verify-state.ts'
import { liftPause, setPause } from './pauses.ts'
import { groupCauses, listRunRows } from '../results/run-rows.ts'

const scenes: RunScene[] = []
afterEach(async () => {
  for (const scene of scenes.splice(0)) await scene.close()
})

function open(destination: FakeDestination, ...plans: FakePlan[]): RunScene {
  const scene = RunScene.open(destination, ...plans)
  scenes.push(scene)
  return scene
}

/** Updates of people who are there, one more field each, and creates of people who are not. */
function people(destination: FakeDestination, updates: number, creates = 0): FakeRow[] {
  const rows: FakeRow[] = []
  for (let index = 0; index < updates; index++) {
    const key = `p${String(index).padStart(4, '0')}`
    destination.add({ id: `id-${key}`, key: `${key}@example.org`, fields: { tier: 'old', note: 'typed by a person' } })
    rows.push({ key, operation: 'update', remoteId: `id-${key}`, changes: { tier: { before: 'old', after: `gold ${index}` } } })
  }
  for (let index = 0; index < creates; index++) {
    const key = `q${String(index).padStart(4, '0')}`
    rows.push({ key, operation: 'create', changes: { tier: { before: null, after: `new ${index}` } } })
  }
  return rows
}

function expectDelivered(scene: RunScene, plan: FakePlan): void {
  for (const row of plan.rows.filter((one) => one.skip === undefined && one.operation !== 'remove')) {
    const found = scene.destination.living().filter((record) => record.key === `${row.key}@example.org`)
    expect(found.map((record) => record.fields['tier'])).toEqual([row.changes['tier']?.after])
  }
}

function counts(part: Partial<RunCounts>): Partial<RunCounts> {
  return part
}

describe('a run without trouble', () => {
  test('sends exactly the plan, reads it back, and says so', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan([...people(destination, 23, 12), { key: 'z', operation: 'remove', remoteId: 'old-z', changes: {} }])
    destination.add({ id: 'old-z', key: 'z@example.org', fields: {} })
    const scene = open(destination, plan)
    const end = await scene.apply(plan)
    expect(end).toMatchObject({ state: 'done', counts: counts({ planned: 36, delivered: 36, verified: 36, pending: 0 }) })
    expectDelivered(scene, plan)
    expect(destination.records.get('old-z')?.deleted).toBe(true)
    expect(destination.records.get('id-p0000')?.fields['note']).toBe('typed by a person')
    expect(plan.observations).toHaveLength(35)
    expect(plan.observations[0]).toMatchObject({ key: 'p0000', remoteId: 'id-p0000', agreed: { tier: 'gold 0' }, fp: 'fp-p0000', created: false })
    expect(plan.observations.find((one) => one.key === 'q0000')).toMatchObject({ created: true })
    expect(plan.forgotten).toEqual([{ key: 'z', remoteId: 'old-z' }])
    expect(scene.unbalanced).toBe(false)
    expect(scene.database.get('SELECT state FROM plans')).toEqual({ state: 'applied' })
    expect(scene.database.get("SELECT rows FROM data_files WHERE kind = 'receipts'")).toEqual({ rows: 36 })
  })

  test('applying again returns the same run and sends nothing', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(people(destination, 3))
    const scene = open(destination, plan)
    const first = await scene.apply(plan)
    const { requests } = destination
    const again = await scene.runs.start(plan.id, { name: 'Anna' })
    expect(again.runId).toBe(first.runId)
    expect(destination.requests).toBe(requests)
  })

  test('rows that are not sent are journalled with their reason, and kept answers stand', async () => {
    const destination = new FakeDestination()
    const rows = people(destination, 4)
    Object.assign(rows[1] ?? {}, { skip: 'not selected' })
    Object.assign(rows[2] ?? {}, { skip: 'kept', keeps: [{ field: 'tier', d: 's:gold', a: 's:old' }] })
    const plan = new FakePlan(rows)
    const scene = open(destination, plan)
    const end = await scene.apply(plan)
    expect(end.counts).toMatchObject({ planned: 4, delivered: 2, skipped: 2, verified: 2 })
    expect(groupCauses(scene.database, end.runId).map((group) => [group.cause, group.count])).toEqual([['skipped: kept', 1], ['skipped: not selected', 1]])
    expect(scene.database.all('SELECT remote_id, field, kind, by FROM standing_answers')).toEqual([{ remote_id: 'id-p0002', field: 'tier', kind: 'keep', by: 'Anna' }])
  })

  test('sends nothing without answers, without approval, with an expired plan, or while paused', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(people(destination, 3))
    const scene = open(destination, plan)
    const start = (): Promise<unknown> => scene.runs.start(plan.id, { name: 'Anna' })
    const { approval } = plan.readiness_
    plan.readiness_ = { openConflicts: 2 }
    await expect(start()).rejects.toMatchObject({ code: 'answers-missing' })
    plan.readiness_ = { openConflicts: 0 }
    await expect(start()).rejects.toMatchObject({ code: 'approval-missing' })
    plan.readiness_ = { openConflicts: 0, approval, invalid: { kind: 'expired', because: 'It was valid until noon.' } }
    await expect(start()).rejects.toMatchObject({ code: 'plan-expired' })
    plan.readiness_ = { openConflicts: 0, approval }
    setPause(scene, { connection: 'crm' }, 'Anna', 'maintenance')
    await expect(start()).rejects.toMatchObject({ code: 'paused' })
    expect(destination.requests + destination.reads).toBe(0)
    expect(scene.runs.list({ limit: 10 })).toEqual([])
  })
})

describe('the destination', () => {
  test('a row that moved since the plan is skipped, and what a person typed stays', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(people(destination, 6, 2))
    const scene = open(destination, plan)
    const edited = destination.records.get('id-p0002')
    if (edited) edited.fields['tier'] = 'typed'
    const gone = destination.records.get('id-p0003')
    if (gone) gone.deleted = true
    destination.add({ id: 'late', key: 'q0001@example.org', fields: { tier: 'theirs' } })
    const end = await scene.apply(plan)
    expect(end.counts).toMatchObject({ delivered: 5, skipped: 3 })
    expect(destination.records.get('id-p0002')?.fields['tier']).toBe('typed')
    expect(destination.duplicates()).toEqual([])
    expect(plan.observations.find((one) => one.key === 'p0002')).toMatchObject({ fp: null, agreed: {} })
    expect(listRunRows(scene.database, end.runId, { offset: 0, limit: 10, cause: 'skipped: moved' }).rows.map((row) => row.message)).toEqual([
      'Changed in the destination since the plan: tier.', 'The record is not there any more.', 'A record with this key is there by now.',
    ])
  })

  test('one bad row does not hold the others: rejected alone, or found by halves', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(people(destination, 20))
    const scene = open(destination, plan)
    destination.rules = { poison: (row) => row.id === 'id-p0007', rejects: (row) => row.id === 'id-p0011' }
    const end = await scene.apply(plan)
    expect(end).toMatchObject({ state: 'done', counts: counts({ delivered: 18, rejected: 1, quarantined: 1, verified: 18 }) })
    const causes = groupCauses(scene.database, end.runId)
    expect(causes.map((cause) => [cause.cause, cause.title, cause.example])).toEqual([
      ['quarantined: bad batch', 'The batch is not valid.', 'p0007'], ['rejected: bad value', 'The value is not allowed.', 'p0011'],
    ])
    expect(destination.applied.map(({ row }) => row.id)).not.toContain('id-p0007')
  })

  test('a busy row is tried again, and set apart when it stays busy', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(people(destination, 10))
    const scene = open(destination, plan)
    let busy = 2
    destination.rules = { busy: (row) => row.id === 'id-p0001' || (row.id === 'id-p0002' && busy-- > 0) }
    const end = await scene.apply(plan)
    expect(end.counts).toMatchObject({ delivered: 9, quarantined: 1 })
    expect(destination.applied.filter(({ row }) => row.id === 'id-p0002')).toHaveLength(1)
  })

  test('a value that does not stick is a finding with a standing answer, not a success', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(people(destination, 5))
    const scene = open(destination, plan)
    destination.rules = { overrides: (_field, value) => (value === 'gold 3' ? 'silver' : value) }
    const end = await scene.apply(plan)
    expect(end).toMatchObject({ state: 'done', counts: counts({ delivered: 5, verified: 4, overridden: 1 }) })
    expect(scene.database.all('SELECT remote_id, d, a, kind FROM standing_answers')).toEqual([{ remote_id: 'id-p0003', d: 's:gold 3', a: 's:silver', kind: 'overridden' }])
    expect(plan.observations.find((one) => one.key === 'p0003')).toMatchObject({ agreed: {}, fp: null })
  })

  test('what cannot be read is accepted, not verified', async () => {
    const destination = new FakeDestination({ readBack: 'none', settle: 'none' })
    const plan = new FakePlan(people(destination, 5))
    const scene = open(destination, plan)
    const end = await scene.apply(plan)
    expect(end.counts).toMatchObject({ delivered: 5, unverifiable: 5, verified: 0 })
    expect(plan.observations[0]).toMatchObject({ assumed: true, agreed: { tier: 'gold 0' } })
  })

  test('a run whose rows fail in masse stops with the reason, and what arrived is verified', async () => {
    const destination = new FakeDestination({ rowsPerWrite: 50, rowsPerRead: 50 })
    const plan = new FakePlan(people(destination, 1000))
    const scene = open(destination, plan)
    destination.rules = { rejects: (row) => Number(row.id?.slice(-1)) < 5 }
    const end = await scene.apply(plan)
    expect(end.state).toBe('stopped')
    expect(end.reason).toContain('were refused')
    expect(end.counts.pending).toBeGreaterThan(400)
    expect(end.counts.verified).toBe(end.counts.delivered)
  })

  test('a small run whose rows fail ends by itself: there is nothing left to hold back', async () => {
    const destination = new FakeDestination({ rowsPerWrite: 50, rowsPerRead: 50 })
    const plan = new FakePlan(people(destination, 40))
    const scene = open(destination, plan)
    destination.rules = { rejects: (row) => Number(row.id?.slice(-1)) < 5 }
    expect(await scene.apply(plan)).toMatchObject({ state: 'done', counts: counts({ rejected: 20, delivered: 20, verified: 20 }) })
  })

  test('an unreachable destination stops the run with nothing lost; resumed later it finishes', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(people(destination, 40, 10))
    const scene = open(destination, plan)
    destination.rules = { fault: (request) => (request > 4 ? 'unreachable' : undefined) }
    const end = await scene.apply(plan)
    expect(end).toMatchObject({ state: 'stopped', reason: 'Fake cannot be reached.' })
    expect(end.counts.delivered + end.counts.pending).toBe(50)
    expect(listRunRows(scene.database, end.runId, { offset: 0, limit: 1 }).total).toBe(end.counts.delivered)
    destination.rules = {}
    await scene.runs.resume(end.runId, { name: 'Anna' })
    const finished = await scene.until(scene.runs.whenEnded(end.runId))
    expect(finished).toMatchObject({ state: 'done', counts: counts({ delivered: 50, verified: 50 }) })
    expectDelivered(scene, plan)
    expect(destination.applied).toHaveLength(50)
  })
})

describe('an answer that is lost', () => {
  test.each<Fault>(['answer lost', 'request lost', 'half'])('%s: every row ends delivered once', async (fault) => {
    const destination = new FakeDestination()
    const plan = new FakePlan(people(destination, 10, 10))
    const scene = open(destination, plan)
    destination.rules = { fault: (request) => (request === 2 || request === 4 ? fault : undefined) }
    const end = await scene.apply(plan)
    expect(end).toMatchObject({ state: 'done', counts: counts({ delivered: 20, unknown: 0, verified: 20 }) })
    expect(destination.duplicates()).toEqual([])
    expectDelivered(scene, plan)
  })

  test('nothing is looked at before the request timeout and the consistency delay are over', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(people(destination, 5))
    const scene = open(destination, plan)
    destination.rules = { fault: () => 'answer lost' }
    const began = scene.clock.now()
    await scene.apply(plan)
    expect(scene.clock.now() - began).toBeGreaterThanOrEqual(12_000)
  })

  test('neither the old nor the new value: the row stays unknown for a person', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(people(destination, 5))
    const scene = open(destination, plan)
    destination.rules = {
      fault: () => 'answer lost',
      after: () => {
        const record = destination.records.get('id-p0001')
        if (record) record.fields['tier'] = 'typed meanwhile'
      },
    }
    const end = await scene.apply(plan)
    expect(end.counts).toMatchObject({ delivered: 4, unknown: 1 })
    expect(destination.records.get('id-p0001')?.fields['tier']).toBe('typed meanwhile')

    // Somebody put the sent value there since: looking again finds it, and sends nothing.
    destination.rules = {}
    const record = destination.records.get('id-p0001')
    const requests = destination.requests
    if (record) record.fields['tier'] = 'gold 1'
    await scene.runs.resume(end.runId, { name: 'Anna' })
    expect(await scene.runs.whenEnded(end.runId)).toMatchObject({ state: 'done', counts: { delivered: 5, unknown: 0, verified: 5 } })
    expect(destination.requests).toBe(requests)
  })

  test('a write that never arrives is given up after some tries, and never called unknown', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(people(destination, 5))
    const scene = open(destination, plan)
    destination.rules = { fault: () => 'request lost' }
    const end = await scene.apply(plan)
    expect(end.counts).toMatchObject({ quarantined: 5, unknown: 0 })
    expect(destination.requests).toBe(3)
  })

  test('without a way to find out, it is left to a person and never sent again', async () => {
    const destination = new FakeDestination({ settle: 'none' })
    const plan = new FakePlan(people(destination, 5))
    const scene = open(destination, plan)
    destination.rules = { fault: () => 'answer lost' }
    const end = await scene.apply(plan)
    expect(end.counts).toMatchObject({ unknown: 5 })
    expect(destination.requests).toBe(1)
  })
})

describe('jobs', () => {
  test('are polled to their end', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(people(destination, 12, 3))
    const scene = open(destination, plan)
    destination.rules = { jobs: { polls: 3 }, busy: (row) => row.id === 'id-p0001' }
    const end = await scene.apply(plan)
    expect(end.counts).toMatchObject({ delivered: 14, quarantined: 1, verified: 14 })
  })

  test('one that is lost leaves unknown rows, which a read settles', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(people(destination, 12, 3))
    const scene = open(destination, plan)
    destination.rules = { jobs: { polls: 1, lost: (job) => job === 2 } }
    const end = await scene.apply(plan)
    expect(end.counts).toMatchObject({ delivered: 15, verified: 15 })
    expect(destination.duplicates()).toEqual([])
  })

  test('one that was accepted before a crash is polled on, not sent again', async () => {
    const destination = new FakeDestination({ rowsPerWrite: 20 })
    const plan = new FakePlan(people(destination, 5, 5))
    const scene = open(destination, plan)
    destination.rules = { jobs: { polls: 1000 } }
    const { runId } = await scene.runs.start(plan.id, { name: 'Anna' })
    while (scene.runs.get(runId).counts.accepted < 10) await new Promise((resolve) => setImmediate(resolve))
    const after = scene.copyAfterCrash()
    scenes.push(after)
    destination.rules = { jobs: { polls: 0, lost: () => false } }
    for (const job of (destination as unknown as { jobs: Map<string, { polls: number }> }).jobs.values()) job.polls = 1
    after.runs.recover()
    const end = await after.until(after.runs.whenEnded(runId))
    expect(end.counts).toMatchObject({ delivered: 10, verified: 10 })
    expect(destination.requests).toBe(2)
  })
})

describe('a person', () => {
  /** Holds the second write request until told. */
  function hold(destination: FakeDestination): { reached: () => boolean } {
    let reached = false
    destination.rules = { after: () => (reached = true) }
    return { reached: () => reached }
  }

  test('pauses between batches and resumes', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(people(destination, 60))
    const scene = open(destination, plan)
    const { reached } = hold(destination)
    const { runId } = await scene.runs.start(plan.id, { name: 'Anna' })
    while (!reached()) await new Promise((resolve) => setImmediate(resolve))
    expect(scene.runs.pause(runId, { name: 'Anna' }).paused).toBe(true)
    for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve))
    const { counts: held } = scene.runs.get(runId)
    expect(held.pending).toBeGreaterThan(0)
    expect(held.sent).toBe(0)
    await scene.runs.resume(runId, { name: 'Anna' })
    const end = await scene.until(scene.runs.whenEnded(runId))
    expect(end).toMatchObject({ state: 'done', paused: false, counts: counts({ delivered: 60 }) })
  })

  test('is shown the pause by the picture of that very moment: no other may follow for long', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(people(destination, 60))
    const scene = open(destination, plan)
    const { reached } = hold(destination)
    const { runId } = await scene.runs.start(plan.id, { name: 'Anna' })
    while (!reached()) await new Promise((resolve) => setImmediate(resolve))
    await scene.clock.advance(1000)
    scene.runs.pause(runId, { name: 'Anna' })
    expect(scene.pictures.at(-1)).toMatchObject({ paused: true })
    await scene.clock.advance(1000)
    await scene.runs.resume(runId, { name: 'Anna' })
    expect(scene.pictures.at(-1)).toMatchObject({ paused: false })
    await scene.until(scene.runs.whenEnded(runId))
  })

  test('stops everything, and lets it go on', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(people(destination, 60))
    const scene = open(destination, plan)
    const { reached } = hold(destination)
    const { runId } = await scene.runs.start(plan.id, { name: 'Anna' })
    while (!reached()) await new Promise((resolve) => setImmediate(resolve))
    setPause(scene, { all: true }, 'Anna')
    scene.runs.pausesChanged()
    for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(scene.runs.get(runId)).toMatchObject({ paused: true, state: 'applying' })
    liftPause(scene, { all: true }, 'Anna')
    scene.runs.pausesChanged()
    expect((await scene.until(scene.runs.whenEnded(runId))).counts.delivered).toBe(60)
  })

  test('cancels: what was sent is settled and verified, the rest is skipped', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(people(destination, 60))
    const scene = open(destination, plan)
    const { reached } = hold(destination)
    const { runId } = await scene.runs.start(plan.id, { name: 'Anna' })
    while (!reached()) await new Promise((resolve) => setImmediate(resolve))
    scene.runs.cancel(runId, { name: 'Anna' })
    const end = await scene.until(scene.runs.whenEnded(runId))
    expect(end).toMatchObject({ state: 'stopped', reason: 'cancelled' })
    expect(end.counts.delivered).toBeGreaterThan(0)
    expect(end.counts.skipped).toBeGreaterThan(0)
    expect(end.counts.delivered + end.counts.skipped).toBe(60)
    expect(end.counts.verified).toBe(end.counts.delivered)
    expect(destination.applied).toHaveLength(end.counts.delivered)
    expect(() => scene.runs.cancel(runId, { name: 'Anna' })).toThrow('has ended')
  })

  test('starts a second run of the same object: it waits for the first', async () => {
    const destination = new FakeDestination()
    const rows = people(destination, 20)
    const first = new FakePlan(rows.slice(0, 10), { id: '00000001-plan' })
    const second = new FakePlan(rows.slice(10), { id: '00000002-plan', activation: 'other' })
    const scene = open(destination, first, second)
    const one = await scene.runs.start(first.id, { name: 'Anna' })
    const two = await scene.runs.start(second.id, { name: 'Anna' })
    expect(scene.runs.get(two.runId).state).toBe('approved')
    const pictures: string[] = []
    const watching = (async () => {
      for await (const picture of scene.runs.watch(two.runId)) pictures.push(picture.state)
    })()
    await scene.until(scene.runs.whenEnded(two.runId))
    await watching
    expect(scene.runs.get(one.runId).state).toBe('done')
    expect(pictures.at(-1)).toBe('done')
    expect(scene.runs.list({ limit: 10 }).map((run) => run.state)).toEqual(['done', 'done'])
    expect(scene.runs.list({ limit: 10, activation: 'other' })).toHaveLength(1)
  })
})

/** The process is gone after its third request: nothing of it reaches the system any more. `after` finds its files as they were then. */
async function crashAtThirdRequest(scene: RunScene, plan: FakePlan): Promise<{ after: RunScene; runId: string }> {
  const { destination } = scene
  let after: RunScene | undefined
  destination.rules = { fault: (request) => (request > 3 ? 'crash' : undefined), after: () => (after ??= destination.requests === 3 ? scene.copyAfterCrash() : undefined) }
  const { runId } = await scene.runs.start(plan.id, { name: 'Anna' })
  while (!after) await new Promise((resolve) => setImmediate(resolve))
  await scene.until(scene.runs.whenEnded(runId))
  destination.rules = {}
  scenes.push(after)
  return { after, runId }
}

describe('a crash', () => {
  test('between intent and outcome: sent rows are settled by reading, nothing is sent twice', async () => {
    const destination = new FakeDestination({ limits: [{ kind: 'concurrency', name: 'one', label: 'one at a time', requests: 1 }] })
    const plan = new FakePlan(people(destination, 12, 12))
    const { after, runId } = await crashAtThirdRequest(open(destination, plan), plan)
    const before = after.database.get<{ sent: number }>("SELECT count(*) AS sent FROM journal WHERE state = 'sent'")
    expect(before?.sent).toBeGreaterThan(0)
    after.runs.recover()
    const end = await after.until(after.runs.whenEnded(runId))
    expect(end).toMatchObject({ state: 'done', counts: counts({ delivered: 24, verified: 24 }) })
    expect(destination.duplicates()).toEqual([])
    expectDelivered(after, plan)
  })

  test('in the middle of what nobody can read: all that arrived is stated as agreed once, before and after', async () => {
    const destination = new FakeDestination({ readBack: 'none', settle: 'none', limits: [{ kind: 'concurrency', name: 'one', label: 'one at a time', requests: 1 }] })
    const plan = new FakePlan(people(destination, 60))
    const { after, runId } = await crashAtThirdRequest(open(destination, plan), plan)
    plan.observations.length = 0
    const before = after.database.get<{ rows: number }>("SELECT count(*) AS rows FROM journal WHERE verification = 'unverifiable'")
    expect(before?.rows).toBeGreaterThan(0)
    after.runs.recover()
    const end = await after.until(after.runs.whenEnded(runId))
    const delivered = after.database.all<{ record: string }>("SELECT record FROM journal WHERE state = 'delivered'")
    expect(end.counts).toMatchObject({ pending: 0, delivered: delivered.length, unverifiable: delivered.length })
    expect(plan.observations.filter(({ agreed }) => Object.keys(agreed).length > 0).map(({ key }) => key).sort()).toEqual(delivered.map(({ record }) => record).sort())
  })

  test('with a plan that is not valid any more: sent rows are settled, pending rows are skipped', async () => {
    const destination = new FakeDestination({ limits: [{ kind: 'concurrency', name: 'one', label: 'one at a time', requests: 1 }] })
    const plan = new FakePlan(people(destination, 60))
    const { after, runId } = await crashAtThirdRequest(open(destination, plan), plan)
    plan.readiness_ = { ...plan.readiness_, invalid: { kind: 'expired', because: 'It was valid until noon.' } }
    const sent = destination.applied.length
    after.runs.recover()
    const end = await after.until(after.runs.whenEnded(runId))
    expect(end.state).toBe('stopped')
    expect(end.counts.unknown).toBe(0)
    expect(end.counts.delivered).toBe(end.counts.verified)
    expect(destination.applied).toHaveLength(sent)
    expect(listRunRows(after.database, runId, { offset: 0, limit: 1, cause: 'skipped: expired' }).total).toBe(end.counts.skipped)
  })
})

describe('whatever happens', () => {
  const fault = fc.constantFrom<Fault | undefined>(undefined, undefined, undefined, 'answer lost', 'request lost', 'half', 'unreachable')
  const script = fc.record({
    updates: fc.integer({ min: 0, max: 25 }),
    creates: fc.integer({ min: 0, max: 15 }),
    faults: fc.array(fault, { maxLength: 12 }),
    rejected: fc.array(fc.integer({ min: 0, max: 24 }), { maxLength: 3 }),
    poison: fc.array(fc.integer({ min: 0, max: 24 }), { maxLength: 2 }),
    moved: fc.array(fc.integer({ min: 0, max: 24 }), { maxLength: 3 }),
    unselected: fc.array(fc.integer({ min: 0, max: 39 }), { maxLength: 4 }),
    jobs: fc.boolean(),
    rowsPerWrite: fc.integer({ min: 1, max: 9 }),
    crashAt: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
  })

  test('what reaches the system is part of the plan, no record is made twice, and counts balance at every instant', async () => {
    await fc.assert(
      fc.asyncProperty(script, async (given) => {
        const destination = new FakeDestination({ rowsPerWrite: given.rowsPerWrite })
        const rows = people(destination, given.updates, given.creates)
        for (const index of given.unselected) Object.assign(rows[index] ?? {}, { skip: 'not selected' })
        const plan = new FakePlan(rows)
        let scene = RunScene.open(destination, plan)
        const old: RunScene[] = []
        try {
          for (const index of given.moved) {
            const record = destination.records.get(`id-p${String(index).padStart(4, '0')}`)
            if (record) record.fields['tier'] = 'typed'
          }
          const name = (index: number): string => `p${String(index).padStart(4, '0')}`
          const rejected = new Set(given.rejected.map(name))
          const poison = new Set(given.poison.map(name))
          const keyOf = (email: string): string => email.slice(0, email.indexOf('@'))
          let crashed: RunScene | undefined
          const rules = {
            fault: (request: number) => given.faults[request - 1],
            rejects: (row: { key: { value: string } }) => rejected.has(keyOf(row.key.value)),
            poison: (row: { key: { value: string } }) => poison.has(keyOf(row.key.value)),
            ...(given.jobs ? { jobs: { polls: 1 } } : {}),
          }
          destination.rules = { ...rules, after: () => (crashed ??= destination.requests === given.crashAt ? scene.copyAfterCrash() : undefined) }
          const { runId } = await scene.runs.start(plan.id, { name: 'Anna' })
          const ended = scene.runs.whenEnded(runId)
          let end = await scene.until(ended)
          if (crashed) {
            // What the old process did after the copy stands in the system; the new one must find its way.
            old.push(scene)
            scene = crashed
            scene.runs.recover()
            end = await scene.until(scene.runs.whenEnded(runId))
          }
          for (let again = 0; again < 15 && end.state !== 'done'; again++) {
            await scene.runs.resume(runId, { name: 'Anna' })
            const next = await scene.until(scene.runs.whenEnded(runId))
            if (JSON.stringify(next.counts) === JSON.stringify(end.counts) && next.state === end.state && next.counts.pending === 0) break
            end = next
          }
          expect(scene.unbalanced).toBe(false)
          expect(scene.database.integrityProblems(true)).toEqual([])
          expect(await verifyState(scene.database)).toMatchObject({ ok: true, problems: [] })
          expect(destination.duplicates()).toEqual([])
          for (const { row } of destination.applied) {
            const planned = rows.find((one) => one.key === keyOf(row.key.value))
            expect(planned?.skip).toBeUndefined()
            expect(row.fields).toEqual({ tier: planned?.changes['tier']?.after })
          }
          expect(end.counts.pending + end.counts.sent + end.counts.accepted).toBe(0)
          const troubled = given.faults.some(Boolean) || given.rejected.length > 0 || given.poison.length > 0 || given.moved.length > 0 || crashed !== undefined
          if (!troubled) {
            expect(end.counts.delivered).toBe(rows.filter((row) => !row.skip).length)
            expectDelivered(scene, plan)
          }
          expect(end.counts.verified + end.counts.overridden).toBe(end.counts.delivered)
        } finally {
          for (const one of [...old, scene]) await one.close()
        }
      }),
      { numRuns: 25, seed: 20261123 },
    )
  }, 120_000)
})
