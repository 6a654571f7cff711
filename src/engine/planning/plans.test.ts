import { afterEach, describe, expect, it } from 'vitest'
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

const ada = { id: 'a', name: 'Ada', tier: 'gold', score: 1.5 }
const bob = { id: 'b', name: 'Bob', tier: 'silver', score: 2 }
const eve = { id: 'e', name: 'Eve', tier: 'bronze', score: 3 }
const hour = 3_600_000

const code = (error: unknown): unknown => (error as { data?: { code?: string } }).data?.code

/** In step with the destination, as after a first run. */
async function settled(people: Person[] = [ada, bob], activation = activationText): Promise<EngineScene> {
  const scene = await open(people, people, activation)
  expect((await scene.plan()).counts).toMatchObject({ unchanged: people.length, update: 0, create: 0 })
  return scene
}

describe('what a plan finds', () => {
  it('creates, updates, leaves alone and asks, and every count balances', async () => {
    const scene = await open([ada, bob, eve], [{ ...ada }, { ...bob, tier: 'gold' }])
    const plan = await scene.plan()
    expect(plan.counts).toMatchObject({ source: 3, matched: 2, unmatched: 1, create: 1, update: 1, unchanged: 1, blocked: 0, conflicts: 1, conflictRecords: 1, drift: 0 })
    const { conflicts } = await scene.client.plans.conflicts({ plan: plan.planId })
    expect(conflicts).toEqual([expect.objectContaining({ record: 'b', field: 'tier', class: 'conflict', base: { known: false, value: null }, warehouse: 'silver', destination: 'gold', answer: null })])
    expect(conflicts[0]).not.toHaveProperty('result')
  })

  it('calls a value that only the destination changed drift, and one that both changed a conflict', async () => {
    const scene = await settled()
    await scene.sql('crm.duckdb', "UPDATE contacts SET tier = 'platinum' WHERE id = 'a'")
    const drifted = await scene.plan()
    expect(drifted.counts).toMatchObject({ drift: 1, driftRecords: 1, update: 1, unchanged: 1 })
    await scene.sql('warehouse.duckdb', "UPDATE people SET tier = 'bronze' WHERE id = 'a'")
    const both = await scene.plan()
    expect(both.counts).toMatchObject({ drift: 0, conflicts: 1 })
    const { conflicts } = await scene.client.plans.conflicts({ plan: both.planId })
    expect(conflicts[0]).toMatchObject({ base: { known: true, value: 'gold' }, warehouse: 'bronze', destination: 'platinum' })
  })

  it('never merges people over a shared or missing key', async () => {
    const byName = activationText.replace('match: { column: id, field: id }', 'match: { column: tier, field: id }')
    const scene = await open([{ ...ada, tier: 'x1' }, { ...bob, tier: 'x1' }, { ...eve, tier: null }], [], byName)
    const plan = await scene.plan()
    expect(plan.counts).toMatchObject({ ambiguous: 2, invalid: 1, blocked: 3, create: 0 })
    expect((await scene.client.plans.causes({ plan: plan.planId })).map(({ cause, count }) => [cause, count])).toEqual([['key shared', 2], ['key missing', 1]])
  })

  it('blocks a linked record that is gone and does not make it again', async () => {
    const scene = await settled()
    await scene.sql('crm.duckdb', "DELETE FROM contacts WHERE id = 'a'")
    const plan = await scene.plan()
    expect(plan.counts).toMatchObject({ create: 0, blocked: 1, gone: 1, unchanged: 1 })
    expect(await scene.client.plans.causes({ plan: plan.planId })).toEqual([expect.objectContaining({ cause: 'gone', count: 1 })])
  })

  it('holds back whom the do-not-send condition names', async () => {
    const scene = await open([{ ...ada, blocked: true }, { ...bob, blocked: false }], [], `${activationText}doNotSend: { all: [{ column: blocked, operator: is true }] }\n`)
    const plan = await scene.plan()
    expect(plan.counts).toMatchObject({ create: 1, blocked: 1 })
    expect(await scene.client.plans.causes({ plan: plan.planId })).toEqual([expect.objectContaining({ cause: 'do not send' })])
  })

  it('plans the same twice: same hash over the same world', async () => {
    const scene = await open([ada, bob, eve], [{ ...bob, tier: 'gold' }])
    // The first plan learns what both sides agree on; from then on nothing is new.
    await scene.plan()
    const [first, second] = [await scene.plan(), await scene.plan()]
    expect(second.counts).toEqual(first.counts)
    expect(second.planHash).toBe(first.planHash)
    expect(second.planId).not.toBe(first.planId)
  })
})

