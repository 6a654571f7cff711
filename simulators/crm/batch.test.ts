import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { at, listAt, startForTest } from '../kit/testing.ts'
import type { TestSimulator } from '../kit/testing.ts'
import { createCrm } from './simulator.ts'
import { byId, CONTACTS, crmSeed, readContact } from './testing.ts'

let crm: TestSimulator

beforeEach(async () => {
  crm = await startForTest(createCrm, crmSeed)
})

afterEach(() => crm.close())

const batch = (name: string, body: unknown) => crm.call('POST', `${CONTACTS}/batch/${name}`, body)

describe('batch read', () => {
  it('finds by id, by a unique property and by an address in any case', async () => {
    const byNumber = await batch('read', { inputs: [{ id: '101' }], properties: ['tier'], propertiesWithHistory: [] })
    expect(byNumber.status).toBe(200)
    expect(at(byNumber.body, 'results', 0, 'properties')).toEqual({ tier: 'gold' })
    const byKey = await batch('read', { idProperty: 'customer_id', inputs: [{ id: 'C2' }], properties: ['email'] })
    expect(at(byKey.body, 'results', 0, 'properties', 'email')).toBe('ben@example.com')
    const byEmail = await batch('read', { idProperty: 'email', inputs: [{ id: 'ANN@example.COM' }], properties: [] })
    expect(at(byEmail.body, 'results', 0, 'id')).toBe('101')
  })

  it('answers 207 and names the ids that are not there', async () => {
    const answer = await batch('read', { inputs: [{ id: '101' }, { id: '999' }], properties: ['tier', 'country'] })
    expect(answer.status).toBe(207)
    expect(at(answer.body, 'results', 0, 'properties')).toEqual({ tier: 'gold', country: null })
    expect(at(answer.body, 'numErrors')).toBe(1)
    expect(at(answer.body, 'errors', 0, 'category')).toBe('OBJECT_NOT_FOUND')
    expect(at(answer.body, 'errors', 0, 'context', 'ids')).toEqual(['999'])
  })

  it('tells each change with its source, newest first', async () => {
    const answer = await batch('read', { inputs: [{ id: '101' }], properties: [], propertiesWithHistory: ['tier', 'email'] })
    const tier = listAt(answer.body, 'results', 0, 'propertiesWithHistory', 'tier')
    expect(tier.map((entry) => [at(entry, 'value'), at(entry, 'sourceType'), at(entry, 'sourceLabel')])).toEqual([
      ['gold', 'CRM_UI', 'Dana Fox'],
      ['silver', 'INTEGRATION', 'Lockstep'],
    ])
    expect(at(tier, 0, 'sourceId')).toBe(`userId:${String(at(tier, 0, 'updatedByUserId'))}`)
    expect(at(answer.body, 'results', 0, 'propertiesWithHistory', 'email', 0, 'sourceType')).toBe('IMPORT')
  })

  it('takes 100 inputs, and 50 with history', async () => {
    const inputs = (count: number) => Array.from({ length: count }, (_, index) => ({ id: String(index) }))
    expect((await batch('read', { inputs: inputs(101), properties: [] })).status).toBe(400)
    expect((await batch('read', { inputs: inputs(51), properties: [], propertiesWithHistory: ['tier'] })).status).toBe(400)
    expect((await batch('read', { inputs: inputs(100), properties: [] })).status).toBe(207)
  })
})

