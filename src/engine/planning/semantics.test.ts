import { afterEach, describe, expect, it } from 'vitest'
import { runUnattended } from '../activations/run-unattended.ts'
import { activationText, EngineScene, type Person } from '../testing/engine-scene.ts'

const scenes: EngineScene[] = []
afterEach(async () => {
  for (const scene of scenes.splice(0)) await scene.close()
})

async function open(warehouse: Person[], destination: Person[], activation = activationText): Promise<EngineScene> {
  const scene = await EngineScene.open(warehouse, destination, activation)
  scenes.push(scene)
  return scene
}

/** In step with the destination, as after a first run. */
async function settled(people: Person[] = [ada], activation = activationText): Promise<EngineScene> {
  const scene = await open(people, people, activation)
  expect((await scene.plan()).counts).toMatchObject({ unchanged: people.length, update: 0, create: 0 })
  return scene
}

/** Plans and applies, whatever the guards say: the scenes are small. */
async function lifted(scene: EngineScene): Promise<void> {
  const plan = await scene.plan()
  for (const { guard, count } of plan.guards) if (count === undefined) await scene.client.plans.liftGuard({ plan: plan.planId, guard, reason: 'The scene is small.' })
  await scene.apply(plan.planId)
}

const ada = { id: 'a', name: 'Ada', tier: 'gold', score: 1.5 }
const bob = { id: 'b', name: 'Bob', tier: 'silver', score: 2 }
const hour = 3_600_000
const ending = { scope: { all: true }, take: 'value' as const, value: 'diamond', reason: 'Promised on the phone', expires: '2026-01-06T09:00:00Z' }

describe('§1 standing answers', () => {
  it('lapse when either side changes, and do not come back with the old values', async () => {
    const scene = await settled()
    await scene.sql('crm.duckdb', "UPDATE contacts SET tier = 'platinum'")
    await scene.apply((await scene.plan()).planId, 'destination')
    await scene.sql('warehouse.duckdb', "UPDATE people SET tier = 'bronze'")
    expect((await scene.plan()).counts).toMatchObject({ conflicts: 1 })
    await scene.sql('warehouse.duckdb', "UPDATE people SET tier = 'gold'")
    expect((await scene.plan()).counts, 'the same two values again are asked again').toMatchObject({ conflicts: 1 })
  })

  it('stand for a kept field although the rest of its record was not selected', async () => {
    const scene = await settled([ada], activationText.replace('to: score, authority: warehouse', 'to: score, authority: warehouse, clear: true'))
    await scene.sql('crm.duckdb', "UPDATE contacts SET tier = 'platinum'")
    await scene.sql('warehouse.duckdb', 'UPDATE people SET score = NULL')
    const plan = await scene.plan()
    expect(plan).toMatchObject({ unselected: 1, counts: { conflicts: 1, clear: 1 } })
    await scene.client.plans.resolve({ plan: plan.planId, scope: { all: true }, take: 'destination' })
    await scene.client.plans.approve({ plan: plan.planId })
    expect((await scene.started(plan.planId)).counts).toMatchObject({ skipped: 1 })
    expect((await scene.plan()).counts).toMatchObject({ conflicts: 0, clear: 1 })
  })
})

describe('§2 overrides', () => {
  it('end on their day, even when no plan was made while they held', async () => {
    const scene = await settled()
    await scene.sql('crm.duckdb', "UPDATE contacts SET tier = 'platinum'")
    const plan = await scene.plan()
    await scene.client.plans.resolve({ plan: plan.planId, ...ending })
    await scene.apply(plan.planId)
    scene.advance(25 * hour)
    expect((await scene.plan()).counts).toMatchObject({ update: 1 })
  })

  it('keep their last day when the answer is carried into the next plan', async () => {
    const scene = await settled()
    await scene.sql('crm.duckdb', "UPDATE contacts SET tier = 'platinum'")
    await scene.client.plans.resolve({ plan: (await scene.plan()).planId, ...ending })
    await scene.apply((await scene.plan()).planId)
    expect(await scene.contacts()).toMatchObject([{ tier: 'diamond' }])
    scene.advance(25 * hour)
    expect((await scene.plan()).counts).toMatchObject({ update: 1 })
  })

  it('end after a run that sent another field while they held', async () => {
    const scene = await settled()
    await scene.sql('crm.duckdb', "UPDATE contacts SET tier = 'platinum'")
    const plan = await scene.plan()
    await scene.client.plans.resolve({ plan: plan.planId, ...ending })
    await scene.apply(plan.planId)
    await scene.sql('warehouse.duckdb', 'UPDATE people SET score = 9')
    await lifted(scene)
    scene.advance(25 * hour)
    expect((await scene.plan()).counts).toMatchObject({ update: 1 })
  })
})

describe('§3 removal by clearing fields', () => {
  const mirror = `${activationText.replace('authority: review', 'authority: warehouse')}mode: mirror\nonRemove: clear fields\n`

  it('is done once, and again when the row came back and left again', async () => {
    const scene = await open([ada, bob], [], mirror)
    await lifted(scene)
    const leave = async (): Promise<void> => {
      await scene.sql('warehouse.duckdb', "DELETE FROM people WHERE id = 'a'")
      expect((await scene.plan()).counts).toMatchObject({ remove: 1 })
      await lifted(scene)
      expect((await scene.contacts())[0]).toEqual({ id: 'a', name: null, tier: null, score: null })
      expect((await scene.plan()).counts).toMatchObject({ remove: 0, gone: 0 })
    }
    await leave()
    await scene.sql('warehouse.duckdb', "INSERT INTO people VALUES ('a', 'Ada', 'gold', 1.5, false)")
    await lifted(scene)
    expect((await scene.contacts())[0]).toMatchObject({ id: 'a', tier: 'gold' })
    await leave()
  })
})

describe('§4 guards', () => {
  it('stop every plan while the source’s columns differ, not only the first', async () => {
    const scene = await settled()
    await scene.sql('warehouse.duckdb', 'ALTER TABLE people ALTER score TYPE DECIMAL(12, 3)')
    for (const which of ['first', 'second']) expect(await scene.plan(), which).toMatchObject({ state: 'stopped by a guard', guards: [{ guard: 'source schema' }] })
  })
})

describe('§4 unattended runs', () => {
  it('skip a record with an open conflict with all its fields, and send the others', async () => {
    const others = Array.from({ length: 8 }, (_, index) => ({ id: `c${index}`, name: 'Cy', tier: 'gold', score: 4 }))
    const scene = await settled([ada, bob, ...others])
    await scene.sql('crm.duckdb', "UPDATE contacts SET tier = 'platinum' WHERE id = 'a'")
    await scene.sql('warehouse.duckdb', "UPDATE people SET score = 9 WHERE id IN ('a', 'b')")
    const { runId } = await runUnattended(scene.engine.workspace(), 'tier-to-crm', { name: 'Ada' })
    const run = await scene.engine.workspace().runs.whenEnded(runId)
    expect(run.counts).toMatchObject({ planned: 2, delivered: 1, skipped: 1 })
    expect((await scene.contacts()).slice(0, 2)).toMatchObject([{ id: 'a', score: '1.50' }, { id: 'b', score: '9.00' }])
    expect(await scene.plan()).toMatchObject({ counts: { update: 1, conflicts: 1 } })
  })
})
