import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { at, listAt, pause, startForTest } from '../kit/testing.ts'
import type { TestSimulator } from '../kit/testing.ts'
import { createMarketing } from './simulator.ts'

const seed = [
  {
    object: 'users',
    id: 'aa01',
    fields: { external_id: 'C1', email: 'Ann@Example.com', country: 'GB', custom_attributes: { tier: 'silver', interests: ['sea', 'boats'], lifetime_value: 10 } },
    at: '2026-01-01T00:00:00Z',
  },
  { object: 'users', id: 'aa02', fields: { email: 'shared@example.com' }, at: '2026-03-01T00:00:00Z' },
  { object: 'users', id: 'aa03', fields: { external_id: 'C3', email: 'shared@example.com' }, at: '2026-02-01T00:00:00Z' },
]

const FIELDS = ['external_id', 'braze_id', 'email', 'phone', 'first_name', 'country', 'language', 'email_subscribe', 'custom_attributes']

let marketing: TestSimulator

beforeEach(async () => {
  marketing = await startForTest(createMarketing, seed)
})

afterEach(() => marketing.close())

const track = (...attributes: unknown[]) => marketing.call('POST', '/users/track', { attributes })
const exportIds = async (body: object) => (await marketing.call('POST', '/users/export/ids', { fields_to_export: FIELDS, ...body })).body

async function profileOf(externalId: string): Promise<unknown> {
  await pause(5)
  return at(await exportIds({ external_ids: [externalId] }), 'users', 0)
}

describe('track', () => {
  it('queues: 201 with the number of objects, and the export sees them later', async () => {
    await marketing.close()
    marketing = await startForTest(createMarketing, seed, { limits: { applyDelay: 200_000 } })
    const answer = await track({ external_id: 'C1', tier: 'gold' }, { external_id: 'C9', tier: 'bronze' })
    expect(answer.status).toBe(201)
    expect(answer.body).toEqual({ attributes_processed: 2, message: 'success' })
    const early = await exportIds({ external_ids: ['C1', 'C9'] })
    expect(at(early, 'users', 0, 'custom_attributes', 'tier')).toBe('silver')
    expect(at(early, 'invalid_user_ids')).toEqual(['C9'])
    const committed = (await marketing.control('GET', 'records?object=users')).body
    expect(listAt(committed, 'records').map((record) => at(record, 'fields', 'tier'))).toEqual(['gold', undefined, undefined, 'bronze'])
    const tiers = async () => listAt(await exportIds({ external_ids: ['C1', 'C9'] }), 'users').map((user) => at(user, 'custom_attributes', 'tier')).sort()
    await expect.poll(tiers, { timeout: 8000 }).toEqual(['bronze', 'gold'])
  })

  it('reports objects that it cannot take by their place, and applies the others', async () => {
    const answer = await track({ tier: 'gold' }, { external_id: 'C1', tier: 'gold' }, { external_id: 'C3', email: 'nope', tier: 'gold' }, 'text', { external_id: 'C3', phone: '0171' })
    expect(answer.status).toBe(201)
    expect(at(answer.body, 'attributes_processed')).toBe(1)
    expect(listAt(answer.body, 'errors').map((error) => [at(error, 'input_array'), at(error, 'index')])).toEqual([
      ['attributes', 0],
      ['attributes', 2],
      ['attributes', 3],
      ['attributes', 4],
    ])
    expect(at(await profileOf('C1'), 'custom_attributes', 'tier')).toBe('gold')
    expect(at(await profileOf('C3'), 'custom_attributes')).toBeUndefined()
  })

  it('fails as a whole where nothing can be taken, or there is too much', async () => {
    const nothing = await track({ tier: 'gold' })
    expect(nothing.status).toBe(400)
    expect(listAt(nothing.body, 'errors')).toHaveLength(1)
    expect((await marketing.call('POST', '/users/track', {})).status).toBe(400)
    expect((await track(...Array.from({ length: 76 }, () => ({ external_id: 'C1' })))).status).toBe(400)
    expect((await track(...Array.from({ length: 75 }, () => ({ external_id: 'C1' })))).status).toBe(201)
  })

  it('removes with null, but never the external id', async () => {
    await track({ external_id: 'C1', country: null, tier: null })
    expect(await profileOf('C1')).toEqual({ external_id: 'C1', braze_id: 'aa01', email: 'ann@example.com', custom_attributes: { interests: ['sea', 'boats'], lifetime_value: 10 } })
  })

  it('drops values of a wrong kind without a word', async () => {
    const answer = await track({ external_id: 'C1', country: 'Atlantis', language: 'xx9', gender: 'Z', lifetime_value: 'lots', renewal_date: 'soon', tier: { a: 1 }, first_name: 'Ann' })
    expect(at(answer.body, 'errors')).toBeUndefined()
    const profile = await profileOf('C1')
    expect(profile).toMatchObject({ country: 'GB', first_name: 'Ann', custom_attributes: { tier: 'silver', lifetime_value: 10 } })
    expect(at(profile, 'language')).toBeUndefined()
  })

  it('brings values to the type of the attribute', async () => {
    await track({ external_id: 'C1', lifetime_value: '12.50', tier: 7, renewal_date: '2026-05-01', country: 'de', first_name: 'x'.repeat(300) })
    const profile = await profileOf('C1')
    expect(profile).toMatchObject({ country: 'DE', custom_attributes: { lifetime_value: 12.5, tier: '7', renewal_date: '2026-05-01' } })
    expect(String(at(profile, 'first_name'))).toHaveLength(255)
  })

  it('keeps arrays unique and within their length, adds, removes and increments', async () => {
    await track({ external_id: 'C1', interests: { add: ['sea', 'cars'], remove: ['boats'] }, lifetime_value: { inc: 5 } })
    expect(at(await profileOf('C1'), 'custom_attributes')).toMatchObject({ interests: ['sea', 'cars'], lifetime_value: 15 })
    await track({ external_id: 'C1', interests: ['a', 'a', ...Array.from({ length: 40 }, (_, index) => `i${index}`)] })
    expect(listAt(await profileOf('C1'), 'custom_attributes', 'interests')).toHaveLength(25)
  })

  it('creates only where it may', async () => {
    await track({ external_id: 'N1', _update_existing_only: true, tier: 'gold' }, { user_alias: { alias_name: 'a', alias_label: 'l' }, tier: 'gold' })
    await track({ external_id: 'N2', tier: 'gold' }, { user_alias: { alias_name: 'b', alias_label: 'l' }, _update_existing_only: false, tier: 'gold' })
    const { body } = await marketing.control('GET', 'records?object=users&after=aa03')
    expect(listAt(body, 'records').map((record) => at(record, 'keys'))).toEqual([{ external_id: 'N2' }, { user_alias: 'l:b' }])
  })

  it('takes the latest profile with an external id for a shared address', async () => {
    await track({ email: 'Shared@Example.com', tier: 'gold' })
    expect(at(await profileOf('C3'), 'custom_attributes', 'tier')).toBe('gold')
    await track({ email: 'solo@example.com', tier: 'gold' })
    await pause(5)
    expect(listAt(await exportIds({ email_address: 'solo@example.com' }), 'users')).toHaveLength(1)
  })
})

