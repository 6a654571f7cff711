import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator } from '../../../simulators/testing/start-simulator.ts'
import type { StartedSimulator } from '../../../simulators/testing/start-simulator.ts'
import { createHttp } from '../../platform/http.ts'
import { EngineScene, type Person } from '../testing/engine-scene.ts'

const http = createHttp()
let crm: StartedSimulator
const scenes: EngineScene[] = []

beforeAll(async () => {
  crm = await startSimulator('crm')
})
afterEach(async () => {
  for (const scene of scenes.splice(0)) await scene.close()
  await crm.reset()
})
afterAll(async () => {
  await http.close()
  await crm.stop()
})

const members = `name: Retention calls
product: people
destination: { connection: crm, object: list-7 }
match: { column: id, field: customer_id }
mode: members
guards: { removalShare: 1, updateShare: 1, createShare: 1 }
`
const dana = { kind: 'person', name: 'Dana Fox' }
const person = (id: string, more: Person = {}): Person => ({ id, name: `Name ${id}`, tier: 'gold', score: 1, blocked: false, ...more })
/** Contacts have the ids 101, 102 … in this order. */
const contactId = (key: string): string => String(101 + ['a', 'b', 'c', 'd'].indexOf(key))

async function open(audience: Person[], contacts: string[], activation = members): Promise<EngineScene> {
  for (const key of contacts) await crm.edit({ op: 'create', object: 'contacts', id: contactId(key), fields: { customer_id: key }, actor: dana })
  const scene = await EngineScene.open(audience, [], activation, { url: crm.url, token: crm.token, http })
  scenes.push(scene)
  return scene
}

async function listed(): Promise<string[]> {
  const found = (await crm.records('memberships')).filter(({ id, fields }) => id.startsWith('7-') && fields['member'] === true)
  return found.map(({ id }) => ['a', 'b', 'c', 'd'][Number(id.slice(2)) - 101] ?? id).sort()
}

const putIn = (key: string) => crm.edit({ op: 'create', object: 'memberships', id: `7-${contactId(key)}`, fields: { list: '7', member: true }, actor: dana })
const putBack = (key: string) => crm.edit({ op: 'set', object: 'memberships', id: `7-${contactId(key)}`, field: 'member', value: true, actor: dana })
const takeOut = (key: string) => crm.edit({ op: 'clear', object: 'memberships', id: `7-${contactId(key)}`, field: 'member', actor: dana })
const leave = (scene: EngineScene, key: string) => scene.sql('warehouse.duckdb', 'DELETE FROM people WHERE id = ?', [key])

const nothing = { create: 0, update: 0, remove: 0, conflicts: 0 }

