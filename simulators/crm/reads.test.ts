import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { at, listAt, pause, startForTest } from '../kit/testing.ts'
import type { TestSimulator } from '../kit/testing.ts'
import { createCrm } from './simulator.ts'
import { CONTACTS, crmSeed, readContact } from './testing.ts'

let crm: TestSimulator

beforeEach(async () => {
  crm = await startForTest(createCrm, crmSeed)
})

afterEach(() => crm.close())

const search = (body: unknown) => crm.call('POST', `${CONTACTS}/search`, body)
const filter = (propertyName: string, operator: string, more: object = {}) => ({ filterGroups: [{ filters: [{ propertyName, operator, ...more }] }] })
const ids = (body: unknown) => listAt(body, 'results').map((result) => at(result, 'id'))

describe('search', () => {
  it.each([
    ['EQ on an enumeration', filter('tier', 'EQ', { value: 'gold' }), ['101', '102']],
    ['NOT_HAS_PROPERTY', filter('tier', 'NOT_HAS_PROPERTY'), ['103']],
    ['GT on a number', filter('churn_risk', 'GT', { value: '0.4' }), ['101']],
    ['IN on a key', filter('customer_id', 'IN', { values: ['C2', 'C9'] }), ['102']],
    ['BETWEEN on instants', filter('createdate', 'BETWEEN', { value: '2025-11-30', highValue: '2025-12-02' }), ['101', '102', '103']],
    ['a changed-since filter', filter('hs_lastmodifieddate', 'GTE', { value: String(Date.parse('2026-01-15')) }), ['101']],
    ['a query', { query: 'cleo' }, ['103']],
  ])('finds by %s', async (_case, body, expected) => {
    expect(ids((await search(body)).body)).toEqual(expected)
  })

  it('sorts and pages', async () => {
    const sorts = [{ propertyName: 'email', direction: 'DESCENDING' }]
    const first = await search({ sorts, limit: 2 })
    expect(ids(first.body)).toEqual(['103', '102'])
    expect(at(first.body, 'total')).toBe(3)
    const second = await search({ sorts, limit: 2, after: at(first.body, 'paging', 'next', 'after') })
    expect(ids(second.body)).toEqual(['101'])
    expect(at(second.body, 'paging')).toBeUndefined()
  })

  it('refuses more than 200 a page and pages beyond 10,000', async () => {
    expect((await search({ limit: 201 })).status).toBe(400)
    expect((await search({ limit: 100, after: '9950' })).status).toBe(400)
    expect((await search({ limit: 100, after: '9900' })).status).toBe(200)
  })

  it('sees a write later than a read by id does', async () => {
    await crm.close()
    crm = await startForTest(createCrm, crmSeed, { limits: { searchDelay: 30_000 } })
    await crm.call('POST', `${CONTACTS}/batch/update`, { inputs: [{ id: '101', properties: { tier: 'silver' } }] })
    await crm.call('POST', `${CONTACTS}/batch/create`, { inputs: [{ properties: { email: 'new@example.com', tier: 'silver' } }] })
    expect(await readContact(crm, '101', ['tier'])).toMatchObject({ properties: { tier: 'silver' } })
    expect(at((await search(filter('tier', 'EQ', { value: 'silver' }))).body, 'total')).toBe(0)
    expect(ids((await search(filter('tier', 'EQ', { value: 'gold' }))).body)).toEqual(['101', '102'])
    await pause(350)
    expect(at((await search(filter('tier', 'EQ', { value: 'silver' }))).body, 'total')).toBe(2)
  })
})

describe('list and single reads', () => {
  it('pages through all records that are not archived', async () => {
    await crm.call('DELETE', `${CONTACTS}/102`)
    const first = await crm.call('GET', `${CONTACTS}?limit=1&properties=email`)
    expect(ids(first.body)).toEqual(['101'])
    const second = await crm.call('GET', `${CONTACTS}?limit=5&properties=email&after=${String(at(first.body, 'paging', 'next', 'after'))}`)
    expect(ids(second.body)).toEqual(['103'])
    expect(at(second.body, 'paging')).toBeUndefined()
    expect((await crm.call('GET', `${CONTACTS}?limit=101`)).status).toBe(400)
  })

  it('reads one by id or unique property, and answers 404 otherwise', async () => {
    expect(at((await crm.call('GET', `${CONTACTS}/C2?idProperty=customer_id&properties=email`)).body, 'id')).toBe('102')
    const missing = await crm.call('GET', `${CONTACTS}/999`)
    expect(missing.status).toBe(404)
    expect(at(missing.body, 'category')).toBe('OBJECT_NOT_FOUND')
  })

  it('updates one', async () => {
    expect((await crm.call('PATCH', `${CONTACTS}/103`, { properties: { tier: 'gold' } })).status).toBe(200)
    expect((await crm.call('PATCH', `${CONTACTS}/103`, { properties: { tier: 'tin' } })).status).toBe(400)
    expect(await readContact(crm, '103', ['tier'])).toMatchObject({ properties: { tier: 'gold' } })
  })
})

describe('properties', () => {
  it('describes types, options, uniqueness and what is read only', async () => {
    const answer = await crm.call('GET', '/crm/v3/properties/contacts')
    const properties = new Map(listAt(answer.body, 'results').map((property) => [at(property, 'name'), property]))
    expect(at(properties.get('customer_id'), 'hasUniqueValue')).toBe(true)
    expect(listAt(properties.get('tier'), 'options').map((option) => at(option, 'value'))).toEqual(['bronze', 'silver', 'gold', 'platinum'])
    expect(at(properties.get('createdate'), 'modificationMetadata', 'readOnlyValue')).toBe(true)
    expect(at(properties.get('churn_risk'), 'type')).toBe('number')
    expect((await crm.call('GET', '/crm/v3/properties/deals')).status).toBe(404)
    expect(at((await crm.call('GET', '/crm/v3/properties/contacts/tier')).body, 'label')).toBe('Tier')
  })

  it('tells greatest lengths as validation rules, and which app the token is', async () => {
    const rules = await crm.call('GET', '/crm/v3/property-validations/contacts')
    expect(rules.body).toMatchObject({ results: expect.arrayContaining([expect.objectContaining({ propertyName: 'next_best_offer' })]) as unknown })
    const info = await crm.call('POST', '/oauth/v2/private-apps/get/access-token-info', {})
    await crm.call('PATCH', `${CONTACTS}/103`, { properties: { tier: 'gold' } })
    const read = await crm.call('GET', `${CONTACTS}/103?propertiesWithHistory=tier`)
    expect(at(read.body, 'propertiesWithHistory', 'tier', 0, 'sourceId')).toBe(String(at(info.body, 'appId')))
  })
})
