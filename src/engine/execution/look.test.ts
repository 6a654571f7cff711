import { afterEach, expect, test } from 'vitest'
import { AppError } from '../../contract/errors.ts'
import type { RunProgress } from '../../contract/shapes.ts'
import { FakeDestination } from '../testing/fake-destination.ts'
import { FakePlan } from '../testing/fake-plan.ts'
import type { FakeRow } from '../testing/fake-plan.ts'
import { RunScene } from '../testing/run-scene.ts'
import { verifyState } from '../testing/verify-state.ts'

const anna = { name: 'Anna' }
const scenes: RunScene[] = []
afterEach(async () => {
  for (const scene of scenes.splice(0)) await scene.close()
})

/** A run that was stopped with five rows in doubt and the rest waiting. */
async function stopped({ arrives }: { arrives: boolean }): Promise<{ scene: RunScene; destination: FakeDestination; plan: FakePlan; run: RunProgress }> {
  const destination = new FakeDestination({ limits: [{ kind: 'concurrency', name: 'one', label: 'one at a time', requests: 1 }] })
  const plan = new FakePlan(
    Array.from({ length: 30 }, (_none, index): FakeRow => {
      destination.add({ id: `id-${index}`, key: `p${index}@example.org`, fields: { tier: 'old' } })
      return { key: `p${index}`, operation: 'update', remoteId: `id-${index}`, changes: { tier: { before: 'old', after: `gold ${index}` } } }
    }),
  )
  const scene = RunScene.open(destination, plan)
  scenes.push(scene)
  const read = destination.read.bind(destination)
  destination.rules.fault = () => (arrives ? 'answer lost' : 'request lost')
  // From the first lost answer on nothing can be read.
  destination.read = async (query) => {
    if (destination.requests > 0) throw new AppError('destination-unreachable', 'Fake cannot be reached.')
    return read(query)
  }
  const run = await scene.apply(plan)
  destination.read = read
  destination.rules = {}
  return { scene, destination, plan, run }
}

test.each([
  ['arrived', true, { delivered: 5, verified: 5 }],
  ['did not arrive', false, { quarantined: 5, delivered: 0 }],
])('looking again at what is in doubt only reads: it %s', async (_what, arrives, found) => {
  const { scene, destination, plan, run } = await stopped({ arrives })
  expect(run).toMatchObject({ state: 'stopped', counts: { unknown: 5, pending: 25 } })
  const { requests } = destination
  scene.runs.look(run.runId, anna)
  const end = await scene.until(scene.runs.whenEnded(run.runId))
  expect(end).toMatchObject({ state: 'stopped', counts: { unknown: 0, pending: 25, ...found } })
  expect(destination.requests, 'nothing was written').toBe(requests)
  expect(scene.database.get('SELECT state FROM plans WHERE id = ?', plan.id)).toEqual({ state: 'applied' })
  expect((await verifyState(scene.database)).problems).toEqual([])
  expect(scene.database.all("SELECT actor, data FROM audit WHERE kind = 'run looked at'")).toEqual([{ actor: 'Anna', data: '{"rows":5}' }])
  // A resume is its own act, and sends the rest.
  await scene.runs.resume(run.runId, anna)
  expect((await scene.until(scene.runs.whenEnded(run.runId))).counts.pending).toBe(0)
  expect(destination.requests).toBeGreaterThan(requests)
})

test('a look that finds nobody there says so, and everything stays in doubt', async () => {
  const { scene, destination, run } = await stopped({ arrives: true })
  destination.read = () => Promise.reject(new AppError('destination-unreachable', 'Fake cannot be reached.'))
  scene.runs.look(run.runId, anna)
  const end = await scene.until(scene.runs.whenEnded(run.runId))
  expect(end).toMatchObject({ state: 'failed', reason: expect.stringContaining('cannot be reached') as string, counts: { unknown: 5, pending: 25 } })
})

test('of a run in which nothing is in doubt there is nothing to look at', async () => {
  const destination = new FakeDestination()
  destination.add({ id: 'id-0', key: 'p0@example.org', fields: { tier: 'old' } })
  const plan = new FakePlan([{ key: 'p0', operation: 'update', remoteId: 'id-0', changes: { tier: { before: 'old', after: 'gold' } } }])
  const scene = RunScene.open(destination, plan)
  scenes.push(scene)
  const run = await scene.apply(plan)
  const { reads } = destination
  expect(scene.runs.look(run.runId, anna)).toMatchObject({ state: 'done' })
  expect(destination.reads).toBe(reads)
})
