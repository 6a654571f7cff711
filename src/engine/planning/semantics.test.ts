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

describe('§1 sticky answers', () => {
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

describe('§1 what the authority accepts', () => {
  const theirs = activationText.replace('to: tier }', 'to: tier, authority: destination }')

  it('is drift once, then stands and is listed, until the destination or the warehouse changes', async () => {
    const scene = await settled([ada, bob], theirs)
    await scene.sql('crm.duckdb', "UPDATE contacts SET tier = 'platinum' WHERE id = 'a'")
    expect((await scene.plan()).counts).toMatchObject({ drift: 1, driftRecords: 1, unchanged: 2, update: 0 })
    for (const which of ['second', 'third']) {
      const plan = await scene.plan()
      expect(plan, which).toMatchObject({ kept: 1, counts: { drift: 0, driftRecords: 0, unchanged: 2, update: 0 } })
      const { rows } = await scene.client.plans.fieldRows({ plan: plan.planId, filter: 'kept' })
      expect(rows, which).toMatchObject([{ record: 'a', field: 'tier', class: 'kept', warehouse: 'gold', destination: 'platinum', base: { known: true, value: 'gold' } }])
    }
    await scene.sql('crm.duckdb', "UPDATE contacts SET tier = 'copper' WHERE id = 'a'")
    expect((await scene.plan()).counts, 'another value over there is drift again').toMatchObject({ drift: 1, unchanged: 2 })
    expect(await scene.plan()).toMatchObject({ kept: 1, counts: { drift: 0 } })
    await scene.sql('warehouse.duckdb', "UPDATE people SET tier = 'copper' WHERE id = 'a'")
    expect(await scene.plan(), 'both agree').toMatchObject({ kept: 0, counts: { drift: 0, unchanged: 2 } })
    expect(await scene.contacts()).toMatchObject([{ tier: 'copper' }, { tier: 'silver' }])
  })

  it('stands too where the value was cleared over there', async () => {
    const scene = await settled([ada], theirs)
    await scene.sql('crm.duckdb', 'UPDATE contacts SET tier = NULL')
    expect((await scene.plan()).counts).toMatchObject({ drift: 1, unchanged: 1 })
    expect(await scene.plan()).toMatchObject({ kept: 1, counts: { drift: 0, unchanged: 1 } })
  })

  it('ends when the warehouse becomes the authority', async () => {
    const scene = await settled([ada], theirs)
    await scene.sql('crm.duckdb', "UPDATE contacts SET tier = 'platinum'")
    await scene.plan()
    await scene.writeFile('activations/tier-to-crm.yaml', activationText.replace('to: tier }', 'to: tier, authority: warehouse }'))
    expect((await scene.plan()).counts).toMatchObject({ drift: 1, update: 1 })
  })

  it('and what it keeps is neither drift nor asked again', async () => {
    const scene = await open([ada, { ...bob, name: null, tier: 'bronze' }], [{ ...ada, tier: 'platinum' }, bob], theirs.replace('to: tier,', 'to: tier, clear: true,'))
    await scene.sql('warehouse.duckdb', "UPDATE people SET tier = NULL WHERE id = 'b'")
    for (const which of ['first', 'second', 'third']) expect((await scene.plan()).counts, which).toMatchObject({ unchanged: 2, update: 0, conflicts: 0, drift: 0 })
    await scene.sql('warehouse.duckdb', "UPDATE people SET tier = 'gold 2' WHERE id = 'a'")
    for (const which of ['first', 'second']) expect((await scene.plan()).counts, which).toMatchObject({ unchanged: 2, update: 0, conflicts: 0, drift: 0 })
  })
})

describe('§1 values that a field does not take', () => {
  const lenient = activationText.replace('from: score, to: score', 'from: tier, to: score, onInvalid: leave field').replace('{ from: tier, to: tier }', '{ from: name, to: tier }')
  const cyd = { id: 'c', name: 'Cyd', tier: '7', score: 7 }

  it('are left out, counted and listed with their reason in every plan, and the rest of the record goes on', async () => {
    const scene = await open([ada, cyd], [{ ...ada, tier: 'Ada' }], lenient)
    for (const which of ['first', 'second']) {
      const plan = await scene.plan()
      expect(plan, which).toMatchObject({ leftOut: 1, counts: { source: 2, unchanged: 1, create: 1, blocked: 0 } })
      expect(await scene.client.plans.causes({ plan: plan.planId, of: 'left out' })).toEqual([expect.objectContaining({ cause: 'value invalid', field: 'score', count: 1 })])
      const { total, rows } = await scene.client.plans.recordRows({ plan: plan.planId, filter: 'left out' })
      expect({ total, rows }, which).toMatchObject({ total: 1, rows: [{ record: 'a', label: 'Ada', operation: 'unchanged', cause: 'value invalid', causeField: 'score', causeMessage: expect.stringContaining('“gold”') as string }] })
    }
    await lifted(scene)
    expect(await scene.contacts()).toMatchObject([{ id: 'a', score: '1.50' }, { id: 'c', tier: 'Cyd', score: '7.00' }])
    expect(await scene.plan(), 'after a run').toMatchObject({ leftOut: 1, counts: { unchanged: 2 } })
  })

  it('can be taken away as files', async () => {
    const scene = await open([ada], [], lenient)
    const plan = await scene.plan()
    expect(plan.counts).toMatchObject({ create: 1 })
    expect(await scene.client.plans.exportRows({ plan: plan.planId, filter: 'left out' })).toMatchObject({ rows: 1 })
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
