import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDuckDb } from '../../storage/duckdb.ts'
import { addBridges, BRIDGE_TABLE, bridgingValues } from '../bridging-values.ts'
import type { IdentityFact } from '../facts.ts'
import { clusterRecords } from '../clusters/cluster-records.ts'
import { identityFigures } from '../figures.ts'
import type { Figures } from '../figures.ts'
import { blockedSql, numberKeys } from '../key-columns.ts'
import { columnsOf, createKeyTables, fillKeyTables, KeyReader } from '../key-table.ts'
import { numberRules } from '../numbered-rules.ts'
import { parseRules, resolveKeys } from '../read-rules.ts'
import { Plain } from '../testing/plain-clusters.ts'
import { peopleColumns, peopleRules, randomPerson, seeded } from '../testing/random-people.ts'
import type { PersonRow } from '../testing/random-people.ts'
import { IdentityIndex } from './identity-index.ts'
import type { IndexChange, IndexedRecord, IndexRun } from './identity-index.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-identity-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** An index in memory, and how to run and read it. */
async function openIndex(rules = peopleRules) {
  const db = await openDuckDb({ tempFolder: folder, threads: 1 })
  let index = await IdentityIndex.create(db, parseRules('rules.yaml', rules), peopleColumns)
  return {
    async changeRules(text: string): Promise<void> {
      index = await IdentityIndex.rebuild(db, parseRules('rules.yaml', text), peopleColumns, index)
    },
    figures: () => index.figures(),
    async run(rows: readonly PersonRow[], change: IndexChange & { departed?: string[] }): Promise<IndexRun> {
      const columns = Object.fromEntries(['reference', 'source', ...index.columns.map((_, at) => `c${at}`)].map((name) => [name, 'text' as const]))
      const incoming = await db.createTable('incoming', columns)
      for (const { reference, source, values } of rows) incoming.add([reference, source, ...index.columns.map((column) => values[peopleColumns.indexOf(column)] ?? null)])
      incoming.finish()
      const departed = await db.createTable('departed', { reference: 'text' })
      for (const reference of change.departed ?? []) departed.add([reference])
      departed.finish()
      return index.run(change)
    },
    async read(): Promise<IndexedRecord[]> {
      const all: IndexedRecord[] = []
      for await (const record of index.outcome()) all.push(record)
      return all
    },
    async links(from: string, to: string) {
      const all = []
      for await (const link of index.links(from, to)) all.push(link)
      return all
    },
    openMerges: (limit: number, offset = 0) => index.openMerges({ limit, offset, examples: 3 }),
    close: () => db.closeInstance(),
  }
}

/** What does not depend on which entities were issued before: who is with whom, by which rule, ambiguous or not. */
function withoutIds(records: readonly IndexedRecord[]): object[] {
  const first = new Map<string, string>()
  return records.map(({ reference, entity, rule, ambiguous }) => {
    if (!first.has(entity)) first.set(entity, reference)
    return { reference, with: first.get(entity), rule, ambiguous }
  })
}

async function full(rows: readonly PersonRow[], facts: readonly IdentityFact[] = [], rules = peopleRules): Promise<{ records: object[]; figures: object }> {
  const index = await openIndex(rules)
  await index.run(rows, { complete: true, facts })
  const outcome = { records: withoutIds(await index.read()), figures: await index.figures() }
  index.close()
  return outcome
}

/** The figures of one clustering of these rows, as the clustering itself counts them. */
async function clusteredFigures(rows: readonly PersonRow[]): Promise<Figures> {
  const { definition, ...rules } = parseRules('rules.yaml', peopleRules)
  const resolved = resolveKeys({ definition, ...rules }, peopleColumns)
  const columns = columnsOf(resolved)
  const db = await openDuckDb({ tempFolder: folder, threads: 1 })
  const sorted = [...rows].sort((one, other) => (one.reference < other.reference ? -1 : 1))
  const writer = await db.createTable('record', { number: 'whole number', source: 'text', ...Object.fromEntries(columns.map((_, at) => [`c${at}`, 'text' as const])) })
  sorted.forEach(({ source, values }, number) => writer.add([number, source, ...columns.map((column) => values[peopleColumns.indexOf(column)] ?? null)]))
  writer.finish()
  await createKeyTables(db, resolved)
  const counts = await fillKeyTables(db, resolved, { table: 'record', columns })
  const keys = await numberKeys(db, resolved, { records: rows.length })
  const result = clusterRecords({ records: rows.length, keys, ...numberRules(definition) })
  await db.run(BRIDGE_TABLE)
  await addBridges(db, result.bridges, { first: 0, numberAt: (position) => position })
  const bridges = await bridgingValues(db, resolved, definition.rules.length)
  db.closeInstance()
  return identityFigures(definition, counts, result, bridges)
}

