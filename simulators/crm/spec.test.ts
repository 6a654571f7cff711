import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import type { ValidateFunction } from 'ajv'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startForTest } from '../kit/testing.ts'
import type { TestSimulator } from '../kit/testing.ts'
import { createCrm } from './simulator.ts'
import { CONTACTS, crmSeed } from './testing.ts'

type Schema = Record<string, unknown>
type Operation = { requestBody: { content: Record<string, { schema: Schema }> }; responses: Record<string, { content?: Record<string, { schema: Schema }> }> }
type Description = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, Schema> } }

const description = JSON.parse(
  readFileSync(new URL('./spec/crm-v3-batch.derived.openapi.json', import.meta.url), 'utf8').replaceAll('#/components/schemas/', 'crm#/definitions/'),
) as Description

const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true })
ajv.addSchema({ $id: 'crm', definitions: description.components.schemas })

function compile(schema: Schema): ValidateFunction {
  return ajv.compile(schema)
}

describe('the description of the CRM', () => {
  it('has schemas that all compile', () => {
    const names = Object.keys(description.components.schemas)
    expect(names.length).toBeGreaterThan(25)
    for (const name of names) expect(() => compile({ $ref: `crm#/definitions/${name}` }), name).not.toThrow()
  })

  it('tells a wrong answer from a right one', () => {
    const validate = compile({ $ref: 'crm#/definitions/SimplePublicObject' })
    expect(validate({ id: '1', properties: {}, createdAt: 'x', updatedAt: 'x' })).toBe(true)
    expect(validate({ id: 1, properties: {} })).toBe(false)
  })
})

describe('requests and answers', () => {
  let crm: TestSimulator
  const covered = new Set<string>()

  beforeAll(async () => {
    crm = await startForTest(createCrm, crmSeed)
  })

  afterAll(() => crm.close())

  async function exchange(path: string, body: unknown, status: number): Promise<void> {
    const operation = description.paths[path]?.['post']
    if (!operation) throw new Error(`${path} is not described`)
    const request = operation.requestBody.content['application/json']?.schema
    const answer = operation.responses[String(status)]
    expect(request, `${path} has a request schema`).toBeDefined()
    expect(answer, `${path} describes ${status}`).toBeDefined()
    check(request ?? {}, body, `${path} request`)
    const given = await crm.call('POST', path, body)
    expect(given.status).toBe(status)
    const schema = answer?.content?.['application/json']?.schema
    if (schema) check(schema, given.body, `${path} answer ${status}`)
    else expect(given.body).toBeUndefined()
    covered.add(`${path} ${status}`)
  }

  function check(schema: Schema, value: unknown, what: string): void {
    const validate = compile(schema)
    validate(value)
    expect(validate.errors ?? [], what).toEqual([])
  }

  const read = { properties: ['tier', 'country'], propertiesWithHistory: ['tier', 'firstname'] }

  it.each([
    ['read', { ...read, inputs: [{ id: '101' }, { id: '102' }] }, 200],
    ['read', { ...read, inputs: [{ id: '101' }, { id: '999' }] }, 207],
    ['update', { inputs: [{ id: '101', objectWriteTraceId: 'a', properties: { tier: 'silver', firstname: '' } }] }, 200],
    ['update', { inputs: [{ id: '999', objectWriteTraceId: 'a', properties: { tier: 'silver' } }] }, 207],
    ['upsert', { inputs: [{ id: 'C5', idProperty: 'customer_id', properties: { tier: 'silver', firstname: '' } }] }, 200],
    ['upsert', { inputs: [{ id: 'C1', idProperty: 'customer_id', objectWriteTraceId: 'a', properties: { email: 'ben@example.com' } }] }, 207],
    ['create', { inputs: [{ properties: { email: 'x@example.com' } }] }, 201],
    ['create', { inputs: [{ objectWriteTraceId: 'a', properties: { email: 'x@example.com' } }, { objectWriteTraceId: 'b', properties: {} }] }, 207],
    ['archive', { inputs: [{ id: '103' }] }, 204],
  ])('of batch/%s are as described: %j', async (name, body, status) => {
    await exchange(`${CONTACTS}/batch/${name}`, body, status)
    await exchange(`/crm/v3/objects/companies/batch/${name}`, { ...body, inputs: companyInputs(name, status) }, status)
  })

  it('of search are as described', async () => {
    const body = { filterGroups: [{ filters: [{ propertyName: 'createdate', operator: 'GTE', value: '0' }] }], limit: 1, sorts: ['createdate'], properties: ['tier'] }
    await exchange(`${CONTACTS}/search`, body, 200)
    await exchange('/crm/v3/objects/companies/search', body, 200)
  })

  it('have covered every described answer', () => {
    const described = Object.entries(description.paths).flatMap(([path, { post }]) =>
      Object.keys(post?.responses ?? {}).flatMap((status) => (status === 'default' ? [] : [`${path} ${status}`])),
    )
    expect([...covered].sort()).toEqual(described.sort())
  })
})

/** Companies start empty, so reads and updates of the good case go to one that an earlier case made. */
function companyInputs(name: string, status: number): unknown[] {
  const traced = { objectWriteTraceId: 'a', properties: { tier: 'gold', phone: '' } }
  switch (name) {
    case 'create':
      return status === 201 ? [{ properties: { name: 'One' } }] : [traced, { objectWriteTraceId: 'b', properties: { tier: 'tin' } }]
    case 'upsert':
      return [status === 207 ? { ...traced, id: '999' } : { ...traced, idProperty: 'account_id', id: 'A1' }]
    default:
      return status === 207 ? [{ id: '999', ...traced }] : [{ id: '501', ...traced }]
  }
}
