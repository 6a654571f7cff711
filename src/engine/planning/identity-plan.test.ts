import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { EngineScene, type Person } from '../testing/engine-scene.ts'

const scenes: EngineScene[] = []
afterEach(async () => {
  for (const scene of scenes.splice(0)) await scene.close()
})

/** People are the same by their name; a score is one person's own, so that two of them hold a merge back. */
const identity = `name: People
records:
  - { product: people, label: [name] }
  - { connection: crm, object: contacts, label: [name] }
keys:
  name: { from: { column: name, as: lower } }
  score: { strong: true, from: { column: score } }
rules:
  - { name: name, keys: [name] }
readAgainAfter: 0
`
/** A new record gets the tier for its key. */
const activation = `name: Scores to CRM
product: people
destination: { connection: crm, object: contacts }
match: { identity: people, column: tier, field: id }
authority: warehouse
fields:
  - { from: name, to: name }
  - { from: score, to: score }
`

async function open(warehouse: Person[], destination: Person[], text = activation): Promise<EngineScene> {
  const scene = await EngineScene.open(warehouse, destination, text)
  scenes.push(scene)
  mkdirSync(join(scene.folder, 'identity'))
  await scene.writeFile('identity/people.yaml', identity)
  return scene
}

type Plan = Awaited<ReturnType<EngineScene['plan']>>

async function lifted(scene: EngineScene, plan: Plan): Promise<Plan> {
  for (const { guard, count } of plan.guards) if (count === undefined) await scene.client.plans.liftGuard({ plan: plan.planId, guard, reason: 'The scene is small.' })
  return plan
}

/** Each blocked row with its cause. */
async function blockedIn(scene: EngineScene, { planId }: Plan): Promise<Record<string, string | undefined>> {
  const { rows } = await scene.client.plans.recordRows({ plan: planId, filter: 'blocked', offset: 0, limit: 100 })
  return Object.fromEntries(rows.map(({ record, cause }) => [record, cause]))
}

let decisions = 0
/** What somebody decides under Identity, before the rules are run again. */
function decide(scene: EngineScene, kind: string, parts: string[][]): void {
  decisions += 1
  scene.engine.workspace().session.database.run('INSERT INTO identity_decisions (id, identity, seq, kind, parts, reason, by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)', `d${decisions}`, 'people', decisions, kind, JSON.stringify(parts), 'They called.', 'Ada', 0)
}

const row = (id: string, name: string, more: Person = {}): Person => ({ id, name, tier: `k-${id}`, score: null, blocked: false, ...more })
const contact = (id: string, name: string, more: Person = {}): Person => ({ id, name, tier: null, score: null, ...more })