describe('export and delete', () => {
  it('tells unknown ids, only the fields asked for, and takes at most 50', async () => {
    const answer = await exportIds({ external_ids: ['C1', 'nobody'], fields_to_export: ['email'] })
    expect(at(answer, 'users')).toEqual([{ email: 'ann@example.com' }])
    expect(at(answer, 'invalid_user_ids')).toEqual(['nobody'])
    const many = Array.from({ length: 51 }, (_, index) => `C${index}`)
    expect((await marketing.call('POST', '/users/export/ids', { external_ids: many, fields_to_export: ['email'] })).status).toBe(400)
    expect((await marketing.call('POST', '/users/export/ids', { external_ids: ['C1'] })).status).toBe(400)
  })

  it('finds all profiles of an address', async () => {
    expect(listAt(await exportIds({ email_address: 'SHARED@example.com' }), 'users').map((user) => at(user, 'braze_id')).sort()).toEqual(['aa02', 'aa03'])
  })

  it('deletes', async () => {
    const answer = await marketing.call('POST', '/users/delete', { external_ids: ['C1', 'nobody'] })
    expect(answer.body).toMatchObject({ message: 'success', deleted: 1 })
    expect(at(await exportIds({ external_ids: ['C1'] }), 'invalid_user_ids')).toEqual(['C1'])
  })
})

describe('discovery, access and limits', () => {
  it('lists custom attributes by name, new ones included, in pages', async () => {
    await marketing.close()
    marketing = await startForTest(createMarketing, seed, { limits: { attributesPerPage: 5 } })
    await track({ external_id: 'C1', zebra: true })
    const first = await marketing.call('GET', '/custom_attributes')
    expect(listAt(first.body, 'attributes').map((attribute) => at(attribute, 'name'))).toEqual(['churn_band', 'interests', 'lifetime_value', 'next_best_offer', 'price_band'])
    const link = /<(.+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
    const second = await marketing.call('GET', link.slice(marketing.url.length))
    expect(listAt(second.body, 'attributes')).toMatchObject([{ name: 'renewal_date', data_type: 'Date' }, { name: 'tier', data_type: 'String' }, { name: 'zebra', data_type: 'Boolean' }])
    expect(second.headers.get('link')).toBeNull()
  })

  it('needs the key', async () => {
    const answer = await marketing.call('POST', '/users/track', { attributes: [] }, { authorization: 'Bearer wrong' })
    expect(answer.status).toBe(401)
    expect(answer.body).toEqual({ message: 'Invalid API Key' })
  })

  it('says what is left and when the window ends', async () => {
    await marketing.close()
    marketing = await startForTest(createMarketing, seed, { limits: { exportRequests: 1 } })
    const body = { external_ids: ['C1'], fields_to_export: ['email'] }
    const first = await marketing.call('POST', '/users/export/ids', body)
    expect(first.headers.get('x-ratelimit-limit')).toBe('1')
    expect(first.headers.get('x-ratelimit-remaining')).toBe('0')
    expect(Number(first.headers.get('x-ratelimit-reset'))).toBeGreaterThan(Date.now() / 1000 - 1)
    expect((await marketing.call('POST', '/users/export/ids', body)).status).toBe(429)
    expect((await track({ external_id: 'C1', tier: 'gold' })).status).toBe(201)
  })
})
