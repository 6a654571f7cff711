import { afterEach, describe, expect, test } from 'vitest'
import { BulkDestination } from '../../testing/bulk-destination.ts'
import { FakePlan } from '../../testing/fake-plan.ts'
import type { FakeRow } from '../../testing/fake-plan.ts'
import { RunScene } from '../../testing/run-scene.ts'
import { listRunRows } from '../results/run-rows.ts'

const scenes: RunScene[] = []
afterEach(async () => {
  for (const scene of scenes.splice(0)) await scene.close()
})

const keyOf = (index: number): string => `p${String(index).padStart(4, '0')}`

/** Updates of people who are there, and creates of people who are not. */
function people(destination: BulkDestination, updates: number, creates = 0): FakeRow[] {
  const old = Array.from({ length: updates }, (_, index): FakeRow => {
    const key = keyOf(index)
    destination.add({ id: `id-${key}`, key: `${key}@example.org`, fields: { tier: 'old' } })
    return { key, operation: 'update', remoteId: `id-${key}`, changes: { tier: { before: 'old', after: `gold ${index}` } } }
  })
  const made = Array.from({ length: creates }, (_, index): FakeRow => ({ key: `q${String(index).padStart(4, '0')}`, operation: 'create', changes: { tier: { before: null, after: `new ${index}` } } }))
  return [...old, ...made]
}

function sceneOf(destination: BulkDestination, updates: number, creates = 0): { scene: RunScene; plan: FakePlan } {
  const plan = new FakePlan(people(destination, updates, creates))
  const scene = RunScene.open(destination, plan)
  scenes.push(scene)
  return { scene, plan }
}

const tiers = (destination: BulkDestination): unknown[] => destination.living().map(({ fields }) => fields['tier'])

describe('a write of several jobs', () => {
  test('is followed job by job, whatever the order of its results', async () => {
    const destination = new BulkDestination({ rowsPerWrite: 5 })
    const { scene, plan } = sceneOf(destination, 5, 5)
    const end = await scene.apply(plan)
    expect(end).toMatchObject({ state: 'done', counts: { delivered: 10, verified: 10, rejected: 0 } })
    expect(tiers(destination)).toEqual([...plan.rows.map(({ changes }) => changes['tier']?.after)])
    // Five rows, three to the job: two jobs for each of the two writes, each with its rows once.
    expect([destination.requests, destination.opened.length, [...destination.uploads].sort()]).toEqual([2, 4, [...destination.opened].sort()])
  })

  test('refuses rows one by one', async () => {
    const destination = new BulkDestination({ rowsPerWrite: 6 })
    destination.rules = { rejects: ({ key }) => key.value.startsWith(keyOf(1)) }
    const { scene, plan } = sceneOf(destination, 6)
    const end = await scene.apply(plan)
    expect(end.counts).toMatchObject({ delivered: 5, verified: 5, rejected: 1 })
    const { rows } = listRunRows(scene.database, end.runId, { offset: 0, limit: 10 })
    expect(rows.map(({ state }) => state)).toEqual(['delivered', 'rejected', 'delivered', 'delivered', 'delivered', 'delivered'])
    expect(destination.records.get(`id-${keyOf(1)}`)?.fields['tier']).toBe('old')
  })

  test.each([
    ['upload lost', 2],
    ['answer lost', 1],
  ] as const)('brings rows to the job that is there after: %s', async (fault, uploads) => {
    const destination = new BulkDestination({ rowsPerWrite: 3 })
    destination.uploadFault = (upload) => (upload === 1 ? fault : undefined)
    const { scene, plan } = sceneOf(destination, 3)
    expect((await scene.apply(plan)).counts).toMatchObject({ delivered: 3, verified: 3 })
    expect([destination.opened.length, destination.uploads.length, destination.applied.length]).toEqual([1, uploads, 3])
  })

  test('whose rows never come is given up, and they go in another once they were compared again', async () => {
    const destination = new BulkDestination({ rowsPerWrite: 3 })
    destination.uploadFault = (upload) => (upload <= 3 ? 'never arrives' : undefined)
    const { scene, plan } = sceneOf(destination, 3)
    expect((await scene.apply(plan)).counts).toMatchObject({ delivered: 3, verified: 3 })
    expect([destination.opened.length, destination.applied.length]).toEqual([2, 3])
  })

  test('that cannot be given up for sure leaves exactly its rows unknown, until they are looked up', async () => {
    const destination = new BulkDestination({ rowsPerWrite: 6 })
    destination.uploadFault = (upload) => (destination.uploads[upload - 1] === 'bulk-0' ? 'never arrives' : undefined)
    destination.givesUp = false
    const { scene, plan } = sceneOf(destination, 6)
    const end = await scene.apply(plan)
    expect(end.counts).toMatchObject({ delivered: 6, verified: 6, unknown: 0 })
    expect(destination.applied).toHaveLength(6)
  })

  test('that is forgotten leaves exactly its rows to be looked up, and none is sent twice', async () => {
    const destination = new BulkDestination({ rowsPerWrite: 6 })
    destination.forgets = (job) => job === 1
    const { scene, plan } = sceneOf(destination, 0, 6)
    const { runId } = await scene.runs.start(plan.id, { name: 'Anna' })
    const end = await scene.until(scene.runs.whenEnded(runId))
    expect(end.counts).toMatchObject({ delivered: 6, verified: 6 })
    expect(destination.duplicates()).toEqual([])
    const { rows } = listRunRows(scene.database, runId, { offset: 0, limit: 10 })
    expect(rows.map(({ message }) => message ?? '')).toEqual(['', '', '', ...Array.from({ length: 3 }, () => 'The answer was lost; a read showed that it had arrived.')])
  })

  test('that is refused as a whole goes on in smaller ones', async () => {
    const destination = new BulkDestination({ rowsPerWrite: 3 })
    destination.uploadFault = (upload) => (upload === 1 ? 'refused' : undefined)
    const { scene, plan } = sceneOf(destination, 3)
    expect((await scene.apply(plan)).counts).toMatchObject({ delivered: 3, verified: 3 })
    expect(destination.applied).toHaveLength(3)
  })
})

