import { afterEach, beforeEach, expect, it } from 'vitest'
import { activationText, EngineScene, type Person } from '../testing/engine-scene.ts'

const activation = `${activationText}doNotSend: { all: [ { column: blocked, operator: is true } ] }\n`
const warehouse: Person[] = [
  { id: 'a', name: 'In step', tier: 'gold', score: 1, blocked: false },
  { id: 'b', name: 'Kept', tier: 'gold', score: 1, blocked: false },
  { id: 'c', name: 'New', tier: 'gold', score: 1, blocked: false },
  { id: 'd', name: 'Not selected', tier: 'gold', score: 1, blocked: false },
  { id: 'e', name: 'Blocked', tier: 'gold', score: 1, blocked: true },
]
const contact = ({ blocked: _blocked, ...person }: Person, more: Person = {}): Person => ({ ...person, ...more })

let scene: EngineScene
beforeEach(async () => {
  const [a = {}, b = {}, , d = {}, e = {}] = warehouse
  scene = await EngineScene.open(warehouse, [contact(a), contact(b, { tier: 'bronze' }), contact(d, { score: 9 }), contact(e, { tier: 'bronze' })], activation)
})
afterEach(() => scene.close())

const summary = () => scene.client.activations.get({ activation: 'tier-to-crm' })
const needs = async () => (await scene.client.home.summary()).needsYou.map(({ title }) => title)
const waiting = async () => (await scene.client.plans.list({})).map((plan) => plan.waiting)

/** Records of the destination itself that hold what the warehouse says. */
async function holding(): Promise<number> {
  const contacts = await scene.contacts()
  return warehouse.filter((person) => contacts.some((one) => one['id'] === person['id'] && one['tier'] === person['tier'] && Number(one['score']) === person['score'])).length
}

/** Approves and applies as it is answered and selected now. */
async function applyAsItIs(planId: string): Promise<void> {
  const { guards } = await scene.client.plans.get({ plan: planId })
  const count = guards.find((guard) => guard.count !== undefined)?.count
  await scene.client.plans.approve({ plan: planId, ...(count === undefined ? {} : { confirmCount: count }) })
  await scene.started(planId)
}

it('says of every record of the audience how it stands, as the destination’s own records do', async () => {
  const { planId } = await scene.plan()
  expect((await summary()).shares).toEqual({ inStep: await holding(), kept: 0, blocked: 1, overridden: 0, notSeen: 3 })
  expect(await needs()).toEqual(['1 conflict waits in “Tier to CRM”'])
  await scene.client.plans.resolve({ plan: planId, scope: { record: 'b' }, take: 'destination' })
  await applyAsItIs(planId)
  const shares = { inStep: 2, kept: 1, blocked: 1, overridden: 0, notSeen: 1 }
  expect(await holding()).toBe(shares.inStep)
  expect(await summary()).toMatchObject({ shares, verified: 2, audience: 5, state: 'accepted, not verified' })

  // A plan with nothing to send asks nobody.
  expect(await scene.plan()).toMatchObject({ counts: { create: 0, update: 1 }, unselected: 1, willSend: 0, waiting: false, nothingToSend: true })
  expect(await needs()).toEqual([])
  expect(await summary()).toMatchObject({ shares, because: expect.stringMatching(/for 2 of 5: 1 kept on purpose, 1 blocked, 1 not seen\.$/) })
  expect((await summary()).waitingPlan).toBeUndefined()
})

it('counts what a trial has proved after the plan of the whole audience', async () => {
  await scene.plan()
  const trial = await scene.plan({ keys: ['c'] })
  await applyAsItIs(trial.planId)
  expect(await summary()).toMatchObject({ verified: await holding(), shares: { inStep: 2, notSeen: 2 } })
})

it('asks about a plan until it is put away, replaced by a newer one, or out of date', async () => {
  const first = await scene.plan()
  expect([await waiting(), (await needs()).length]).toEqual([[true], 1])
  await scene.client.plans.putAway({ plan: first.planId })
  expect(await scene.client.plans.get({ plan: first.planId })).toMatchObject({ waiting: false, putAway: { by: 'Ada' } })
  expect([await waiting(), await needs()]).toEqual([[false], []])
  await scene.client.plans.bringBack({ plan: first.planId })
  expect([await waiting(), (await needs()).length]).toEqual([[true], 1])
  const { entries } = await scene.client.audit.list({})
  expect(entries.slice(0, 2).map(({ kind, actor }) => [kind, actor])).toEqual([['plan brought back', 'Ada'], ['plan put away', 'Ada']])

  await scene.plan()
  expect([await waiting(), (await needs()).length]).toEqual([[true, false], 1])
  await scene.writeFile('activations/tier-to-crm.yaml', activation.replace('authority: warehouse', 'authority: review'))
  expect([await waiting(), await needs()]).toEqual([[false, false], []])
  expect((await scene.client.plans.list({}))[0]).toMatchObject({ state: 'stale' })
})
