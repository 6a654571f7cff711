import { afterEach, describe, expect, it } from 'vitest'
import type { IdentityPerson } from '../../../../contract/shapes.ts'
import type { IdentityScene } from '../../../testing/identity-scene.ts'
import { ranScenes } from '../../../testing/ran-scenes.ts'
import { someRecords } from '../../../testing/scene-records.ts'
import { seeded } from '../../testing/random-people.ts'

const identity = 'people'
const open = ranScenes(afterEach)

const few = {
  customers: [
    { id: '1', email: 'ann@harbour.com', loyalty: 'L1', name: 'Ann' },
    { id: '2', email: 'bob@harbour.com', phone: '020 7946 0001', name: 'Bob' },
  ],
  contacts: [
    { id: '11', email: 'ann@harbour.com', loyalty: 'L9', name: 'Ann Lee' },
    { id: '12', email: 'bob@harbour.com' },
    { id: '13', phone: '+44 20 7946 0001' },
  ],
  buyers: [{ id: '21', email: 'bobby@harbour.com', name: 'Bobby' }],
}

const person = (scene: IdentityScene, record: string) => scene.client.identity.person({ identity, record })

/** Whether the links lead from every record to every other, and none is more than needed. */
function spans({ records, links }: IdentityPerson): boolean {
  let parts = records.map(({ reference }) => new Set([reference]))
  for (const link of links) {
    const touched = parts.filter((part) => link.records.some((reference) => part.has(reference)))
    if (touched.length < 2) return false
    parts = [...parts.filter((part) => !touched.includes(part)), new Set(touched.flatMap((part) => [...part]))]
  }
  return parts.length === 1
}

describe('all that is known of a person', () => {
  it('is records, links with what they rest on, systems, decisions and what was held back', async () => {
    const scene = await open(few)
    const { decision } = await scene.client.identity.decide({ identity, kind: 'link', parts: [['customers:2', 'shop/buyers:21']], reason: 'They called.' })
    const bob = await person(scene, 'sales/contacts:13')
    expect(bob).toMatchObject({
      identity,
      label: 'Bob',
      records: [{ reference: 'customers:2' }, { reference: 'sales/contacts:12' }, { reference: 'sales/contacts:13' }, { reference: 'shop/buyers:21' }],
      links: [
        { records: ['customers:2', 'shop/buyers:21'], rule: null, evidence: [], decision: decision.id },
        { records: ['customers:2', 'sales/contacts:12'], rule: 'email', evidence: [{ key: 'email', value: 'bob@harbour.com' }] },
        { records: ['customers:2', 'sales/contacts:13'], rule: 'phone', evidence: [{ key: 'phone', value: '+442079460001' }] },
      ],
      heldBack: [],
      systems: [
        { source: 'customers', kind: 'product', state: 'matched' },
        { source: 'sales/contacts', name: 'Sales CRM, contacts', state: 'ambiguous', records: ['sales/contacts:12', 'sales/contacts:13'] },
        { source: 'shop/buyers', state: 'matched', records: ['shop/buyers:21'] },
      ],
      decisions: [{ id: decision.id, kind: 'link' }],
    })
    expect(await person(scene, 'customers:1')).toMatchObject({
      links: [],
      heldBack: [{ because: 'Their loyalty differs.', records: 2 }],
      systems: [{ state: 'matched' }, { source: 'sales/contacts', state: 'ambiguous', records: [] }, { source: 'shop/buyers', state: 'unmatched' }],
    })
  })

  it('is found by the id of one who was merged into them, and keeps decisions that were taken back', async () => {
    const scene = await open(few)
    const bobby = await person(scene, 'shop/buyers:21')
    const { decision } = await scene.client.identity.decide({ identity, kind: 'link', parts: [['customers:2', 'shop/buyers:21']], reason: 'They called.' })
    const merged = await scene.client.identity.person({ identity, entity: bobby.entity })
    expect(merged).toMatchObject({ entity: (await person(scene, 'customers:2')).entity, aliases: [bobby.entity] })
    await scene.client.identity.undo({ identity, decision: decision.id, reason: 'Somebody else.' })
    expect(await scene.client.identity.person({ identity, entity: bobby.entity })).toEqual({ ...bobby, decisions: [expect.objectContaining({ id: decision.id, undone: expect.objectContaining({ reason: 'Somebody else.' }) as object })] })
  })

  it('names the one who stands for them in a system', async () => {
    const scene = await open(few)
    await scene.client.identity.decide({ identity, kind: 'survivor', parts: [['sales/contacts:13'], ['sales/contacts:12', 'sales/contacts:13']], reason: 'The newer one.' })
    expect((await person(scene, 'customers:2')).systems[1]).toMatchObject({ state: 'matched', survivor: 'sales/contacts:13' })
  })

  it('has links that lead from each record to every other, by values that they share (random people)', async () => {
    const random = seeded(21)
    const scene = await open({ customers: someRecords(100, 150, random), contacts: someRecords(200, 250, random), buyers: someRecords(300, 330, random) })
    const entities = new Set((await scene.outcome()).map(({ entity }) => entity))
    let linked = 0
    for (const entity of entities) {
      const known = await scene.client.identity.person({ identity, entity })
      expect(spans(known)).toBe(true)
      for (const { rule, evidence } of known.links) expect(evidence.map(({ key }) => key)).toEqual([rule])
      linked += known.links.length
    }
    expect(linked).toBeGreaterThan(20)
  })

  it('says so where there is nobody', async () => {
    const scene = await open(few)
    await expect(scene.client.identity.person({ identity, entity: 'e123' })).rejects.toThrow("nobody with the id 'e123'")
    await expect(person(scene, 'customers:99')).rejects.toThrow("nobody with the record 'customers:99'")
    await expect(scene.client.identity.person({ identity })).rejects.toThrow('not by both')
  })
})
