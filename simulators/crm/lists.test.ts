import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { at, listAt, startForTest } from '../kit/testing.ts'
import type { TestSimulator } from '../kit/testing.ts'
import { createCrm } from './simulator.ts'
import { crmSeed } from './testing.ts'

let crm: TestSimulator

beforeEach(async () => {
  crm = await startForTest(createCrm, crmSeed)
})

afterEach(() => crm.close())

const change = (list: string, recordIdsToAdd: string[], recordIdsToRemove: string[] = []) => crm.call('PUT', `/crm/v3/lists/${list}/memberships/add-and-remove`, { recordIdsToAdd, recordIdsToRemove })
const members = async (list: string, query = '') => {
  const { body } = await crm.call('GET', `/crm/v3/lists/${list}/memberships${query}`)
  return { ids: listAt(body, 'results').map((one) => at(one, 'recordId')), after: at(body, 'paging', 'next', 'after') }
}
const person = { kind: 'person', name: 'Dana Fox' }

describe('lists', () => {
  it('are found by what fills them', async () => {
    const { body } = await crm.call('POST', '/crm/v3/lists/search', { query: '', processingTypes: ['MANUAL'], count: 1 })
    expect(listAt(body, 'lists')).toMatchObject([{ listId: '7', name: 'Retention calls', objectTypeId: '0-1', processingType: 'MANUAL', additionalProperties: { hs_list_size: '0' } }])
    expect(body).toMatchObject({ total: 2, hasMore: true, offset: 1 })
    expect((await crm.call('GET', '/crm/v3/lists/99')).status).toBe(404)
  })
})

describe('memberships', () => {
  it('are added and removed in one request, which says what changed and what is not there', async () => {
    expect((await change('7', ['101', '103', '999'])).body).toMatchObject({ recordsIdsAdded: ['101', '103'], recordIdsRemoved: [], recordIdsMissing: ['999'] })
    expect((await change('7', ['101'], ['103'])).body).toMatchObject({ recordsIdsAdded: [], recordIdsRemoved: ['103'], recordIdsMissing: [] })
    expect((await members('7')).ids).toEqual(['101'])
    expect((await change('11', ['101'])).status, 'a list that the system fills').toBe(400)
  })

  it('are listed page by page, and read for records', async () => {
    await change('9', ['101', '102', '103'])
    await change('7', ['101'])
    expect(await members('9', '?limit=2')).toEqual({ ids: ['101', '102'], after: '102' })
    expect(await members('9', '?limit=2&after=102')).toEqual({ ids: ['103'], after: undefined })
    const { status, body } = await crm.call('POST', '/crm/v3/lists/records/memberships/batch/read', { inputs: ['101', '103', '999'].map((recordId) => ({ objectTypeId: '0-1', recordId })) })
    expect(status).toBe(207)
    expect(listAt(body, 'results').map((one) => [at(one, 'recordId'), listAt(one, 'recordListMemberships').map((list) => at(list, 'listId'))])).toEqual([['101', ['7', '9']], ['103', ['9']]])
  })

  it('are put in and taken out by people too', async () => {
    await crm.control('POST', 'edit', { op: 'create', object: 'memberships', id: '7-101', fields: { list: '7', member: true }, actor: person })
    expect((await members('7')).ids).toEqual(['101'])
    await crm.control('POST', 'edit', { op: 'clear', object: 'memberships', id: '7-101', field: 'member', actor: person })
    expect((await members('7')).ids).toEqual([])
    expect((await change('7', ['101'])).body).toMatchObject({ recordsIdsAdded: ['101'] })
  })

  it('go with their contact', async () => {
    await change('9', ['101', '102'])
    await crm.control('POST', 'edit', { op: 'delete', object: 'contacts', id: '101', actor: person })
    expect((await members('9')).ids).toEqual(['102'])
  })

  it('of the calls list are cleaned up: who has churned is taken out again at once', async () => {
    expect((await change('7', ['101', '102'])).body).toMatchObject({ recordsIdsAdded: ['101', '102'] })
    expect((await members('7')).ids).toEqual(['101'])
  })
})
