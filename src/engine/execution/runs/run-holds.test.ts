import { afterEach, describe, expect, it } from 'vitest'
import type { RunProgress } from '../../../contract/shapes.ts'
import { FakeDestination } from '../../testing/fake-destination.ts'
import { FakePlan } from '../../testing/fake-plan.ts'
import type { FakeRow } from '../../testing/fake-plan.ts'
import { RunScene } from '../../testing/run-scene.ts'

const scenes: RunScene[] = []
afterEach(async () => {
  for (const scene of scenes.splice(0)) await scene.close()
})

function open(destination: FakeDestination, ...plans: FakePlan[]): RunScene {
  const scene = RunScene.open(destination, ...plans)
  scenes.push(scene)
  return scene
}

function updates(destination: FakeDestination, count: number, prefix = 'p', field = 'tier'): FakeRow[] {
  return Array.from({ length: count }, (_, index) => {
    const key = `${prefix}${String(index).padStart(3, '0')}`
    destination.add({ id: `id-${key}`, key: `${key}@example.org`, fields: { [field]: 'old' } })
    return { key, operation: 'update', remoteId: `id-${key}`, changes: { [field]: { before: 'old', after: `new ${index}` } } }
  })
}

async function whenHeld(scene: RunScene, run: string): Promise<RunProgress> {
  for (let turn = 0; turn < 2000; turn++) {
    await new Promise((resolve) => setImmediate(resolve))
    const now = scene.runs.get(run)
    if (now.hold !== undefined || now.finishedAt !== undefined) return now
    if (scene.clock.sleepers() > 0) await scene.clock.advance(100)
  }
  throw new Error('the run was never held')
}

const me = { name: 'Anna' }

describe('credentials that are refused in the middle of a run', () => {
  it('pause it with a prompt, and after reconnecting everything arrives once, as if nothing had been', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(updates(destination, 40))
    const scene = open(destination, plan)
    let refuse = true
    destination.rules.fault = (request) => (refuse && request >= 3 ? 'credentials refused' : undefined)
    const { runId } = await scene.runs.start(plan.id, me)
    const held = await whenHeld(scene, runId)
    expect(held).toMatchObject({ state: 'applying', paused: true, hold: 'reconnect', reason: 'Fake does not accept the credentials.' })
    expect(held.next).toContain('Set the secret again.')
    expect(held.counts.rejected + held.counts.quarantined + held.counts.unknown).toBe(0)
    const { requests } = destination
    await scene.clock.advance(60_000)
    expect(destination.requests).toBe(requests)
    refuse = false
    await scene.runs.resume(runId, me)
    const end = await scene.until(scene.runs.whenEnded(runId))
    expect(end).toMatchObject({ state: 'done', counts: { delivered: 40, verified: 40 } })
    expect(end.hold).toBeUndefined()
    expect(end.reason).toBeUndefined()
    expect(scene.database.get('SELECT max(attempts) AS most FROM journal')).toEqual({ most: 1 })
    expect(destination.applied).toHaveLength(40)
    expect(scene.database.all("SELECT kind FROM audit WHERE kind IN ('run paused', 'run resumed') ORDER BY sequence")).toEqual([{ kind: 'run paused' }, { kind: 'run resumed' }])
  })

  it('hold it again when they still are refused', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(updates(destination, 10))
    const scene = open(destination, plan)
    destination.rules.fault = () => 'credentials refused'
    const { runId } = await scene.runs.start(plan.id, me)
    await whenHeld(scene, runId)
    await scene.runs.resume(runId, me)
    expect(await whenHeld(scene, runId)).toMatchObject({ paused: true, hold: 'reconnect' })
    destination.rules = {}
    await scene.runs.resume(runId, me)
    expect(await scene.until(scene.runs.whenEnded(runId))).toMatchObject({ state: 'done', counts: { delivered: 10 } })
  })

  it('let it be cancelled: nothing more is sent, and nothing is in doubt', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(updates(destination, 20))
    const scene = open(destination, plan)
    destination.rules.fault = (request) => (request >= 2 ? 'credentials refused' : undefined)
    const { runId } = await scene.runs.start(plan.id, me)
    await whenHeld(scene, runId)
    scene.runs.cancel(runId, me)
    const end = await scene.until(scene.runs.whenEnded(runId))
    expect(end).toMatchObject({ state: 'stopped', counts: { pending: 0, sent: 0, unknown: 0 } })
    expect(end.counts.delivered + end.counts.skipped).toBe(20)
  })

  it('still hold it after a restart, and it goes on from there', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(updates(destination, 20))
    const scene = open(destination, plan)
    destination.rules.fault = (request) => (request >= 2 ? 'credentials refused' : undefined)
    const { runId } = await scene.runs.start(plan.id, me)
    await whenHeld(scene, runId)
    const restarted = scene.copyAfterCrash()
    scenes.push(restarted)
    restarted.runs.recover()
    expect(await whenHeld(restarted, runId)).toMatchObject({ paused: true, hold: 'reconnect' })
    destination.rules = {}
    await restarted.runs.resume(runId, me)
    expect(await restarted.until(restarted.runs.whenEnded(runId))).toMatchObject({ state: 'done', counts: { delivered: 20, verified: 20 } })
  })
})

