import { afterEach, describe, expect, it } from 'vitest'
import { identityText } from '../../../testing/identity-scene.ts'
import type { IdentityScene } from '../../../testing/identity-scene.ts'
import { ranScenes } from '../../../testing/ran-scenes.ts'
import { someRecords } from '../../../testing/scene-records.ts'
import { seeded } from '../../testing/random-people.ts'

const identity = 'people'
const open = ranScenes(afterEach)

const people = (seed: number) => {
  const random = seeded(seed)
  return { customers: someRecords(100, 160, random), contacts: someRecords(200, 260, random), buyers: someRecords(300, 340, random) }
}
const draw = (scene: IdentityScene, size: number) => scene.client.identity.drawSample({ identity, size })
const sample = (scene: IdentityScene) => scene.client.identity.sample({ identity, limit: 200 })
const drawn = async (scene: IdentityScene) => (await sample(scene)).pairs.map(({ rule, one, other }) => [rule, one.reference, other.reference])

describe('a sample of what the rules joined', () => {
  it('is drawn alike wherever it is drawn, spread over the rules, and goes on where it stopped', async () => {
    const [scene, again] = [await open(people(41)), await open(people(41))]
    expect(await draw(scene, 12)).toEqual({ drawn: 12 })
    await draw(again, 12)
    expect(await drawn(scene)).toEqual(await drawn(again))
    const first = await drawn(scene)
    expect(new Set(first.map(([rule]) => rule))).toEqual(new Set(['loyalty', 'email', 'phone']))
    const { pairs } = await sample(scene)
    for (const { rule, one, other } of pairs) {
      expect(one.entity).toBe(other.entity)
      const values = [one, other].map((card) => card.values.find(({ column }) => column === rule)?.value)
      expect(values[0]).toBe(values[1])
    }
    await draw(scene, 500)
    const all = await drawn(scene)
    expect(all.slice(0, 12)).toEqual(first)
    expect(new Set(all.map(String)).size).toBe(all.length)
    expect(await draw(scene, 500)).toEqual({ drawn: 0 })
    // As many pairs as it takes to join all that are joined: none is left out of reach.
    const { rules } = await scene.client.identity.overview({ identity })
    for (const { rule, merged } of rules) expect(all.filter(([name]) => name === rule).length).toBeGreaterThanOrEqual(merged)
  })

  it('is judged by people, who may change their minds', async () => {
    const scene = await open(people(42))
    expect((await scene.client.identity.overview({ identity })).precision).toBeNull()
    await draw(scene, 10)
    const { pairs, total } = await sample(scene)
    expect(total).toBe(10)
    for (const [at, { id }] of pairs.entries()) await scene.client.identity.judge({ identity, pair: id, verdict: at === 0 ? 'different' : at === 1 ? 'cannot say' : 'same' })
    const judged = await sample(scene)
    expect(judged.precision).toMatchObject({ drawn: 10, judged: 10, overall: { numerator: 8, denominator: 9 } })
    expect(judged.pairs[0]).toMatchObject({ verdict: 'different', by: expect.any(String) })
    expect((await scene.client.identity.overview({ identity })).precision).toEqual(judged.precision)
    const precision = await scene.client.identity.judge({ identity, pair: pairs[0]?.id ?? '', verdict: null })
    expect(precision).toMatchObject({ judged: 9, overall: { numerator: 8, denominator: 8, value: 1 } })
    expect(precision.overall.low).toBeLessThan(0.8)
    await expect(scene.client.identity.judge({ identity, pair: 'none', verdict: 'same' })).rejects.toThrow('not drawn')
  })

  it('keeps verdicts for as long as both records are joined by that rule', async () => {
    const scene = await open({ customers: [{ id: '1', email: 'ann@harbour.com' }, { id: '2', email: 'bob@harbour.com', phone: '020 7946 0001' }], contacts: [{ id: '11', email: 'ann@harbour.com' }, { id: '12', email: 'bob@harbour.com', phone: '020 7946 0001' }], buyers: [] })
    await draw(scene, 10)
    expect(await drawn(scene)).toEqual(expect.arrayContaining([['email', 'customers:1', 'sales/contacts:11'], ['email', 'customers:2', 'sales/contacts:12']]))
    for (const { id } of (await sample(scene)).pairs) await scene.client.identity.judge({ identity, pair: id, verdict: 'same' })
    const overall = async () => (await sample(scene)).precision.overall.denominator
    expect(await overall()).toBe(2)
    // Bob is still one person, but by his phone.
    await scene.put('contacts', [{ id: '12', email: 'bobby@harbour.com', phone: '020 7946 0001' }])
    await scene.run()
    expect(await overall()).toBe(1)
    await scene.put('contacts', [{ id: '12', email: 'bob@harbour.com', phone: '020 7946 0001' }])
    await scene.run()
    expect(await overall()).toBe(2)
    const { decision } = await scene.client.identity.decide({ identity, kind: 'never the same', parts: [['customers:1'], ['sales/contacts:11']], reason: 'They called.' })
    expect(await overall()).toBe(1)
    await scene.client.identity.undo({ identity, decision: decision.id, reason: 'It was wrong.' })
    await scene.scene.writeFile('identity/people.yaml', identityText.replace('name: email,', 'name: address,'))
    await scene.run()
    expect(await overall()).toBe(0)
  })
})
