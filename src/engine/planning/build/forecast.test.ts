import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { EngineScene, type Person } from '../../testing/engine-scene.ts'

const scenes: EngineScene[] = []
afterEach(async () => {
  for (const scene of scenes.splice(0)) await scene.close()
})

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
const activation = (match: string): string => `name: Scores to CRM
product: people
destination: { connection: crm, object: contacts }
match: { ${match} }
authority: warehouse
fields:
  - { from: name, to: name }
doNotSend: { all: [{ column: blocked, operator: is true }] }
`
const byRules = activation('identity: people, column: tier, field: id')
const byKey = activation('column: tier, field: id')

async function open(warehouse: Person[], destination: Person[], text: string): Promise<EngineScene> {
  const scene = await EngineScene.open(warehouse, destination, text)
  scenes.push(scene)
  mkdirSync(join(scene.folder, 'identity'))
  await scene.writeFile('identity/people.yaml', identity)
  return scene
}

const row = (id: string, name: string, more: Person = {}): Person => ({ id, name, tier: `k-${id}`, score: null, blocked: false, ...more })
const contact = (id: string, name: string, more: Person = {}): Person => ({ id, name, tier: null, score: null, ...more })
const forecast = (scene: EngineScene) => scene.client.identity.forecast({ activation: 'tier-to-crm' })

const warehouse = [
  row('a', 'Ada'),
  row('b', 'Bob'),
  row('c', 'Cid', { score: 1 }),
  row('d', 'Dee', { score: 2 }),
  row('e', 'Eve', { tier: null }),
  row('f', 'Fay', { tier: 'n/a' }),
  row('g', 'Gus', { tier: 'home' }),
  row('h', 'Hal', { tier: 'home' }),
  row('i', 'Ina', { blocked: true }),
  row('j', 'Joe'),
]
const destination = [contact('r1', 'Ada'), contact('r2', 'Bob'), contact('r3', 'bob'), contact('r4', 'Cid', { score: 8 }), contact('r5', 'Dee', { score: 9 }), contact('r6', 'Zed')]