describe('batch update', () => {
  it('writes, clears with the empty text and echoes the trace id', async () => {
    const answer = await batch('update', {
      inputs: [
        { id: '101', objectWriteTraceId: 'a', properties: { firstname: '', phone: '+441' } },
        { id: 'C2', idProperty: 'customer_id', objectWriteTraceId: 'b', properties: { email: 'BEN2@example.com' } },
      ],
    })
    expect(answer.status).toBe(200)
    expect(at(byId(answer.body).get('101'), 'objectWriteTraceId')).toBe('a')
    expect(await readContact(crm, '101', ['firstname', 'phone'])).toMatchObject({ properties: { firstname: null, phone: '+441' } })
    expect(await readContact(crm, '102', ['email'])).toMatchObject({ properties: { email: 'ben2@example.com' } })
  })

  it('does not list results in the order of the inputs', async () => {
    const answer = await batch('update', { inputs: ['101', '102', '103'].map((id) => ({ id, properties: { phone: '+1' } })) })
    expect(listAt(answer.body, 'results').map((result) => at(result, 'id'))).not.toEqual(['101', '102', '103'])
  })

  it.each([
    ['an unknown property', { nickname: 'x' }, 'PROPERTY_DOESNT_EXIST'],
    ['an unknown option', { tier: 'diamond' }, 'INVALID_OPTION'],
    ['a read only property', { createdate: '2026-01-01' }, 'READ_ONLY_VALUE'],
    ['a text that is no number', { churn_risk: 'high' }, 'INVALID_DOUBLE'],
    ['a day that does not exist', { renewal_date: '2026-02-30' }, 'INVALID_DATE'],
    ['a text over its limit', { next_best_offer: 'x'.repeat(61) }, 'INVALID_LENGTH'],
    ['a malformed address', { email: 'nobody' }, 'INVALID_EMAIL'],
  ])('refuses the whole batch for %s', async (_case, properties, code) => {
    const answer = await batch('update', { inputs: [{ id: '101', properties: { firstname: 'New' } }, { id: '102', properties }] })
    expect(answer.status).toBe(400)
    expect(at(answer.body, 'category')).toBe('VALIDATION_ERROR')
    expect(at(answer.body, 'errors', 0, 'code')).toBe(code)
    expect(await readContact(crm, '101', ['firstname'])).toMatchObject({ properties: { firstname: 'Ann' } })
  })

  it('refuses values that are not texts, and a record named twice', async () => {
    expect((await batch('update', { inputs: [{ id: '101', properties: { churn_risk: 0.7 } }] })).status).toBe(400)
    const twice = await batch('update', { inputs: [{ id: '101', properties: {} }, { id: '101', properties: {} }] })
    expect(twice.status).toBe(400)
    expect(at(twice.body, 'message')).toContain('Duplicate IDs')
  })

  it('reports a missing record and a taken unique value for their inputs only', async () => {
    const answer = await batch('update', {
      inputs: [
        { id: '999', objectWriteTraceId: 'gone', properties: { phone: '+1' } },
        { id: '103', objectWriteTraceId: 'taken', properties: { customer_id: 'C1' } },
        { id: '101', objectWriteTraceId: 'fine', properties: { phone: '+2' } },
      ],
    })
    expect(answer.status).toBe(207)
    expect(listAt(answer.body, 'results')).toHaveLength(1)
    expect(listAt(answer.body, 'errors').map((error) => [at(error, 'context', 'objectWriteTraceId', 0), at(error, 'category')])).toEqual([
      ['gone', 'OBJECT_NOT_FOUND'],
      ['taken', 'CONFLICT'],
    ])
  })

  it('leaves no trace of a value that was there already', async () => {
    const before = await readContact(crm, '101', ['tier'])
    await batch('update', { inputs: [{ id: '101', properties: { tier: 'gold' } }] })
    expect(await readContact(crm, '101', ['tier'])).toEqual(before)
  })
})

describe('batch upsert', () => {
  it('updates by a unique property and creates what is not there', async () => {
    const inputs = [
      { idProperty: 'customer_id', id: 'C1', properties: { tier: 'silver' } },
      { idProperty: 'customer_id', id: 'C9', properties: { tier: 'bronze', email: 'New@Example.com' } },
    ]
    const answer = await batch('upsert', { inputs })
    expect(answer.status).toBe(200)
    expect(listAt(answer.body, 'results').map((result) => at(result, 'new'))).toEqual([true, false])
    const again = await batch('upsert', { inputs })
    expect(listAt(again.body, 'results').map((result) => at(result, 'new'))).toEqual([false, false])
    const read = await batch('read', { idProperty: 'customer_id', inputs: [{ id: 'C9' }], properties: ['email', 'customer_id'] })
    expect(at(read.body, 'results', 0, 'properties')).toEqual({ email: 'new@example.com', customer_id: 'C9' })
  })

  it('refuses a property that is not unique', async () => {
    const answer = await batch('upsert', { inputs: [{ idProperty: 'firstname', id: 'Ann', properties: {} }] })
    expect(answer.status).toBe(400)
    expect(at(answer.body, 'message')).toContain('non-unique')
  })
})

