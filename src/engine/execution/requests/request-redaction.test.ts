import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redactBody, redactPath, valuesOf } from './request-redaction.ts'

const sent = (body: unknown) => redactBody(body, { side: 'sent', items: 200, echoes: new Set() }) ?? ''
const answer = (body: unknown, of: unknown = undefined) => redactBody(body, { side: 'answer', items: 200, echoes: valuesOf(of) }) ?? ''

describe('a body that is kept', () => {
  it('shows how it was built and how often, and no value of a record', () => {
    const inputs = Array.from({ length: 100 }, (_, index) => ({ id: `9${index}`, idProperty: 'email', properties: { email: `ana${index}@example.com`, tier: 'gold', status: 'churned', note: index === 7 ? '' : 'x' } }))
    const text = sent({ inputs })
    expect(JSON.parse(text)).toEqual({
      inputs: [
        { id: '•••', idProperty: 'email', properties: { email: '•••', tier: '•••', status: '•••', note: '•••' } },
        '… 98 more like it',
        { id: '•••', idProperty: 'email', properties: { email: '•••', tier: '•••', status: '•••', note: '' } },
      ],
    })
  })

  it('keeps what the protocol said about what went wrong, without what it repeats of ours', () => {
    const body = {
      status: 'COMPLETE',
      results: [{ id: '712', properties: { tier: 'gold' } }],
      numErrors: 1,
      errors: [{ status: 'error', category: 'VALIDATION_ERROR', message: 'Property values were not valid: GOLDD of Ana Berg (ana@example.com, 4917012345) is none of [gold]', context: { propertyName: ['tier'], ids: ['712'] } }],
    }
    const text = answer(body, { inputs: [{ properties: { tier: 'GOLDD', name: 'Ana Berg' } }] })
    expect(text).toContain('VALIDATION_ERROR')
    expect(text).toContain('Property values were not valid')
    expect(text).toContain('"tier"')
    for (const value of ['GOLDD', 'Ana Berg', 'ana@example.com', '4917012345', '712']) expect(text).not.toContain(value)
  })

  it('names no person even as a member', () => {
    expect(answer({ failed: { 'ana@example.com': 1 } })).not.toContain('ana@example.com')
  })

  it('never gives a value of a record away, whatever the fields are called', () => {
    const name = fc.constantFrom('tier', 'status', 'type', 'code', 'message', 'description', 'errors', 'index', 'total', 'properties', 'category')
    const value = fc.oneof(fc.stringMatching(/^zz[a-z0-9]{6,12}$/), fc.integer({ min: 100_000, max: 999_999 }))
    const record = fc.dictionary(name, value, { minKeys: 1 })
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 5 }), (records) => {
        const bodies = [sent({ inputs: records.map((properties) => ({ properties })) }), sent({ users: records }), sent({ attributes: records }), answer({ users: records }), answer({ results: records.map((properties) => ({ properties })) })]
        return records.flatMap((one) => Object.values(one)).every((one) => bodies.every((body) => !body.includes(String(one))))
      }),
    )
  })

  it('stays small', () => {
    const wild = Array.from({ length: 3000 }, (_, index) => ({ [`field_${index % 999}`]: 'v' }))
    expect(sent({ inputs: wild }).length).toBeLessThan(4100)
  })
})

describe('a path that is kept', () => {
  it.each([
    ['/crm/v3/objects/contacts/batch/update?archived=false', '/crm/v3/objects/contacts/batch/update'],
    ['/crm/objects/2026-03/contacts/51', '/crm/objects/2026-03/contacts/…'],
    ['/api/v2/job_statuses/V3-1f0ab9c2.json', '/api/v2/job_statuses/….json'],
    ['/api/v2/users/show_many.json?external_ids=1,2', '/api/v2/users/show_many.json'],
    ['/users/ana%40example.com', '/users/…'],
    ['/oauth/v1/access-tokens/pat-eu1-12ab', '/oauth/v1/access-tokens/…'],
  ])('%s → %s', (path, kept) => {
    expect(redactPath(path)).toBe(kept)
  })
})
