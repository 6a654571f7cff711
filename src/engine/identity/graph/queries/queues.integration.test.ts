import { afterEach, describe, expect, it } from 'vitest'
import type { QueueItem, QueueKind } from '../../../../contract/shapes.ts'
import { identityText } from '../../../testing/identity-scene.ts'
import type { IdentityScene } from '../../../testing/identity-scene.ts'
import { ranScenes } from '../../../testing/ran-scenes.ts'
import { someRecords } from '../../../testing/scene-records.ts'
import { sha256Hex } from '../../../values/hash.ts'
import { seeded } from '../../testing/random-people.ts'

const identity = 'people'
const open = ranScenes(afterEach)

/** Ann, whose loyalty id differs in the CRM; Bob, who is there twice; Cid, who is nowhere else; somebody without a key. */
const few = {
  customers: [
    { id: '1', email: 'ann@harbour.com', loyalty: 'L1', name: 'Ann' },
    { id: '2', email: 'bob@harbour.com', phone: '020 7946 0001', name: 'Bob' },
    { id: '3', email: 'cid@harbour.com', name: 'Cid Émile' },
    { id: '4', name: 'Keyless' },
  ],
  contacts: [
    { id: '11', email: 'ANN@harbour.com', loyalty: 'L9', name: 'Ann Lee' },
    { id: '12', email: 'bob@harbour.com', name: 'Bob Ray' },
    { id: '13', phone: '+44 20 7946 0001', name: 'B. Ray' },
  ],
  buyers: [{ id: '21', email: 'bob@harbour.com', name: 'Bob' }],
}

const queue = (scene: IdentityScene, kind: QueueKind, more: { source?: string; search?: string; offset?: number; limit?: number } = {}) => scene.client.identity.queue({ identity, kind, ...more })
const shown = (items: readonly QueueItem[]): string[][] => items.map((item) => item.shown.map(({ reference }) => reference))

