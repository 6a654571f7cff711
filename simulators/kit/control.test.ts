import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createCrm } from '../crm/simulator.ts'
import { CONTACTS, crmSeed } from '../crm/testing.ts'
import { at, listAt, startForTest } from './testing.ts'
import type { TestSimulator } from './testing.ts'

let crm: TestSimulator

beforeEach(async () => {
  crm = await startForTest(createCrm, crmSeed)
})

afterEach(() => crm.close())

const person = { kind: 'person', name: 'Dana Fox' }
const records = async (query = '') => (await crm.control('GET', `records?object=contacts${query}`)).body
const edit = (body: unknown) => crm.control('POST', 'edit', body)

describe('records', () => {
  it('tells keys, fields, history and pages by id', async () => {
    const first = await records('&limit=2')
    expect(at(first, 'next')).toBe('102')
    expect(at(first, 'records', 0)).toMatchObject({
      id: '101',
      keys: { email: 'ann@example.com', customer_id: 'C1' },
      fields: { tier: 'gold', churn_risk: '0.5' },
      deleted: false,
      mergedInto: null,
      updatedAt: '2026-02-01T00:00:00.000Z',
    })
    expect(listAt(first, 'records', 0, 'history', 'tier').map((change) => at(change, 'actor', 'kind'))).toEqual(['integration', 'person'])
    const second = await records('&limit=2&after=102')
    expect(listAt(second, 'records').map((record) => at(record, 'id'))).toEqual(['103'])
    expect(at(second, 'next')).toBeNull()
  })

  it('shows what the API wrote at once', async () => {
    await crm.call('POST', `${CONTACTS}/batch/update`, { inputs: [{ id: '103', properties: { tier: 'silver' } }] })
    expect(at(await records('&after=102'), 'records', 0)).toMatchObject({
      fields: { tier: 'silver' },
      history: { tier: [{ value: 'silver', actor: { kind: 'integration', name: 'Lockstep' } }] },
    })
  })
})

