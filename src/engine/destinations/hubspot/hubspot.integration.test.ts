import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator } from '../../../../simulators/testing/start-simulator.ts'
import type { StartedSimulator } from '../../../../simulators/testing/start-simulator.ts'
import { connectTo } from '../../testing/connect-to.ts'
import { systemClock } from '../../../platform/clock.ts'
import { createHttp } from '../../../platform/http.ts'
import type { Connection } from '../connect.ts'
import type { ReadRecord, WriteRow } from '../destination.ts'

let simulator: StartedSimulator
let crm: Connection
const http = createHttp()

beforeAll(async () => {
  simulator = await startSimulator('crm', { limits: { searchTotal: 400 } })
  crm = await connectTo({ simulator: 'crm', destination: 'hubspot', url: simulator.url, token: simulator.token, http, clock: systemClock, limits: { searchTotal: 400 } })
})
afterEach(() => simulator.reset())
afterAll(async () => {
  await http.close()
  await simulator.stop()
})

const fields = ['email', 'tier', 'lifetime_value']

async function create(field: string, ...rows: Record<string, string>[]): Promise<string[]> {
  const answer = await crm.write({ object: 'contacts', operation: 'create', rows: rows.map((values, position) => row(position, field, values)) })
  if (answer.kind !== 'rows') throw new Error(`not written: ${JSON.stringify(answer)}`)
  return answer.rows.map((one) => (one.outcome === 'delivered' ? (one.id ?? '') : `rejected: ${one.refusal.code}`))
}

function row(position: number, field: string, values: Record<string, string>, id?: string): WriteRow {
  return { position, traceId: `trace ${position}`, key: { field, value: values[field] ?? '' }, fields: values, ...(id ? { id } : {}) }
}

function byId(values: string[], more: { history?: boolean } = {}): Promise<ReadRecord[]> {
  return crm.read({ object: 'contacts', fields, by: { kind: 'id', values }, ...more })
}

describe('what the CRM says about itself', () => {
  it('names types, options, lengths and what cannot be written', async () => {
    const contacts = await crm.object('contacts')
    const field = (name: string) => contacts.fields.find((one) => one.name === name)
    expect(contacts.matchFields).toEqual(expect.arrayContaining(['email', 'customer_id']))
    expect(field('email')).toMatchObject({ type: 'string', unique: true, folds: 'email' })
    expect(field('tier')?.options?.map(({ value }) => value)).toEqual(['bronze', 'silver', 'gold', 'platinum'])
    expect(field('next_best_offer')).toMatchObject({ maxLength: 60 })
    expect(field('createdate')).toMatchObject({ type: 'instant', access: 'read only' })
    expect(await crm.check()).toEqual({ account: expect.stringContaining('48213377') as string })
  })
})

