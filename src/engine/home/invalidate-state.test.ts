import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { FakeDestination } from '../testing/fake-destination.ts'
import { FakePlan, type FakeRow } from '../testing/fake-plan.ts'
import { RunScene } from '../testing/run-scene.ts'
import { invalidateState } from './invalidate-state.ts'

const scenes: RunScene[] = []
afterEach(async () => {
  for (const scene of scenes.splice(0)) await scene.close()
})

function people(destination: FakeDestination, count: number): FakeRow[] {
  return Array.from({ length: count }, (_, index): FakeRow => {
    const key = `key-${String(index).padStart(2, '0')}`
    destination.records.set(`id-${key}`, { id: `id-${key}`, key, fields: { tier: 'old' } })
    return { key, operation: 'update', remoteId: `id-${key}`, changes: { tier: { before: 'old', after: 'gold' } } }
  })
}

it('ends a run of before with its unsettled rows unknown, and sends nothing for it', async () => {
  const destination = new FakeDestination()
  const plan = new FakePlan(people(destination, 20))
  let old: RunScene | undefined
  // The state as it is with a batch on its way.
  destination.rules.after = () => {
    old ??= scene.copyAfterCrash()
  }
  const scene = RunScene.open(destination, plan)
  scenes.push(scene)
  expect(await scene.apply(plan)).toMatchObject({ state: 'done' })
  if (!old) throw new Error('the run sent too few batches')
  scenes.push(old)

  const requests = destination.requests
  await invalidateState({ database: old.database, ports: { clock: old.clock, ids: { next: () => 'id' } }, dataFolder: join(old.folder, 'data'), tempFolder: join(old.folder, 'temp'), referenceKey: 'key' })
  old.runs.recover()
  const [run] = old.runs.list({ limit: 1 })
  expect(run).toMatchObject({ state: 'failed', counts: { planned: 20, sent: 0, accepted: 0 } })
  expect(run?.counts.unknown).toBeGreaterThan(0)
  expect(destination.requests).toBe(requests)
  expect(old.database.get("SELECT count(*) AS rows FROM journal WHERE state = 'unknown' AND reason = 'restored'")).toEqual({ rows: run?.counts.unknown })
  expect(old.database.get('SELECT state FROM plans')).toEqual({ state: 'applied' })
})

it('makes plans and approvals of before void', async () => {
  const destination = new FakeDestination()
  const plan = new FakePlan(people(destination, 2))
  const scene = RunScene.open(destination, plan)
  scenes.push(scene)
  await invalidateState({ database: scene.database, ports: { clock: scene.clock, ids: { next: () => 'id' } }, dataFolder: join(scene.folder, 'data'), tempFolder: join(scene.folder, 'temp'), referenceKey: 'key' })
  expect(scene.database.get('SELECT state FROM plans')).toEqual({ state: 'stale' })
})