describe('what a plan refuses', () => {
  it('says which key stands twice, and stores nothing', async () => {
    const scene = await open([ada, { ...bob, id: 'a' }], [])
    await expect(scene.plan()).rejects.toSatisfy((error) => code(error) === 'duplicate-keys')
    expect(await scene.client.plans.list({})).toEqual([])
  })

  it('stops at an empty source until somebody lifts the guard with a reason', async () => {
    const scene = await open([], [ada])
    const plan = await scene.plan()
    expect(plan).toMatchObject({ state: 'stopped by a guard', guards: [{ guard: 'no rows' }] })
    await expect(scene.client.plans.approve({ plan: plan.planId })).rejects.toSatisfy((error) => code(error) === 'guard-stopped')
    const lifted = await scene.client.plans.liftGuard({ plan: plan.planId, guard: 'no rows', reason: 'The shop is closed.' })
    expect(lifted).toMatchObject({ state: 'in review', guards: [{ lifted: { by: 'Ada', reason: 'The shop is closed.' } }] })
  })

  it('asks for the count to be typed before the first load', async () => {
    const scene = await open([ada, bob], [])
    const plan = await scene.plan()
    await expect(scene.client.plans.approve({ plan: plan.planId })).rejects.toSatisfy((error) => code(error) === 'confirmation-missing')
    await expect(scene.client.plans.approve({ plan: plan.planId, confirmCount: 7 })).rejects.toSatisfy((error) => code(error) === 'confirmation-missing')
    expect(await scene.client.plans.approve({ plan: plan.planId, confirmCount: 2 })).toMatchObject({ approvedBy: 'Ada' })
  })

  it('sends nothing without answers, without approval, or after it expired', async () => {
    const scene = await open([{ ...ada, tier: 'bronze' }], [ada])
    const plan = await scene.plan()
    const start = () => scene.client.runs.start({ plan: plan.planId })
    await expect(start()).rejects.toSatisfy((error) => code(error) === 'answers-missing')
    await scene.client.plans.resolve({ plan: plan.planId, scope: { all: true }, take: 'warehouse' })
    await expect(start()).rejects.toSatisfy((error) => code(error) === 'approval-missing')
    await scene.client.plans.approve({ plan: plan.planId })
    scene.advance(25 * hour)
    await expect(start()).rejects.toSatisfy((error) => code(error) === 'plan-expired')
    expect(await scene.contacts()).toMatchObject([{ tier: 'gold' }])
  })

  it('refuses a plan whose definition changed', async () => {
    const scene = await open([ada], [])
    const plan = await scene.plan()
    await scene.client.plans.approve({ plan: plan.planId, confirmCount: 1 })
    await scene.writeFile('activations/tier-to-crm.yaml', `${activationText}description: changed\n`)
    await expect(scene.client.runs.start({ plan: plan.planId })).rejects.toSatisfy((error) => code(error) === 'plan-stale')
    expect(await scene.client.plans.get({ plan: plan.planId })).toMatchObject({ state: 'stale' })
  })

  it('voids the approval when an answer changes', async () => {
    const scene = await open([{ ...ada, tier: 'bronze' }], [ada])
    const plan = await scene.plan()
    await scene.client.plans.resolve({ plan: plan.planId, scope: { all: true }, take: 'warehouse' })
    const first = await scene.client.plans.approve({ plan: plan.planId })
    await scene.client.plans.resolve({ plan: plan.planId, scope: { record: 'a', field: 'tier' }, take: 'destination' })
    await expect(scene.client.runs.start({ plan: plan.planId })).rejects.toSatisfy((error) => code(error) === 'approval-missing')
    const second = await scene.client.plans.approve({ plan: plan.planId })
    expect(second.decisionHash).not.toBe(first.decisionHash)
    expect(second.planHash).toBe(first.planHash)
  })
})