describe('reading', () => {
  it('finds by unique key whatever the case of an address, and says which key found what', async () => {
    const [id] = await create('email', { email: 'Ana@Example.com', tier: 'gold' })
    const found = await crm.read({ object: 'contacts', fields, by: { kind: 'key', field: 'email', values: ['nobody@example.com', 'ANA@example.com'] } })
    expect(found).toMatchObject([{ id, requestedKey: 'ANA@example.com', fields: { email: 'ana@example.com', tier: 'gold', lifetime_value: null } }])
  })

  it('says who changed each field: us, a person, a workflow, an import', async () => {
    const [id = ''] = await create('email', { email: 'ana@example.com', tier: 'gold', lifetime_value: '10' })
    const ours = await byId([id], { history: true })
    expect(ours[0]?.editors).toMatchObject({ tier: { kind: 'us', name: 'Lockstep' } })
    await simulator.edit({ op: 'set', object: 'contacts', id, field: 'tier', value: 'silver', actor: { kind: 'person', name: 'Jo Park' } })
    await simulator.edit({ op: 'set', object: 'contacts', id, field: 'lifetime_value', value: '11', actor: { kind: 'workflow', name: 'Scoring' } })
    const theirs = await byId([id], { history: true })
    expect(theirs[0]?.editors).toMatchObject({ tier: { kind: 'person', name: 'Jo Park' }, lifetime_value: { kind: 'other system', name: 'Workflow Scoring' } })
  })

  it('follows merges and tells archived records', async () => {
    const [winner = '', loser = '', archived = ''] = await create('email', { email: 'a@example.com' }, { email: 'b@example.com' }, { email: 'c@example.com' })
    await simulator.edit({ op: 'merge', object: 'contacts', id: loser, into: winner, actor: { kind: 'person', name: 'Jo Park' } })
    await crm.write({ object: 'contacts', operation: 'archive', rows: [{ position: 0, traceId: 'r', id: archived, key: { field: '', value: '' }, fields: {} }] })
    const found = await byId([loser, archived, winner, '999'])
    expect(found.map(({ id, mergedFrom, deleted }) => ({ id, mergedFrom, deleted }))).toEqual([
      { id: winner, mergedFrom: undefined, deleted: undefined },
      { id: winner, mergedFrom: loser, deleted: undefined },
      { id: archived, mergedFrom: undefined, deleted: true },
    ])
    const byAddress = await crm.read({ object: 'contacts', fields, by: { kind: 'key', field: 'email', values: ['b@example.com', 'c@example.com'] } })
    expect(byAddress.map(({ id, requestedKey }) => ({ id, requestedKey }))).toEqual([{ id: winner, requestedKey: 'b@example.com' }])
  })
})

describe('writing', () => {
  it('gives each row its own answer, although the CRM answers in an order of its own', async () => {
    const ids = await create('email', { email: 'a@example.com' }, { email: 'b@example.com' })
    await simulator.edit({ op: 'delete', object: 'contacts', id: ids[1], actor: { kind: 'person', name: 'Jo Park' } })
    const rows = [row(0, 'email', { tier: 'gold' }, ids[0]), row(1, 'email', { tier: 'gold' }, ids[1]), row(2, 'email', { lifetime_value: '' }, '999')]
    const answer = await crm.write({ object: 'contacts', operation: 'update', rows })
    expect(answer).toMatchObject({
      kind: 'rows',
      rows: [
        { position: 0, outcome: 'delivered', id: ids[0] },
        { position: 1, outcome: 'rejected', refusal: { code: 'not-there' } },
        { position: 2, outcome: 'rejected', refusal: { code: 'not-there' } },
      ],
    })
  })

  it('does not overwrite a record that somebody made with the same key meanwhile', async () => {
    await create('email', { email: 'a@example.com', tier: 'silver' })
    expect(await create('email', { email: 'a@example.com', tier: 'gold' }, { email: 'b@example.com' })).toEqual(['rejected: already-there', expect.any(String)])
    const [record] = await simulator.records('contacts')
    expect(record?.fields).toMatchObject({ tier: 'silver' })
  })

  it('reports a batch that is refused as a whole, with the field', async () => {
    const [id] = await create('email', { email: 'a@example.com' })
    const answer = await crm.write({ object: 'contacts', operation: 'update', rows: [row(0, 'email', { tier: 'diamond' }, id)] })
    expect(answer).toMatchObject({ kind: 'refused', refusal: { code: 'not-in-list', field: 'tier', retryable: false } })
  })
})

describe('what changed since', () => {
  it('is found page by page beyond the cap of a search, also when one instant holds more than the cap', async () => {
    const many = Array.from({ length: 450 }, (_, index) => ({ op: 'create', object: 'contacts', field: 'email', value: `p${index}@example.com`, actor: { kind: 'import', name: 'Old system' } }))
    await simulator.edit(many)
    await new Promise((resolve) => setTimeout(resolve, 60))
    const seen = new Set<string>()
    let cursor: string | undefined
    do {
      const page = await crm.list({ object: 'contacts', fields, changedSince: '2020-01-01T00:00:00Z', ...(cursor ? { cursor } : {}) })
      for (const { id } of page.records) seen.add(id)
      cursor = page.next
    } while (cursor)
    expect(seen.size).toBe(450)
  })
})