const people = (from: number, to: number, count: number, random: () => number): PersonRow[] => Array.from({ length: to - from }, (_, at) => randomPerson(from + at, count, random))

/** The same people clustered by the rules said plainly, from their raw values on. */
function plainly(rows: readonly PersonRow[]): string[] {
  const rules = parseRules('rules.yaml', peopleRules)
  const keys = resolveKeys(rules, peopleColumns)
  const readers = keys.map((key) => new KeyReader(key, peopleColumns))
  const numbers = new Map<string, number>()
  const numberOf = (value: string): number => numbers.get(value) ?? numbers.set(value, numbers.size).size - 1
  const sorted = [...rows].sort((one, other) => (one.reference < other.reference ? -1 : 1))
  const plain = new Plain({
    records: sorted.map(({ values, source }) => readers.map((reader) => reader.read(values, source).values.map(numberOf))),
    rules: numberRules(rules.definition),
    mostRecords: keys.map(({ mostRecords }) => mostRecords),
    blocked: keys.map((key) => (blockedSql(key)?.parameters ?? []).map(numberOf)),
  })
  for (const rule of numberRules(rules.definition).rules) plain.apply(rule)
  return plain.labels().map((label) => sorted[label]?.reference ?? '')
}

describe('a full run', () => {
  it.each([11, 12, 13, 14, 15, 16])('does what the rules say when they are said plainly (seed %i)', async (seed) => {
    const rows = people(0, 200, 70, seeded(seed))
    expect((await full(rows)).records.map((record) => (record as { with: string }).with)).toEqual(plainly(rows))
  })

  it.each([21, 22, 23, 24])('counts what the clustering counts (seed %i)', async (seed) => {
    const rows = people(0, 300, 90, seeded(seed))
    expect((await full(rows)).figures).toEqual(await clusteredFigures(rows))
  })
})