describe('from plan to proof', () => {
  it('writes exactly what was approved, reads it back, and has nothing left to do', async () => {
    const scene = await open([{ ...ada, score: 9 }, bob], [{ ...ada, name: 'Ada L.' }])
    const run = await scene.apply((await scene.plan()).planId)
    expect(run).toMatchObject({ state: 'done', counts: { planned: 2, delivered: 2, verified: 2 } })
    expect(await scene.contacts()).toEqual([{ id: 'a', name: 'Ada L.', tier: 'gold', score: '9.00' }, { id: 'b', name: 'Bob', tier: 'silver', score: '2.00' }])
    expect((await scene.plan()).counts).toMatchObject({ create: 0, update: 0, unchanged: 2 })
  })

  it('leaves what nobody selected', async () => {
    const scene = await open([{ ...ada, score: 9 }], [ada])
    const plan = await scene.plan()
    expect(plan).toMatchObject({ unselected: 1, willSend: 0, willSkip: 1 })
    await scene.client.plans.approve({ plan: plan.planId })
    expect((await scene.started(plan.planId)).counts).toMatchObject({ skipped: 1, delivered: 0 })
    expect(await scene.contacts()).toMatchObject([{ score: '1.50' }])
  })

  it('keeps a person’s edit until the warehouse changes', async () => {
    const scene = await settled([ada])
    await scene.sql('crm.duckdb', "UPDATE contacts SET tier = 'platinum'")
    await scene.apply((await scene.plan()).planId, 'destination')
    const after = await scene.plan()
    expect(after.counts).toMatchObject({ update: 0, unchanged: 1, conflicts: 0 })
    expect(await scene.contacts()).toMatchObject([{ tier: 'platinum' }])
    await scene.sql('warehouse.duckdb', "UPDATE people SET tier = 'bronze'")
    expect((await scene.plan()).counts).toMatchObject({ conflicts: 1 })
  })

  it('carries answers into the next plan, but asks again what was skipped', async () => {
    const scene = await settled([ada, bob])
    await scene.sql('crm.duckdb', "UPDATE contacts SET tier = 'platinum'")
    const first = await scene.plan()
    await scene.client.plans.resolve({ plan: first.planId, scope: { record: 'a' }, take: 'destination' })
    await scene.client.plans.resolve({ plan: first.planId, scope: { record: 'b' }, take: 'skip' })
    const second = await scene.plan()
    expect(second).toMatchObject({ counts: { conflicts: 2 }, openConflicts: 1 })
    await scene.sql('crm.duckdb', "UPDATE contacts SET tier = 'silver' WHERE id = 'a'")
    expect(await scene.plan(), 'the answer was for another value').toMatchObject({ openConflicts: 2, counts: { conflicts: 2 } })
  })

  it('carries the answers of records that a cancelled run never came to, and asks again what was delivered', async () => {
    const scene = await settled([ada, bob])
    await scene.sql('crm.duckdb', "UPDATE contacts SET tier = 'platinum' WHERE id = 'a'")
    const first = await scene.plan()
    await scene.client.plans.resolve({ plan: first.planId, scope: { all: true }, take: 'warehouse', reason: 'The warehouse is right' })
    await scene.client.plans.select({ plan: first.planId, scope: { all: true } })
    await scene.client.plans.approve({ plan: first.planId })
    const { runId } = await scene.client.runs.start({ plan: first.planId })
    await scene.client.runs.cancel({ run: runId })
    expect((await scene.engine.workspace().runs.whenEnded(runId)).counts).toMatchObject({ skipped: 1, delivered: 0 })
    const second = await scene.plan()
    expect(second).toMatchObject({ counts: { conflicts: 1 }, openConflicts: 0 })
    const { conflicts } = await scene.client.plans.conflicts({ plan: second.planId })
    expect(conflicts[0]?.answer).toEqual({ take: 'warehouse', reason: 'The warehouse is right' })
    expect((await scene.apply(second.planId)).counts).toMatchObject({ delivered: 1, verified: 1 })
    await scene.sql('crm.duckdb', "UPDATE contacts SET tier = 'platinum' WHERE id = 'a'")
    expect(await scene.plan(), 'the answer has done its work').toMatchObject({ counts: { conflicts: 1 }, openConflicts: 1 })
  })

  it('stays valid for an hour, however often it is read, and for a day from when somebody opens it', async () => {
    const scene = await open([ada], [{ ...ada, tier: 'silver' }])
    const read = await scene.plan()
    const opened = await scene.plan()
    scene.advance(30 * 60_000)
    await scene.client.plans.get({ plan: read.planId })
    await scene.client.plans.open({ plan: opened.planId })
    scene.advance(31 * 60_000)
    expect(await scene.client.plans.get({ plan: read.planId })).toMatchObject({ state: 'expired' })
    expect((await scene.client.plans.get({ plan: opened.planId })).state).toBe('in review')
    scene.advance(24 * hour)
    expect(await scene.client.plans.open({ plan: opened.planId })).toMatchObject({ state: 'expired' })
  })

  it('holds a pinned value against the warehouse until it expires', async () => {
    const scene = await settled([ada])
    await scene.sql('crm.duckdb', "UPDATE contacts SET tier = 'platinum'")
    const plan = await scene.plan()
    await expect(scene.client.plans.resolve({ plan: plan.planId, scope: { all: true }, take: 'value', value: 'diamond' })).rejects.toSatisfy((error) => code(error) === 'bad-usage')
    await expect(scene.client.plans.resolve({ plan: plan.planId, scope: { all: true }, take: 'destination', expires: '2020-01-01' })).rejects.toMatchObject({ data: { code: 'bad-usage', field: 'expires', value: '2020-01-01' } })
    await scene.client.plans.resolve({ plan: plan.planId, scope: { all: true }, take: 'value', value: 'diamond', reason: 'Promised on the phone', expires: '2026-01-06T09:00:00Z' })
    await scene.apply(plan.planId)
    expect(await scene.contacts()).toMatchObject([{ tier: 'diamond' }])
    expect((await scene.plan()).counts).toMatchObject({ update: 0 })
    scene.advance(25 * hour)
    const expired = await scene.plan()
    expect(expired.counts).toMatchObject({ update: 1 })
  })

  it('applies a plan once: a second apply returns the same run', async () => {
    const scene = await open([ada], [])
    const { planId } = await scene.plan()
    const run = await scene.apply(planId)
    expect(await scene.client.runs.start({ plan: planId })).toMatchObject({ runId: run.runId, state: 'done' })
    expect(await scene.contacts()).toHaveLength(1)
  })

  it('tries a few first, and the whole plan takes the rest', async () => {
    const scene = await open([ada, bob, eve], [])
    const trial = await scene.plan({ keys: ['b'] })
    expect(trial).toMatchObject({ kind: 'trial', counts: { source: 1, create: 1 } })
    expect((await scene.apply(trial.planId)).counts).toMatchObject({ delivered: 1, verified: 1 })
    expect((await scene.plan()).counts).toMatchObject({ source: 3, create: 2, unchanged: 1 })
  })

  it('finds in a trial that a key is shared with a row outside it', async () => {
    const byTier = activationText.replace('match: { column: id, field: id }', 'match: { column: tier, field: id }')
    const scene = await open([{ ...ada, tier: 'x1' }, { ...bob, tier: 'x1' }, { ...eve, tier: 'x2' }], [], byTier)
    const trial = await scene.plan({ keys: ['a', 'e'] })
    expect(trial.counts).toMatchObject({ source: 2, ambiguous: 1, create: 1 })
  })

  it('asks for the count of a trial that is no trial any more', async () => {
    const scene = await open([], [])
    await scene.sql('warehouse.duckdb', "INSERT INTO people SELECT 'p' || i, 'P', 'gold', 1, false FROM range(1001) t(i)")
    const trial = await scene.plan({ limit: 1001 })
    expect(trial.guards).toMatchObject([{ guard: 'trial size', count: 1001 }])
    await expect(scene.client.plans.approve({ plan: trial.planId })).rejects.toSatisfy((error) => code(error) === 'confirmation-missing')
  })

  it('goes back to what was there before a run, and the next plan leaves it', async () => {
    const scene = await settled([ada])
    await scene.sql('warehouse.duckdb', "UPDATE people SET tier = 'bronze'")
    const run = await scene.apply((await scene.plan()).planId)
    expect(await scene.contacts()).toMatchObject([{ tier: 'bronze' }])
    const revert = await scene.client.runs.revert({ run: run.runId })
    expect(revert).toMatchObject({ kind: 'revert', counts: { update: 1 } })
    expect((await scene.apply(revert.planId)).counts).toMatchObject({ verified: 1 })
    expect(await scene.contacts()).toMatchObject([{ tier: 'gold' }])
    expect((await scene.plan()).counts).toMatchObject({ update: 0, unchanged: 1 })
  })

  it('answers by a saved policy from then on', async () => {
    const scene = await settled([ada, bob])
    await scene.sql('crm.duckdb', "UPDATE contacts SET tier = 'platinum'")
    const plan = await scene.plan()
    const saved = await scene.client.plans.savePolicy({ plan: plan.planId, name: 'Keep tier', field: 'tier', take: 'destination' })
    expect(saved).toMatchObject({ policy: 'keep-tier', answered: 2, open: 0 })
    expect(await scene.client.plans.get({ plan: plan.planId })).toMatchObject({ state: 'in review', openConflicts: 0 })
    expect(await scene.plan()).toMatchObject({ openConflicts: 0, counts: { conflicts: 2 } })
  })
})

describe('removing', () => {
  const mirror = `${activationText.replace('authority: review', 'authority: warehouse')}mode: mirror\nonRemove: delete\n`

  it('removes only what it made itself, and only when selected', async () => {
    const scene = await open([bob, eve], [bob], mirror)
    await scene.apply((await scene.plan()).planId)
    await scene.sql('warehouse.duckdb', 'DELETE FROM people')
    await scene.sql('warehouse.duckdb', "INSERT INTO people VALUES ('a', 'Ada', 'gold', 1.5, false)")
    const plan = await scene.plan()
    expect(plan.counts).toMatchObject({ remove: 1, create: 1 })
    expect(plan.guards.map(({ guard }) => guard)).toContain('removals')
    for (const { guard, count } of plan.guards) if (count === undefined) await scene.client.plans.liftGuard({ plan: plan.planId, guard, reason: 'They left us.' })
    await scene.apply(plan.planId)
    expect((await scene.contacts()).map(({ id }) => id)).toEqual(['a', 'b'])
  })
})