describe('a job that a crash left open', () => {
  /** Everything stops as soon as the jobs of the first write are durable. */
  async function crashed(destination: BulkDestination, rows = 5): Promise<{ after: RunScene; runId: string }> {
    const { scene, plan } = sceneOf(destination, rows)
    let stopped = false
    destination.uploadFault = () => {
      stopped = true
      return 'never arrives'
    }
    const { runId } = await scene.runs.start(plan.id, { name: 'Anna' })
    while (!stopped) await new Promise((resolve) => setImmediate(resolve))
    expect(scene.runs.get(runId).counts.accepted).toBe(rows)
    const after = scene.copyAfterCrash()
    scenes.push(after)
    await scene.runs.close()
    destination.uploadFault = () => undefined
    return { after, runId }
  }

  test('is taken up with the same rows, and none is opened in its place', async () => {
    const destination = new BulkDestination({ rowsPerWrite: 5 })
    const { after, runId } = await crashed(destination)
    after.runs.recover()
    const end = await after.until(after.runs.whenEnded(runId))
    expect(end).toMatchObject({ state: 'done', counts: { delivered: 5, verified: 5 } })
    expect([destination.opened.length, destination.applied.length]).toEqual([2, 5])
  })

  test('is given up where somebody has edited one of its records, whose edit stays', async () => {
    const destination = new BulkDestination({ rowsPerWrite: 5 })
    const { after, runId } = await crashed(destination)
    const edited = destination.records.get(`id-${keyOf(1)}`)
    if (edited) edited.fields['tier'] = 'typed by a person'
    await after.clock.advance(60_000)
    after.runs.recover()
    const end = await after.until(after.runs.whenEnded(runId))
    expect(end.counts).toMatchObject({ delivered: 4, verified: 4, skipped: 1, unknown: 0 })
    expect(edited?.fields['tier']).toBe('typed by a person')
    expect(destination.applied).toHaveLength(4)
  })

  test('gets nothing once its plan is not valid any more', async () => {
    const destination = new BulkDestination({ rowsPerWrite: 5 })
    const { after, runId } = await crashed(destination)
    const [plan] = after.plans.values()
    if (plan) plan.readiness_ = { ...plan.readiness_, invalid: { kind: 'expired', because: 'It was valid until noon.' } }
    after.runs.recover()
    const end = await after.until(after.runs.whenEnded(runId))
    expect(end).toMatchObject({ state: 'stopped', counts: { skipped: 5, delivered: 0, unknown: 0 } })
    expect(destination.applied).toEqual([])
  })
})