describe('the forecast of an activation that recognises people by rules', () => {
  it('counts as the plan does, names why people are not reached, and the fix that recovers most', async () => {
    const scene = await open(warehouse, destination, byRules)
    await scene.client.identity.run({ identity: 'people' })
    const found = await forecast(scene)
    expect(found).toMatchObject({ audience: 10, matched: 1, unmatched: 2, unknown: 0, ambiguous: 5, invalid: 2, doNotSend: 1, creates: true, asOf: '2026-01-05T09:00:00.000Z', elsewhere: [] })
    expect(found.reasons.map(({ cause, count, examples }) => [cause, count, examples.map(({ record }) => record).join(' ')])).toEqual([
      ['held back', 2, 'c d'],
      ['key shared', 2, 'g h'],
      ['key invalid', 1, 'f'],
      ['key missing', 1, 'e'],
      ['several matches', 1, 'b'],
      ['do not send', 1, 'i'],
    ])
    expect(found.reasons[0]).toMatchObject({ title: 'Perhaps the same person, held back by a guard rail', fix: expect.stringContaining('Identity') as string, examples: [{ record: 'c', label: 'Cid' }, { record: 'd', label: 'Dee' }] })
    expect(found.bestFix).toEqual({ words: 'Decide under Identity on those that a guard rail held back: 2 more people could be reached.', recovers: 2, route: '/identity/queues?of=people&show=ambiguous' })
    const { counts } = await scene.plan()
    expect({ audience: counts.source, matched: counts.matched, unmatched: counts.unmatched, ambiguous: counts.ambiguous, invalid: counts.invalid }).toEqual({ audience: found.audience, matched: found.matched, unmatched: found.unmatched, ambiguous: found.ambiguous, invalid: found.invalid })
  })

  it('makes no new records of two rows that are one person, nor do the figures, until somebody chose', async () => {
    const scene = await open([row('a', 'Ada'), row('b', 'ada'), row('c', 'Cid')], [contact('r1', 'Zed')], byRules)
    await scene.client.identity.run({ identity: 'people' })
    expect(await forecast(scene)).toMatchObject({ matched: 0, unmatched: 1, ambiguous: 2, reasons: [{ cause: 'same person twice', title: 'Several warehouse rows are one person', count: 2 }], bestFix: { recovers: 2, route: '/identity/queues?of=people&show=duplicates' } })
    const figures = async () => (await scene.client.identity.overview({ identity: 'people' })).run?.matches[0]
    expect(await figures()).toMatchObject({ match: { numerator: 0, denominator: 3 }, ambiguous: { numerator: 2, denominator: 3 }, unmatched: { numerator: 1, denominator: 3 }, because: { 'several here': 2 } })
    expect((await scene.plan()).counts).toMatchObject({ unmatched: 1, ambiguous: 2, create: 1, blocked: 2 })
    await scene.client.identity.decide({ identity: 'people', kind: 'survivor', parts: [['people:b'], ['people:a', 'people:b']], reason: 'The newer one.' })
    expect(await forecast(scene)).toMatchObject({ matched: 0, unmatched: 2, ambiguous: 1 })
    expect(await figures()).toMatchObject({ ambiguous: { numerator: 1, denominator: 3 }, unmatched: { numerator: 2, denominator: 3 } })
    expect((await scene.plan()).counts).toMatchObject({ unmatched: 2, ambiguous: 1, create: 2, blocked: 1 })
  })

  it('leaves a link for the record that people linked the row to by hand, and counts nobody whose record another row reaches', async () => {
    const scene = await open([row('a', 'Ada', { score: 1 }), row('b', 'Bob')], [contact('r1', 'Ada'), contact('r2', 'Bob'), contact('r3', 'Zed')], byRules)
    const plan = await scene.plan()
    for (const { guard, count } of plan.guards) if (count === undefined) await scene.client.plans.liftGuard({ plan: plan.planId, guard, reason: 'The scene is small.' })
    await scene.apply(plan.planId)
    await scene.client.identity.decide({ identity: 'people', kind: 'never the same', parts: [['people:a'], ['crm/contacts:r1']], reason: 'They called.' })
    expect(await forecast(scene)).toMatchObject({ matched: 1, ambiguous: 1, reasons: [{ cause: 'somebody else' }] })
    await scene.client.identity.decide({ identity: 'people', kind: 'link', parts: [['people:a', 'crm/contacts:r3']], reason: 'They called.' })
    expect(await forecast(scene)).toMatchObject({ matched: 2, ambiguous: 0, reasons: [] })
    expect((await scene.plan()).counts).toMatchObject({ matched: 2, ambiguous: 0 })
    await scene.sql('crm.duckdb', "UPDATE contacts SET name = 'Cid' WHERE id = 'r2'")
    await scene.sql('warehouse.duckdb', "INSERT INTO people VALUES ('c', 'Cid', 'k-c', NULL, false)")
    await scene.client.identity.run({ identity: 'people' })
    expect(await forecast(scene)).toMatchObject({ matched: 1, ambiguous: 2, reasons: [{ cause: 'link shared', count: 1 }, { cause: 'somebody else', count: 1 }] })
  })

  it('says that who is not there is not made, where the mode only updates', async () => {
    const scene = await open([row('a', 'Ada'), row('b', 'Bob')], [contact('r1', 'Ada')], `${byRules}mode: update only\n`)
    await scene.client.identity.run({ identity: 'people' })
    expect(await forecast(scene)).toMatchObject({ matched: 1, unmatched: 1, creates: false, reasons: [{ cause: 'not there', count: 1 }], bestFix: { recovers: 1, route: '/activations/tier-to-crm/edit?step=mode' } })
  })

  it('tells only of keys before the rules were ever run', async () => {
    const scene = await open(warehouse, destination, byRules)
    const found = await forecast(scene)
    expect(found).toMatchObject({ audience: 10, matched: 0, unmatched: 0, unknown: 6, ambiguous: 2, invalid: 2 })
    expect(found.asOf).toBeUndefined()
  })
})

describe('the forecast of an activation by one key alone', () => {
  it('tells what is known without asking: keys that cannot be used, and who was linked before', async () => {
    const scene = await open([...warehouse, row('z', 'Zed', { tier: 'r6' })], destination, byKey)
    expect(await forecast(scene)).toMatchObject({ audience: 11, matched: 0, unknown: 7, ambiguous: 2, invalid: 2, reasons: [{ cause: 'key shared', count: 2 }, { cause: 'key invalid' }, { cause: 'key missing' }, { cause: 'do not send' }] })
    await scene.plan()
    expect(await forecast(scene), 'the plan saw that Zed is there').toMatchObject({ matched: 1, unknown: 6 })
  })

  it('has nothing to say of an empty audience', async () => {
    const scene = await open([], [], byKey)
    const found = await forecast(scene)
    expect(found).toMatchObject({ audience: 0, matched: 0, unknown: 0, reasons: [] })
    expect(found.bestFix).toBeUndefined()
  })
})