describe('§3 an activation that recognises people by identity', () => {
  it.each<[string, Person[], Person[], string | undefined, Partial<Plan['counts']>]>([
    ['exactly one record is the person', [row('a', 'Ada', { score: 1 })], [contact('r1', 'ADA'), contact('r2', 'Zed')], undefined, { matched: 1, update: 1 }],
    ['also where the row has no key', [row('a', 'Ada', { score: 1, tier: null })], [contact('r1', 'ada')], undefined, { matched: 1, update: 1 }],
    ['nobody there has any of it: a new record', [row('a', 'Ada')], [contact('r1', 'Zed')], undefined, { unmatched: 1, create: 1 }],
    ['several records are the person', [row('a', 'Ada')], [contact('r1', 'Ada'), contact('r2', 'ada')], 'several matches', { ambiguous: 1 }],
    ['a guard rail holds the merge back', [row('a', 'Ada', { score: 1 })], [contact('r1', 'Ada', { score: 2 })], 'held back', { ambiguous: 1 }],
    ['the key finds a record of somebody else', [row('a', 'Ada')], [contact('k-a', 'Zed')], 'key of another', { ambiguous: 1 }],
    ['nobody is there, and there is no key for a new record', [row('a', 'Ada', { tier: null })], [], 'key missing', { invalid: 1 }],
    ['nor one that can be used', [row('a', 'Ada', { tier: 'n/a' })], [], 'key invalid', { invalid: 1 }],
    ['not even a name to be recognised by, but a key', [row('a', 'Ada', { name: null })], [], undefined, { unmatched: 1, create: 1 }],
  ])('%s', async (_case, warehouse, destination, cause, counts) => {
    const scene = await open(warehouse, destination)
    const plan = await scene.plan()
    expect(plan.counts).toMatchObject({ source: 1, ...counts, blocked: cause === undefined ? 0 : 1 })
    expect(await blockedIn(scene, plan)).toEqual(cause === undefined ? {} : { a: cause })
  })

  it('never lets two rows of one person reach a record, whether it is there or would be made', async () => {
    const scene = await open([row('a', 'Ada'), row('b', 'ada'), row('c', 'Cid'), row('d', 'cid')], [contact('r1', 'Ada')])
    const plan = await scene.plan()
    expect(plan.counts).toMatchObject({ source: 4, ambiguous: 4, create: 0, update: 0 })
    expect(await blockedIn(scene, plan)).toEqual({ a: 'same person twice', b: 'same person twice', c: 'same person twice', d: 'same person twice' })
  })

  it('writes the row and the record that somebody chose for the person', async () => {
    const scene = await open([row('a', 'Ada', { score: 1 }), row('b', 'ada')], [contact('r1', 'Ada'), contact('r2', 'Ada')])
    decide(scene, 'survivor', [['people:a'], ['people:a', 'people:b']])
    decide(scene, 'survivor', [['crm/contacts:r2'], ['crm/contacts:r1', 'crm/contacts:r2']])
    const plan = await lifted(scene, await scene.plan())
    expect(plan.counts).toMatchObject({ matched: 1, update: 1, ambiguous: 1 })
    await scene.apply(plan.planId)
    expect(await scene.contacts()).toMatchObject([{ id: 'r1', score: null }, { id: 'r2', score: '1.00' }])
  })

  it('only updates where the mode says so, and still never takes the record of another', async () => {
    const scene = await open([row('a', 'Ada'), row('b', 'Bob')], [contact('k-b', 'Zed')], `${activation}mode: update only\n`)
    expect(await blockedIn(scene, await scene.plan())).toEqual({ a: 'not there', b: 'key of another' })
  })

  it('plans nothing again once it was applied, and names its rules and their run', async () => {
    const scene = await open([row('a', 'Ada', { score: 1 }), row('b', 'Bob'), row('c', 'Cid')], [contact('r1', 'Ada'), contact('k-c', 'Zed')])
    const plan = await lifted(scene, await scene.plan())
    expect(plan.definitions.map(({ kind, id }) => `${kind} ${id}`)).toContain('identity people')
    expect(scene.engine.workspace().plans.store.find(plan.planId).header.identity).toEqual({ id: 'people', run: 1, from: 'people', to: 'crm/contacts' })
    await scene.apply(plan.planId)
    expect(await scene.contacts()).toMatchObject([{ id: 'k-b', name: 'Bob' }, { id: 'k-c', name: 'Zed' }, { id: 'r1', name: 'Ada', score: '1.00' }])
    expect((await scene.plan()).counts).toMatchObject({ source: 3, matched: 2, unchanged: 2, ambiguous: 1, create: 0, update: 0 })
  })

  it('tries a few first as the whole plan would', async () => {
    const scene = await open([row('a', 'Ada'), row('b', 'ada'), row('c', 'Cid', { score: 3 })], [contact('r1', 'Cid')])
    expect((await scene.plan({ keys: ['a', 'c'] })).counts).toMatchObject({ source: 2, matched: 1, update: 1, ambiguous: 1 })
    expect((await scene.plan({ limit: 1 })).counts).toMatchObject({ source: 1, ambiguous: 1 })
  })

  it('a shared key makes two new records of nobody', async () => {
    const scene = await open([row('a', 'Ada', { tier: 'home' }), row('b', 'Bob', { tier: 'home' })], [])
    expect(await blockedIn(scene, await scene.plan())).toEqual({ a: 'key shared', b: 'key shared' })
    expect(await blockedIn(scene, await scene.plan({ keys: ['a'] }))).toEqual({ a: 'key shared' })
  })
})

describe('what a run by identity did', () => {
  it('goes back as it came, whatever identity says by then', async () => {
    const scene = await open([row('a', 'Ada', { score: 1 })], [contact('r1', 'Ada', { score: null }), contact('r2', 'Zed')])
    const run = await scene.apply((await lifted(scene, await scene.plan())).planId)
    decide(scene, 'never the same', [['people:a'], ['crm/contacts:r1']])
    await scene.client.identity.run({ identity: 'people' })
    const revert = await scene.client.runs.revert({ run: run.runId })
    expect(revert).toMatchObject({ kind: 'revert', state: 'in review', counts: { update: 1 } })
    await scene.apply(revert.planId)
    expect(await scene.contacts()).toMatchObject([{ id: 'r1', score: null }, { id: 'r2' }])
  })
})