describe('an incremental run', () => {
  it.each([1, 2, 3, 4])('ends as a full run does, whatever came, changed and went (seed %i)', async (seed) => {
    const random = seeded(seed)
    const index = await openIndex()
    let rows = people(0, 160, 50, random)
    await index.run(rows, { complete: true })
    let facts: IdentityFact[] = []
    for (let step = 0; step < 4; step += 1) {
      const departed = rows.filter(() => random() < 0.03).map(({ reference }) => reference)
      const changed = rows.filter(({ reference }) => !departed.includes(reference) && random() < 0.05).map(({ reference }) => randomPerson(Number(reference.slice(1)), 50, random))
      const added = people(160 + step * 10, 160 + step * 10 + 6, 50, random)
      const replaced = new Set([...departed, ...changed.map(({ reference }) => reference)])
      rows = [...rows.filter(({ reference }) => !replaced.has(reference)), ...changed, ...added]
      const some = rows.filter(() => random() < 0.02).map(({ reference }) => reference).slice(0, 4)
      facts = [...facts.map((fact) => (random() < 0.4 ? { ...fact, undone: true } : fact)), { id: `f${step}`, seq: step, parts: random() < 0.5 ? [some] : some.map((reference) => [reference]) }]
      await index.run(step % 2 === 0 ? [...changed, ...added] : rows, { complete: step % 2 === 1, facts, departed })
      expect({ records: withoutIds(await index.read()), figures: await index.figures() }).toEqual(await full(rows, facts))
    }
    index.close()
  })

  it('looks again only at what a change can reach', async () => {
    const random = seeded(99)
    const index = await openIndex()
    const rows = people(0, 400, 400, random)
    await index.run(rows, { complete: true })
    expect(await index.run(rows, { complete: true })).toMatchObject({ changed: 0, gone: 0, affected: 0 })
    const loner: PersonRow = { reference: 'new', source: 'crm', values: ['C99999', null, null, null, null, null, null, null, null] }
    expect(await index.run([loner], { complete: false })).toMatchObject({ changed: 1, affected: 1 })
    index.close()
  })

  it('keeps the ids of entities, also through a link by hand and its undoing', async () => {
    const random = seeded(7)
    const index = await openIndex()
    await index.run(people(0, 120, 60, random), { complete: true })
    const before = await index.read()
    const entities = [...new Set(before.map(({ entity }) => entity))]
    const [one, other] = entities.map((id) => before.find(({ entity }) => entity === id)?.reference ?? '').slice(10, 12)
    const fact: IdentityFact = { id: 'link', seq: 1, parts: [[one ?? '', other ?? '']] }
    await index.run([], { complete: false, facts: [fact] })
    const linked = await index.read()
    expect(linked.find(({ reference }) => reference === one)?.entity).toBe(linked.find(({ reference }) => reference === other)?.entity)
    expect(entities).toContain(linked.find(({ reference }) => reference === one)?.entity)
    await index.run([], { complete: false, facts: [{ ...fact, undone: true }] })
    expect(await index.read()).toEqual(before)
    index.close()
  })

  it('goes on under other rules as a full run of those does, and keeps the ids of entities', async () => {
    const other = peopleRules.replace('  - { name: email, keys: [email], unlessDifferent: [name] }\n', '').replace('  device: { perEntity: 3, from: { column: device_id, as: device } }\n', '').replace('  - { name: device, keys: [device] }\n', '')
    const rows = people(0, 200, 60, seeded(31))
    const index = await openIndex()
    await index.run(rows, { complete: true })
    const before = await index.read()
    await index.changeRules(other)
    await index.run(rows, { complete: true })
    const after = await index.read()
    expect({ records: withoutIds(after), figures: await index.figures() }).toEqual(await full(rows, [], other))
    const members = (records: readonly IndexedRecord[]): Map<string, string> => new Map([...Map.groupBy(records, ({ entity }) => entity)].map(([entity, own]) => [own.map(({ reference }) => reference).join(' '), entity]))
    const kept = [...members(before)].filter(([own]) => members(after).has(own))
    expect(kept.length).toBeGreaterThan(10)
    expect(kept.every(([own, entity]) => members(after).get(own) === entity)).toBe(true)
    await index.changeRules(peopleRules)
    await index.run(rows, { complete: true })
    expect({ records: withoutIds(await index.read()), figures: await index.figures() }).toEqual(await full(rows))
    expect(await index.read()).toEqual(before)
    index.close()
  })

  it('names new entities after their smallest record, whatever order the rows come in', async () => {
    const rows = people(0, 150, 60, seeded(5))
    const [straight, turned] = [await openIndex(), await openIndex()]
    await straight.run(rows, { complete: true })
    await turned.run([...rows].reverse(), { complete: true })
    expect(await turned.read()).toEqual(await straight.read())
    straight.close()
    turned.close()
  })
})