describe('batch create', () => {
  const fresh = { properties: { email: 'dan@example.com' } }
  const taken = { properties: { email: 'ann@example.com' } }

  it('creates all or, without trace ids, nothing', async () => {
    expect((await batch('create', { inputs: [fresh, taken] })).status).toBe(409)
    const created = await batch('create', { inputs: [fresh] })
    expect(created.status).toBe(201)
    expect(at(created.body, 'results', 0, 'properties', 'email')).toBe('dan@example.com')
  })

  it('creates what it can where every input has a trace id', async () => {
    const answer = await batch('create', {
      inputs: [
        { ...fresh, objectWriteTraceId: '1' },
        { ...taken, objectWriteTraceId: '2' },
        { properties: { tier: 'tin' }, objectWriteTraceId: '3' },
      ],
    })
    expect(answer.status).toBe(207)
    expect(at(answer.body, 'results', 0, 'objectWriteTraceId')).toBe('1')
    expect(listAt(answer.body, 'errors').map((error) => at(error, 'category'))).toEqual(['CONFLICT', 'VALIDATION_ERROR'])
  })

  it('answers a single create of a taken address with 409', async () => {
    const answer = await crm.call('POST', CONTACTS, taken)
    expect(answer.status).toBe(409)
    expect(at(answer.body, 'message')).toBe('Contact already exists. Existing ID: 101')
  })
})

describe('archive and merge', () => {
  it('archives: reads do not find it, except as archived', async () => {
    expect((await batch('archive', { inputs: [{ id: '103' }, { id: '999' }] })).status).toBe(204)
    expect((await batch('read', { inputs: [{ id: '103' }], properties: [] })).status).toBe(207)
    const archived = await crm.call('POST', `${CONTACTS}/batch/read?archived=true`, { inputs: [{ id: '103' }], properties: ['email'] })
    expect(at(archived.body, 'results', 0, 'archived')).toBe(true)
  })

  it('answers for a merged record with the one it became', async () => {
    await crm.control('POST', 'edit', { op: 'merge', object: 'contacts', id: '103', into: '101', actor: { kind: 'person', name: 'Dana Fox' } })
    for (const [idProperty, id] of [['hs_object_id', '103'], ['email', 'cleo@example.com']]) {
      const read = await batch('read', { idProperty, inputs: [{ id }], properties: ['customer_id'] })
      expect(read.body).toMatchObject({ results: [{ id: '101', properties: { customer_id: 'C1' } }] })
    }
  })
})

describe('the workflow', () => {
  it('puts the tier of who has churned back to bronze after a write, and says who did', async () => {
    const answer = await batch('update', { inputs: [{ id: '102', properties: { tier: 'platinum' } }] })
    expect(at(answer.body, 'results', 0, 'properties', 'tier')).toBe('platinum')
    const read = await batch('read', { inputs: [{ id: '102' }], properties: ['tier'], propertiesWithHistory: ['tier'] })
    expect(at(read.body, 'results', 0, 'properties', 'tier')).toBe('bronze')
    const history = listAt(read.body, 'results', 0, 'propertiesWithHistory', 'tier')
    expect(history.map((entry) => [at(entry, 'value'), at(entry, 'sourceType')])).toEqual([
      ['bronze', 'AUTOMATION_PLATFORM'],
      ['platinum', 'INTEGRATION'],
      ['gold', 'IMPORT'],
    ])
  })

  it('also for the Legacy team and for new contacts, but not for what people type', async () => {
    await batch('upsert', { inputs: [{ idProperty: 'customer_id', id: 'C7', properties: { hs_owner_team: 'Legacy', tier: 'gold' } }] })
    const read = await batch('read', { idProperty: 'customer_id', inputs: [{ id: 'C7' }], properties: ['tier'] })
    expect(at(read.body, 'results', 0, 'properties', 'tier')).toBe('bronze')
    await crm.control('POST', 'edit', { op: 'set', object: 'contacts', key: 'C7', field: 'tier', value: 'gold', actor: { kind: 'person', name: 'Dana Fox' } })
    const typed = await batch('read', { idProperty: 'customer_id', inputs: [{ id: 'C7' }], properties: ['tier'] })
    expect(at(typed.body, 'results', 0, 'properties', 'tier')).toBe('gold')
  })
})