describe('members of a list, from plan to proof', () => {
  it('adds who is in the audience, proves it by reading, and has nothing left to do', async () => {
    await putIn('b')
    const scene = await open([person('a'), person('b'), person('c'), person('d')], ['a', 'b', 'c'])
    const plan = await scene.plan()
    expect(plan).toMatchObject({ membership: true, counts: { source: 4, matched: 1, unmatched: 3, create: 2, unchanged: 1, blocked: 1, update: 0, remove: 0 } })
    expect(await scene.client.plans.causes({ plan: plan.planId })).toEqual([expect.objectContaining({ cause: 'not there', count: 1 })])
    expect((await scene.apply(plan.planId)).counts).toMatchObject({ planned: 2, delivered: 2, verified: 2, overridden: 0 })
    expect(await listed()).toEqual(['a', 'b', 'c'])
    expect((await scene.plan()).counts).toMatchObject({ ...nothing, unchanged: 3, blocked: 1 })
    expect((await crm.records('contacts')).filter(({ deleted }) => !deleted), 'no contact is made or deleted').toHaveLength(3)
  })

  it('takes out who left, only those it had put in, and only when selected', async () => {
    await putIn('b')
    const scene = await open([person('a'), person('b'), person('c')], ['a', 'b', 'c'])
    await scene.apply((await scene.plan()).planId)
    await leave(scene, 'a')
    await leave(scene, 'b')
    expect((await scene.plan({ limit: 1 })).counts, 'a trial removes nobody').toMatchObject({ remove: 0 })
    const plan = await scene.plan()
    expect(plan).toMatchObject({ unselected: 1, counts: { remove: 1, create: 0, unchanged: 1 } })
    expect((await scene.apply(plan.planId)).counts).toMatchObject({ planned: 1, delivered: 1, verified: 1 })
    expect(await listed()).toEqual(['b', 'c'])
    expect((await scene.plan()).counts).toMatchObject(nothing)
    await putBack('a')
    expect((await scene.plan()).counts, 'put back by a person: theirs').toMatchObject(nothing)
    await scene.sql('warehouse.duckdb', "INSERT INTO people VALUES ('a', 'Name a', 'gold', 1, false)")
    expect((await scene.plan()).counts).toMatchObject({ ...nothing, unchanged: 2 })
    await leave(scene, 'a')
    expect((await scene.plan()).counts, 'and still theirs').toMatchObject(nothing)
  })

  it('asks about who was taken out over there, and leaves them out once answered', async () => {
    const scene = await open([person('a'), person('b')], ['a', 'b'])
    await scene.apply((await scene.plan()).planId)
    await takeOut('a')
    await takeOut('b')
    await crm.edit({ op: 'set', object: 'contacts', id: contactId('b'), field: 'hs_email_optout', value: true, actor: dana })
    const plan = await scene.plan()
    expect(plan.counts).toMatchObject({ conflicts: 1, update: 1, blocked: 1, create: 0 })
    expect(await scene.client.plans.causes({ plan: plan.planId }), 'never put back after unsubscribing').toEqual([expect.objectContaining({ cause: 'suppressed', count: 1 })])
    const { conflicts } = await scene.client.plans.conflicts({ plan: plan.planId })
    expect(conflicts).toMatchObject([{ record: 'a', field: 'membership', class: 'conflict', base: { known: true, value: 'in' }, warehouse: 'in', destination: 'out' }])
    await scene.apply(plan.planId, 'destination')
    expect(await listed()).toEqual([])
    expect(await scene.plan()).toMatchObject({ kept: 1, counts: { ...nothing, unchanged: 1, blocked: 1 } })
  })

  it('puts them back when a person says so, and then they are ours again', async () => {
    const scene = await open([person('a'), person('b')], ['a', 'b'])
    await scene.apply((await scene.plan()).planId)
    await takeOut('a')
    expect((await scene.apply((await scene.plan()).planId, 'warehouse')).counts).toMatchObject({ delivered: 1, verified: 1 })
    expect(await listed()).toEqual(['a', 'b'])
    expect((await scene.plan()).counts).toMatchObject(nothing)
    await leave(scene, 'a')
    expect((await scene.plan()).counts).toMatchObject({ remove: 1 })
  })

  it('does not fight a workflow that takes somebody out again', async () => {
    const scene = await open([person('a'), person('b')], ['a', 'b'])
    await crm.edit({ op: 'set', object: 'contacts', id: contactId('a'), field: 'lifecyclestage', value: 'churned', actor: dana })
    expect((await scene.apply((await scene.plan()).planId)).counts).toMatchObject({ delivered: 2, verified: 1, overridden: 1 })
    for (const which of ['second', 'third']) expect(await scene.plan(), which).toMatchObject({ kept: 1, counts: { ...nothing, unchanged: 2 } })
    expect(await listed()).toEqual(['b'])
    await leave(scene, 'a')
    await putBack('a')
    expect((await scene.plan()).counts, 'a person’s place is not ours').toMatchObject(nothing)
  })

  it('settles a lost answer by reading, and adds nobody twice', async () => {
    const scene = await open([person('a')], ['a'])
    const plan = await scene.plan()
    await crm.faults([{ match: { method: 'PUT', path: '/crm/v3/lists/7/memberships/add-and-remove' }, times: 1, do: { kind: 'dropResponse' } }])
    expect((await scene.apply(plan.planId)).counts).toMatchObject({ delivered: 1, verified: 1 })
    expect((await crm.log()).filter(({ method }) => method === 'PUT')).toHaveLength(1)
  })

  it('puts back who a run took out, when that run is reverted', async () => {
    const scene = await open([person('a'), person('b')], ['a', 'b'])
    await scene.apply((await scene.plan()).planId)
    await leave(scene, 'a')
    const run = await scene.apply((await scene.plan()).planId)
    expect(await listed()).toEqual(['b'])
    await scene.apply((await scene.client.runs.revert({ run: run.runId })).planId)
    expect(await listed()).toEqual(['a', 'b'])
    expect((await scene.plan()).counts).toMatchObject({ ...nothing, unchanged: 1 })
  })

  it('goes back to who was in the list before the run', async () => {
    await putIn('b')
    const scene = await open([person('a'), person('b')], ['a', 'b'])
    const run = await scene.apply((await scene.plan()).planId)
    const revert = await scene.client.runs.revert({ run: run.runId })
    expect(revert.counts).toMatchObject({ update: 1, remove: 0 })
    await scene.apply(revert.planId)
    expect(await listed()).toEqual(['b'])
    expect(await scene.plan()).toMatchObject({ kept: 1, counts: nothing })
  })

  it('stops when more would be taken out than allowed', async () => {
    const scene = await open([person('a'), person('b'), person('c')], ['a', 'b', 'c'], members.replace('removalShare: 1', 'removalShare: 0.3'))
    await scene.apply((await scene.plan()).planId)
    await leave(scene, 'a')
    expect(await scene.plan()).toMatchObject({ state: 'stopped by a guard', guards: [{ guard: 'removals' }] })
  })

  it('refuses a list in another mode, and members where there is no list', async () => {
    const code = (error: unknown): unknown => (error as { data?: { code?: string } }).data?.code
    const upsert = await open([person('a')], ['a'], `${members.replace('mode: members\n', '')}fields: [{ from: tier, to: membership }]\n`)
    await expect(upsert.plan()).rejects.toSatisfy((error) => code(error) === 'bad-input')
    await upsert.writeFile('activations/tier-to-crm.yaml', members.replace('list-7', 'contacts'))
    await expect(upsert.plan()).rejects.toSatisfy((error) => code(error) === 'bad-input')
  })
})
