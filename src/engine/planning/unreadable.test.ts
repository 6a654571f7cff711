import { afterEach, describe, expect, it } from 'vitest'
import type { ListedDestination } from '../destinations/destination.ts'
import { localFile } from '../destinations/local-file/index.ts'
import { asListed } from '../destinations/registry.ts'
import { activationText, EngineScene, type Person } from '../testing/engine-scene.ts'

/** A system that takes records and never shows them. */
const writeOnly = asListed({
  ...localFile,
  profile: { ...localFile.profile, readBack: 'none', settle: 'none' },
  read: () => Promise.reject(new Error('this destination cannot be read')),
  list: () => Promise.reject(new Error('this destination cannot be listed')),
})

const mirror = `${activationText}mode: mirror\nonRemove: delete\n`
const ada = { id: 'a', name: 'Ada', tier: 'gold', score: 1.5 }
const bob = { id: 'b', name: 'Bob', tier: 'silver', score: 2 }
const eve = { id: 'e', name: 'Eve', tier: 'bronze', score: 3 }

let scene: EngineScene
afterEach(() => scene.close())

async function open(warehouse: Person[], destinations?: ListedDestination[]): Promise<void> {
  scene = await EngineScene.open(warehouse, [], mirror, undefined, destinations)
}

async function lifted(plan: Awaited<ReturnType<EngineScene['plan']>>): Promise<void> {
  for (const { guard, count } of plan.guards) if (count === undefined) await scene.client.plans.liftGuard({ plan: plan.planId, guard, reason: 'The scene is small.' })
  await scene.apply(plan.planId)
}

describe.each([['that can be read', undefined], ['that cannot be read', [writeOnly]]])('a destination %s', (_, destinations) => {
  it('is in step after a run, gets only what changed, and gives up the record of a row that left', async () => {
    await open([ada, bob, eve], destinations)
    const first = await scene.plan()
    expect(first.counts).toMatchObject({ create: 3, blocked: 0, gone: 0 })
    await scene.apply(first.planId)
    const still = { create: 0, update: 0, remove: 0, clear: 0, gone: 0, blocked: 0, conflicts: 0, drift: 0 }
    expect((await scene.plan()).counts).toMatchObject({ ...still, unchanged: 3 })

    await scene.sql('warehouse.duckdb', "UPDATE people SET tier = 'platinum' WHERE id = 'a'")
    const changed = await scene.plan()
    expect(changed.counts).toMatchObject({ ...still, update: 1, unchanged: 2 })
    await lifted(changed)
    expect((await scene.contacts()).map(({ id, tier }) => [id, tier])).toEqual([['a', 'platinum'], ['b', 'silver'], ['e', 'bronze']])

    await scene.sql('warehouse.duckdb', "DELETE FROM people WHERE id = 'b'")
    const left = await scene.plan()
    expect(left.counts).toMatchObject({ ...still, remove: 1, unchanged: 2 })
    await lifted(left)
    expect((await scene.contacts()).map(({ id }) => id)).toEqual(['a', 'e'])
    expect((await scene.plan()).counts).toMatchObject({ ...still, unchanged: 2 })
  })
})

it('what was never read is never said to be verified, and no drift was looked for', async () => {
  await open([ada], [writeOnly])
  const run = await scene.apply((await scene.plan()).planId)
  expect(run.counts).toMatchObject({ delivered: 1, verified: 0 })
  const again = await scene.plan()
  expect(again.readScope).toMatchObject({ looked: 0, how: 'only changed rows' })
  await scene.sql('warehouse.duckdb', "UPDATE people SET tier = 'platinum'")
  const plan = await scene.plan()
  const record = await scene.client.plans.record({ plan: plan.planId, record: 'a' })
  expect(record.fieldsChanged).toMatchObject([{ field: 'tier', base: { known: true, value: 'gold', assumed: true }, warehouse: 'platinum' }])
})