describe('answers that keep getting lost', () => {
  it('stop the run instead of running through it', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(updates(destination, 100))
    const scene = open(destination, plan)
    destination.rules.fault = () => 'request lost'
    const { runId } = await scene.runs.start(plan.id, me)
    const end = await scene.until(scene.runs.whenEnded(runId))
    expect(end.state).toBe('stopped')
    expect(end.reason).toContain('did not answer 5 requests in a row')
    expect(end.counts.pending).toBeGreaterThanOrEqual(60)
  })
})

describe('answers lost at the end of a run', () => {
  it('are found out about and go again, however many they are', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(updates(destination, 30))
    const scene = open(destination, plan)
    destination.rules.fault = (request) => (request <= 6 ? 'request lost' : undefined)
    const { runId } = await scene.runs.start(plan.id, me)
    expect(await scene.until(scene.runs.whenEnded(runId))).toMatchObject({ state: 'done', counts: { delivered: 30, verified: 30 } })
  })
})

describe('a critical run', () => {
  function two(): { scene: RunScene; newsletter: FakePlan; fraud: FakePlan; destination: FakeDestination } {
    const destination = new FakeDestination()
    const newsletter = new FakePlan(updates(destination, 200, 'n'), { id: '11111111-plan', activation: 'newsletter' })
    const fraud = new FakePlan(updates(destination, 10, 'f', 'risk'), { id: '22222222-plan', activation: 'fraud' })
    const scene = open(destination, newsletter, fraud)
    scene.criticality.set('fraud', 'critical')
    return { scene, newsletter, fraud, destination }
  }

  it('goes between two batches of a run that writes the same records, and that one goes on after it', async () => {
    const { scene, newsletter, fraud, destination } = two()
    const first = await scene.runs.start(newsletter.id, me)
    while (destination.applied.length < 20) await new Promise((resolve) => setImmediate(resolve))
    const before = destination.applied.length
    const second = await scene.runs.start(fraud.id, me)
    const held = await whenHeld(scene, first.runId)
    expect(held).toMatchObject({ hold: 'turn', paused: false })
    const end = await scene.until(scene.runs.whenEnded(second.runId))
    expect(end).toMatchObject({ state: 'done', counts: { delivered: 10, verified: 10 } })
    // What was on its way when it came has landed, and nothing else went before it.
    const risks = destination.applied.findIndex(({ row }) => 'risk' in row.fields)
    expect(risks).toBeLessThanOrEqual(before + 40)
    expect(destination.applied.slice(risks, risks + 10).every(({ row }) => 'risk' in row.fields)).toBe(true)
    expect(await scene.until(scene.runs.whenEnded(first.runId))).toMatchObject({ state: 'done', counts: { delivered: 200, verified: 200 } })
    expect(destination.applied).toHaveLength(210)
  })

  it('goes before ordinary ones that wait already', async () => {
    const { scene, newsletter, fraud, destination } = two()
    const other = new FakePlan(updates(destination, 10, 'o'), { id: '33333333-plan', activation: 'other' })
    scene.plans.set(other.id, other)
    scene.store(other)
    const started = [await scene.runs.start(newsletter.id, me), await scene.runs.start(other.id, me), await scene.runs.start(fraud.id, me)]
    expect(scene.runs.get(started[1]?.runId ?? '')).toMatchObject({ hold: 'turn', state: 'approved' })
    for (const { runId } of started) await scene.until(scene.runs.whenEnded(runId))
    const order = scene.database.all<{ activation: string }>('SELECT activation FROM runs ORDER BY finished_at, number')
    expect(order[0]).toEqual({ activation: 'fraud' })
  })
})