describe('the queue of what is ambiguous', () => {
  it('shows who was held back, why, and by what they agree', async () => {
    const scene = await open(few)
    const { total, items } = await queue(scene, 'ambiguous')
    expect(total).toBe(1)
    expect(items[0]).toMatchObject({ kind: 'ambiguous', rule: 'email', because: 'Their loyalty differs.', evidence: [{ key: 'email', value: 'ann@harbour.com' }], records: 2 })
    expect(items[0]?.shown[1]).toEqual({
      reference: 'sales/contacts:11',
      source: 'sales/contacts',
      sourceName: 'Sales CRM, contacts',
      id: '11',
      label: 'Ann Lee',
      values: [
        { column: 'loyalty', value: 'L9', keys: ['loyalty'] },
        { column: 'email', value: 'ANN@harbour.com', keys: ['email'] },
        { column: 'phone', value: null, keys: ['phone'] },
      ],
      entity: expect.stringMatching(/^e[0-9a-f]{20}$/) as string,
      ambiguous: true,
    })
  })

  it('says a key that is hashed somewhere as people read it, where some record does', async () => {
    const hash = sha256Hex('ann@harbour.com')
    const text = identityText.replace('{ column: email, as: email }', '[{ column: email, as: email }, { column: name, as: hashed email }]').replace('strong: true, ', '').replace('phone: {', 'phone: { strong: true,')
    const phones = ['020 7946 0001', '020 7946 0009']
    const scene = await open({ customers: [{ id: '1', email: 'Ann@harbour.com', phone: phones[0] ?? '' }], contacts: [{ id: '11', name: hash, phone: phones[1] ?? '' }] }, text)
    expect((await queue(scene, 'ambiguous')).items).toMatchObject([{ because: 'Their phone differs.', evidence: [{ key: 'email', value: 'ann@harbour.com' }] }])
    await scene.put('customers', [{ id: '1', name: hash.toUpperCase(), phone: phones[0] ?? '' }])
    await scene.run()
    expect((await queue(scene, 'ambiguous')).items).toMatchObject([{ evidence: [{ key: 'email', value: hash }] }])
  })

  it('is done with a merge once people linked it or said that it never is, and has it back when that is undone', async () => {
    const scene = await open(few)
    const parts = { link: [['customers:1', 'sales/contacts:11']], 'never the same': [['customers:1'], ['sales/contacts:11']] }
    const before = await queue(scene, 'ambiguous')
    for (const kind of ['link', 'never the same'] as const) {
      const { decision } = await scene.client.identity.decide({ identity, kind, parts: parts[kind], reason: 'They called.' })
      expect(await queue(scene, 'ambiguous')).toEqual({ total: 0, items: [] })
      await scene.run()
      expect(await queue(scene, 'ambiguous')).toEqual({ total: 0, items: [] })
      await scene.client.identity.undo({ identity, decision: decision.id, reason: 'It was wrong.' })
      expect(await queue(scene, 'ambiguous')).toEqual(before)
    }
  })

  it('keeps asking about who came later to those that are never the same', async () => {
    const scene = await open(few)
    await scene.client.identity.decide({ identity, kind: 'never the same', parts: [['customers:1'], ['sales/contacts:11']], reason: 'They called.' })
    await scene.put('buyers', [{ id: '22', email: 'ann@harbour.com' }])
    await scene.run()
    expect((await queue(scene, 'ambiguous')).items).toMatchObject([{ because: 'Somebody decided that some of them are never the same; whose the others are is open.', records: 3 }])
  })

  it('puts values that many share behind people, and shows some of each', async () => {
    const shared = Array.from({ length: 15 }, (_, at) => ({ id: String(100 + at), email: 'office@harbour.com' }))
    const scene = await open({ ...few, customers: [...few.customers, ...shared] })
    const { items } = await queue(scene, 'ambiguous')
    expect(items).toMatchObject([
      { because: 'Their loyalty differs.', records: 2 },
      { because: 'What they share is on more records than one person has: 15 of these alone.', evidence: [{ key: 'email', value: 'office@harbour.com' }], records: 15 },
    ])
    expect(items.map((item) => item.shown.length)).toEqual([2, 12])
  })

  it('comes in pages, by source and by search, those that most wait for first (random people)', async () => {
    const random = seeded(9)
    const scene = await open({ customers: someRecords(100, 170, random), contacts: someRecords(200, 270, random), buyers: someRecords(300, 340, random) })
    const all = await queue(scene, 'ambiguous', { limit: 200 })
    expect(all.total).toBeGreaterThan(2)
    expect(all.items).toHaveLength(all.total)
    expect(new Set(all.items.map(({ id }) => id)).size).toBe(all.total)
    const pages = []
    for (let offset = 0; offset < all.total; offset += 2) pages.push(...(await queue(scene, 'ambiguous', { offset, limit: 2 })).items)
    expect(pages).toEqual(all.items)
    const counts = all.items.flatMap((item) => (item.kind === 'ambiguous' && !item.because.startsWith('What') ? [item.records] : []))
    expect(counts).toEqual([...counts].sort((one, other) => other - one))
    const inShop = await queue(scene, 'ambiguous', { source: 'shop/buyers', limit: 200 })
    expect(shown(inShop.items)).toEqual(shown(all.items).filter((references) => references.some((reference) => reference.startsWith('shop/'))))
    const [first] = all.items
    const found = await queue(scene, 'ambiguous', { search: first?.shown[0]?.reference ?? '', limit: 200 })
    expect(found.items.map(({ id }) => id)).toContain(first?.id)
    const overview = await scene.client.identity.overview({ identity })
    expect(overview.queues).toMatchObject({ ambiguous: all.total, duplicates: (await queue(scene, 'duplicates')).total, unmatched: (await queue(scene, 'unmatched')).total })
  })
})