describe('a linked record that identity knows as somebody else', () => {
  /** Ada was written to r1 and settled there. */
  async function linked(): Promise<EngineScene> {
    const scene = await open([row('a', 'Ada', { score: 1 })], [contact('r1', 'Ada'), contact('r2', 'Zed')])
    const plan = await lifted(scene, await scene.plan())
    await scene.apply(plan.planId)
    expect((await scene.plan()).counts).toMatchObject({ unchanged: 1 })
    return scene
  }

  it('stays linked while only a key changed: a changed key is a change of a field', async () => {
    const scene = await linked()
    await scene.sql('warehouse.duckdb', "UPDATE people SET name = 'Ada Lovelace'")
    expect((await scene.plan()).counts).toMatchObject({ matched: 1, update: 1 })
  })

  it('is not written once people say that the two are never the same, although nothing changed', async () => {
    const scene = await linked()
    decide(scene, 'never the same', [['people:a'], ['crm/contacts:r1']])
    const plan = await scene.plan()
    expect(plan.counts).toMatchObject({ ambiguous: 1, blocked: 1, update: 0, create: 0 })
    expect(await blockedIn(scene, plan)).toEqual({ a: 'somebody else' })
    expect(await blockedIn(scene, await scene.plan()), 'and so it stays').toEqual({ a: 'somebody else' })
  })

  it('is left for the record that people link the row to', async () => {
    const scene = await linked()
    decide(scene, 'never the same', [['people:a'], ['crm/contacts:r1']])
    decide(scene, 'link', [['people:a', 'crm/contacts:r2']])
    const plan = await lifted(scene, await scene.plan())
    expect(plan.counts).toMatchObject({ matched: 1, update: 1, blocked: 0 })
    await scene.apply(plan.planId)
    expect(await scene.contacts()).toMatchObject([{ id: 'r1', name: 'Ada' }, { id: 'r2', name: 'Ada', score: '1.00' }])
    expect((await scene.plan()).counts).toMatchObject({ matched: 1, unchanged: 1 })
  })

  it('is not written once it is the person of another row', async () => {
    const scene = await linked()
    await scene.sql('crm.duckdb', "UPDATE contacts SET name = 'Bob', score = NULL WHERE id = 'r1'")
    await scene.sql('warehouse.duckdb', "INSERT INTO people VALUES ('b', 'Bob', 'k-b', 2, false)")
    expect(await blockedIn(scene, await scene.plan())).toEqual({ a: 'somebody else', b: 'link shared' })
  })
})

describe('a plan is stale', () => {
  const twoPeople = () => open([row('a', 'Ada', { score: 1 }), row('b', 'Bob')], [contact('r1', 'Ada'), contact('r2', 'Zed')])
  const stateOf = async (scene: EngineScene, { planId }: Plan) => (await scene.client.plans.get({ plan: planId })).state

  it('once a decision leads one of its people elsewhere, and by no other decision', async () => {
    const scene = await twoPeople()
    const plan = await scene.plan()
    await scene.client.identity.run({ identity: 'people' })
    expect(await stateOf(scene, plan), 'the same links').not.toBe('stale')
    decide(scene, 'fix at source', [['people:a']])
    await scene.client.identity.run({ identity: 'people' })
    expect(await stateOf(scene, plan)).not.toBe('stale')
    decide(scene, 'never the same', [['people:a'], ['crm/contacts:r1']])
    await scene.client.identity.run({ identity: 'people' })
    expect(await stateOf(scene, plan)).toBe('stale')
    await expect(scene.client.plans.approve({ plan: plan.planId, confirmCount: 1 })).rejects.toMatchObject({ data: { code: 'plan-stale' } })
    expect(await scene.contacts()).toMatchObject([{ id: 'r1', score: null }, { id: 'r2' }])
  })

  it('once a record came that is the person it would make', async () => {
    const scene = await twoPeople()
    const plan = await scene.plan()
    await scene.sql('crm.duckdb', "INSERT INTO contacts VALUES ('r9', 'Bob', NULL, NULL)")
    await scene.client.identity.run({ identity: 'people' })
    expect(await stateOf(scene, plan)).toBe('stale')
  })

  it('once the rules are others', async () => {
    const scene = await twoPeople()
    const plan = await scene.plan()
    await scene.writeFile('identity/people.yaml', identity.replace('largestEntity', 'largestEntity').replace('readAgainAfter: 0', 'readAgainAfter: 0\nlargestEntity: 20'))
    expect(await stateOf(scene, plan)).toBe('stale')
  })
})

it.each([
  ['the system', identity.replace('  - { connection: crm, object: contacts, label: [name] }\n', ''), 'match.identity', "'crm/contacts'"],
  ['the product', identity.replace('  - { product: people, label: [name] }\n', ''), 'match.identity', "'people'"],
])('says that the rules do not know %s', async (_what, text, field, named) => {
  const scene = await open([row('a', 'Ada')], [])
  await scene.writeFile('identity/people.yaml', text)
  await expect(scene.plan()).rejects.toMatchObject({ message: expect.stringContaining(named) as string, data: { code: 'definition-invalid', value: 'people', field, file: expect.stringContaining('activations/tier-to-crm.yaml') as string } })
})