describe('links between two sources', () => {
  it('are one, none or several, and say when a person must look', async () => {
    const index = await openIndex()
    const record = (reference: string, source: string, given: Record<string, string>): PersonRow => ({ reference, source, values: peopleColumns.map((column) => given[column] ?? null) })
    await index.run(
      [
        record('w1', 'warehouse', { crm_id: 'C1' }),
        record('c1', 'crm', { crm_id: 'C1' }),
        record('w2', 'warehouse', { crm_id: 'C2' }),
        record('w3', 'warehouse', { email: 'twice@harbour.com' }),
        record('c3', 'crm', { email: 'twice@harbour.com' }),
        record('c4', 'crm', { email: 'TWICE@harbour.com' }),
        record('w5', 'warehouse', { email: 'both@harbour.com' }),
        record('w6', 'warehouse', { email: 'both@harbour.com' }),
        record('c5', 'crm', { email: 'both@harbour.com' }),
        record('w7', 'warehouse', { crm_id: 'C7', email: 'shared@harbour.com' }),
        record('c7', 'crm', { crm_id: 'C8', email: 'shared@harbour.com' }),
        record('w8', 'warehouse', { email: 'office@harbour.com' }),
        record('w9', 'warehouse', { email: 'nobody', postcode: '12345' }),
        record('x1', 'warehouse', { email: 'nowhere@harbour.com' }),
        record('x2', 'warehouse', { email: 'nowhere@harbour.com' }),
      ],
      { complete: true },
    )
    const links = async () => (await index.links('warehouse', 'crm')).map(({ reference, state, because, targets, target }) => [reference, state, because, targets.join(' '), target])
    const before = [
      ['w1', 'matched', undefined, 'c1', 'c1'],
      ['w2', 'unmatched', undefined, '', undefined],
      ['w3', 'ambiguous', 'several there', 'c3 c4', undefined],
      ['w5', 'ambiguous', 'several here', 'c5', undefined],
      ['w6', 'ambiguous', 'several here', 'c5', undefined],
      ['w7', 'ambiguous', 'held back', '', undefined],
      // Blocked, and nobody there has it either.
      ['w8', 'unmatched', undefined, '', undefined],
      ['w9', 'invalid', undefined, '', undefined],
      // One entity: each of them would make a record of it.
      ['x1', 'ambiguous', 'several here', '', undefined],
      ['x2', 'ambiguous', 'several here', '', undefined],
    ]
    expect(await links()).toEqual(before)
    const survivors = [
      { seq: 1, chosen: 'c4', among: ['c3', 'c4'] },
      { seq: 2, chosen: 'w6', among: ['w5', 'w6'] },
      { seq: 3, chosen: 'x1', among: ['x1', 'x2'] },
    ]
    await index.run([], { complete: false, survivors })
    expect(await links()).toEqual(before.map((link) => (link[0] === 'w3' ? ['w3', 'matched', undefined, 'c3 c4', 'c4'] : link[0] === 'w6' ? ['w6', 'matched', undefined, 'c5', 'c5'] : link[0] === 'x1' ? ['x1', 'unmatched', undefined, '', undefined] : link)))
    // One more there, whom nobody looked at when the choice was made.
    await index.run([record('c9', 'crm', { email: 'twice@harbour.com' })], { complete: false, survivors })
    expect((await links()).find(([reference]) => reference === 'w3')).toEqual(['w3', 'ambiguous', 'several there', 'c3 c4 c9', undefined])
    await index.run([], { complete: false, survivors: [...survivors, { seq: 4, chosen: 'c9', among: ['c3', 'c4', 'c9'] }] })
    expect((await links()).find(([reference]) => reference === 'w3')).toEqual(['w3', 'matched', undefined, 'c3 c4 c9', 'c9'])
    index.close()
  })
})

describe('the queue of refused merges', () => {
  it('names each once, with its reason and its first records', async () => {
    const index = await openIndex()
    const record = (reference: string, given: Record<string, string>): PersonRow => ({ reference, source: 'crm', values: peopleColumns.map((column) => given[column] ?? null) })
    await index.run(
      [
        ...[1, 2, 3].map((at) => record(`o${at}`, { email: 'office@harbour.com' })),
        ...[1, 2, 3, 4, 5, 6].map((at) => record(`m${at}`, { email: 'many@harbour.com' })),
        record('a', { crm_id: 'C1', email: 'ann.lee@gmail.com' }),
        record('b', { crm_id: 'C2', email: 'annlee+x@gmail.com' }),
      ],
      { complete: true },
    )
    const { total, merges } = await index.openMerges(10)
    expect(total).toBe(3)
    expect(merges.map(({ reason, key, records, references }) => [reason, key, records, references.join(' ')])).toEqual([
      ['too many records', undefined, 6, 'm1 m2 m3'],
      ['blocked value', undefined, 3, 'o1 o2 o3'],
      ['strong keys differ', 0, 2, 'a b'],
    ])
    expect((await index.openMerges(1, 2)).merges.map(({ reason }) => reason)).toEqual(['strong keys differ'])
    expect((await index.read()).every(({ ambiguous }) => ambiguous)).toBe(true)
    index.close()
  })
})