describe('the other queues', () => {
  it('duplicates: several of one system, until one stands for them', async () => {
    const scene = await open(few)
    const { items, total } = await queue(scene, 'duplicates', { source: 'sales/contacts' })
    expect({ total, items }).toMatchObject({ total: 1, items: [{ kind: 'duplicates', source: 'sales/contacts', sourceName: 'Sales CRM, contacts', records: 2 }] })
    expect(shown(items)).toEqual([['sales/contacts:12', 'sales/contacts:13']])
    expect((await queue(scene, 'duplicates', { source: 'customers' })).total).toBe(0)
    expect([(await queue(scene, 'duplicates', { search: 'b. ray' })).total, (await queue(scene, 'duplicates', { search: 'ann' })).total]).toEqual([1, 0])
    await scene.client.identity.decide({ identity, kind: 'survivor', parts: [['sales/contacts:12'], ['sales/contacts:12', 'sales/contacts:13']], reason: 'The newer one.' })
    expect((await queue(scene, 'duplicates')).total).toBe(0)
  })

  it('unmatched: rows without a record in a system, and those without a key last', async () => {
    const scene = await open(few)
    const lines = async (source: string) => (await queue(scene, 'unmatched', { source })).items.map((item) => (item.kind === 'unmatched' ? [item.shown[0]?.reference, item.to, item.because] : []))
    expect(await lines('sales/contacts')).toEqual([['customers:3', 'sales/contacts', 'no record there'], ['customers:4', 'sales/contacts', 'no usable key']])
    expect(await lines('shop/buyers')).toEqual([['customers:1', 'shop/buyers', 'no record there'], ['customers:3', 'shop/buyers', 'no record there'], ['customers:4', 'shop/buyers', 'no usable key']])
    expect(await queue(scene, 'unmatched', { offset: 1, limit: 2 })).toMatchObject({ total: 5, items: [{ kind: 'unmatched' }, { kind: 'unmatched' }] })
    expect((await queue(scene, 'unmatched', { search: 'cid' })).total).toBe(2)
  })

  it('to fix: corrections that wait, gone once made or taken back', async () => {
    const scene = await open(few)
    const { decision } = await scene.client.identity.decide({ identity, kind: 'fix at source', parts: [['sales/contacts:11']], column: 'loyalty', reason: 'A typing error.' })
    await scene.client.identity.decide({ identity, kind: 'fix at source', parts: [['customers:3']], column: 'email', reason: 'It bounced.' })
    expect(await queue(scene, 'to fix')).toMatchObject({ total: 2, items: [{ id: decision.id, column: 'loyalty', reason: 'A typing error.', shown: [{ reference: 'sales/contacts:11' }] }, { column: 'email' }] })
    expect(await queue(scene, 'to fix', { source: 'customers' })).toMatchObject({ total: 1 })
    expect((await scene.client.identity.overview({ identity })).queues.toFix).toBe(2)
    await scene.put('customers', [{ id: '3', email: 'cid@example.com', name: 'Cid' }])
    await scene.run()
    expect(await queue(scene, 'to fix')).toMatchObject({ total: 1, items: [{ id: decision.id }] })
    expect((await scene.client.identity.overview({ identity })).queues.toFix).toBe(1)
    await scene.client.identity.undo({ identity, decision: decision.id, reason: 'It was right.' })
    expect((await queue(scene, 'to fix')).total).toBe(0)
  })

  it('says which sources there are when one is named that is not', async () => {
    const scene = await open(few)
    await expect(queue(scene, 'duplicates', { source: 'crm/people' })).rejects.toMatchObject({ message: "These rules have no source 'crm/people'.", data: { field: 'source', next: 'Name one of: customers, sales/contacts, shop/buyers.' } })
  })
})

describe('finding records', () => {
  it('by the beginning of a label or a word of it, an id, a reference, a value as read or as compared', async () => {
    const scene = await open(few)
    const found = async (text: string) => (await scene.client.identity.find({ identity, text })).map(({ reference }) => reference)
    for (const [text, references] of [
      ['ann', ['customers:1', 'sales/contacts:11']],
      ['RAY', ['sales/contacts:13', 'sales/contacts:12']],
      ['emile', ['customers:3']],
      ['12', ['sales/contacts:12']],
      ['sales/contacts:13', ['sales/contacts:13']],
      ['+442079', ['sales/contacts:13', 'customers:2']],
      ['020 79', ['customers:2']],
      ["o'", []],
      ['%', []],
    ] as const) {
      expect([text, await found(text)]).toEqual([text, references])
    }
    expect(await scene.client.identity.find({ identity, text: 'ann', limit: 1 })).toHaveLength(1)
  })
})