describe('edits', () => {
  it('sets and clears a field as a person, found by key', async () => {
    const set = await edit({ op: 'set', object: 'contacts', key: 'C1', field: 'phone', value: '+44', actor: person })
    expect(at(set.body, 'record', 'history', 'phone', 0, 'actor')).toEqual(person)
    const cleared = await edit({ op: 'clear', object: 'contacts', key: { email: 'ann@example.com' }, field: 'phone', actor: person })
    expect(at(cleared.body, 'record', 'fields', 'phone')).toBeUndefined()
    expect(at(cleared.body, 'record', 'history', 'phone', 1, 'value')).toBeNull()
  })

  it('begins with records that were merged before, whose address leads to the other', async () => {
    const merging = await startForTest(createCrm, [
      { object: 'contacts', id: '201', fields: { email: 'old@example.com' }, at: '2026-01-01T00:00:00Z', mergedInto: '202' },
      { object: 'contacts', id: '202', fields: { email: 'new@example.com', tier: 'gold' }, at: '2026-01-01T00:00:00Z' },
    ])
    const { body } = await merging.call('GET', '/_sim/records?object=contacts')
    expect(at(body, 'records')).toMatchObject([{ id: '201', deleted: true, mergedInto: '202' }, { id: '202', deleted: false, mergedInto: null }])
    const read = await merging.call('POST', '/crm/v3/objects/contacts/batch/read', { idProperty: 'email', properties: ['tier'], inputs: [{ id: 'old@example.com' }] })
    expect(at(read.body, 'results')).toMatchObject([{ id: '202' }])
    await merging.close()
  })

  it('takes an address as the key of somebody new, and fields as one value', async () => {
    const made = await edit({ op: 'create', object: 'contacts', key: 'gil@example.com', value: { firstname: 'Gil' }, actor: person })
    expect(at(made.body, 'record', 'keys')).toEqual({ email: 'gil@example.com' })
    expect(at(made.body, 'record', 'fields')).toEqual({ email: 'gil@example.com', firstname: 'Gil' })
  })

  it('creates, deletes and merges', async () => {
    const created = await edit({ op: 'create', object: 'contacts', fields: { email: 'eve@example.com', customer_id: 'C8', phone: '+1' }, actor: person })
    const id = at(created.body, 'record', 'id')
    const byKey = await edit({ op: 'create', object: 'contacts', key: 'C7', field: 'email', value: 'fay@example.com', actor: person })
    expect(at(byKey.body, 'record', 'keys')).toEqual({ customer_id: 'C7', email: 'fay@example.com' })
    const merged = await edit({ op: 'merge', object: 'contacts', key: 'C8', into: '103', actor: person })
    expect(at(merged.body, 'record')).toMatchObject({ id: '103', fields: { email: 'cleo@example.com', phone: '+1', customer_id: 'C8' } })
    await edit({ op: 'delete', object: 'contacts', id: '101', actor: person })
    const all = listAt(await records(), 'records')
    expect(all.find((record) => at(record, 'id') === id)).toMatchObject({ deleted: true, mergedInto: '103' })
    expect(all[0]).toMatchObject({ id: '101', deleted: true, mergedInto: null })
  })

  it('takes a list and applies it in order', async () => {
    const answer = await edit([
      { op: 'set', object: 'contacts', id: '101', field: 'tier', value: 'bronze', actor: { kind: 'workflow', name: 'Rule' } },
      { op: 'set', object: 'contacts', id: '101', field: 'tier', value: 'silver', actor: { kind: 'integration', name: 'Billing' } },
    ])
    expect(at(answer.body, 'records', 1, 'fields', 'tier')).toBe('silver')
    const read = await crm.call('GET', `${CONTACTS}/101?propertiesWithHistory=tier`)
    const sources = listAt(read.body, 'propertiesWithHistory', 'tier').map((entry) => at(entry, 'sourceType'))
    expect(sources.slice(0, 2)).toEqual(['INTEGRATION', 'AUTOMATION_PLATFORM'])
  })

  it.each([
    ['an unknown record', { op: 'set', object: 'contacts', id: '9', field: 'tier', value: 'gold' }, 'No record'],
    ['an unknown field', { op: 'set', object: 'contacts', id: '101', field: 'shoe', value: '9' }, 'no field shoe'],
    ['an impossible value', { op: 'set', object: 'contacts', id: '101', field: 'tier', value: 'tin' }, 'allowed options'],
    ['an unknown object', { op: 'set', object: 'deals', id: '1', field: 'tier', value: 'gold' }, 'No object'],
    ['a taken key', { op: 'create', object: 'contacts', fields: { customer_id: 'C1' } }, 'already'],
    ['an unknown op', { op: 'sing', object: 'contacts', id: '101' }, 'Unknown op'],
  ])('says so for %s', async (_case, body, message) => {
    const answer = await edit(body)
    expect(answer.status).toBe(400)
    expect(at(answer.body, 'error')).toContain(message)
  })
})

describe('log and reset', () => {
  it('tells each vendor request with its rows and status', async () => {
    await crm.call('POST', `${CONTACTS}/batch/read`, { inputs: [{ id: '101' }, { id: '999' }], properties: [] })
    await crm.call('GET', `${CONTACTS}/101?properties=tier`)
    await records()
    const log = await crm.control('GET', 'log')
    expect(listAt(log.body, 'entries')).toMatchObject([
      { method: 'POST', path: `${CONTACTS}/batch/read`, rows: 2, status: 207 },
      { method: 'GET', path: `${CONTACTS}/101`, query: 'properties=tier', rows: 0, status: 200 },
    ])
    expect(listAt((await crm.control('GET', 'log?after=1')).body, 'entries')).toHaveLength(1)
  })

  it('goes back to the seed', async () => {
    const before = await records()
    await crm.call('POST', `${CONTACTS}/batch/create`, { inputs: [{ properties: { email: 'x@example.com' } }] })
    await edit({ op: 'merge', object: 'contacts', id: '103', into: '101', actor: person })
    await crm.control('POST', 'faults', [{ match: { path: '/crm' }, times: 9, do: { kind: 'status', status: 500 } }])
    await crm.control('POST', 'reset')
    expect(await records()).toEqual(before)
    expect((await crm.call('GET', `${CONTACTS}/103`)).status).toBe(200)
    expect(listAt((await crm.control('GET', 'log')).body, 'entries')).toHaveLength(1)
  })

  it('answers only to loopback names', async () => {
    const { request } = await import('node:http')
    const status = await new Promise((resolve) => {
      request(`${crm.url}/_sim/records`, { headers: { host: 'evil.example' } }, (response) => resolve(response.resume().statusCode)).end()
    })
    expect(status).toBe(403)
  })
})
