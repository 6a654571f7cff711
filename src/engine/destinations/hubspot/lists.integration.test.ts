import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator } from '../../../../simulators/testing/start-simulator.ts'
import type { StartedSimulator } from '../../../../simulators/testing/start-simulator.ts'
import { connectTo } from '../../testing/connect-to.ts'
import { systemClock } from '../../../platform/clock.ts'
import { createHttp } from '../../../platform/http.ts'
import type { Connection } from '../connect.ts'

let simulator: StartedSimulator
let crm: Connection
const http = createHttp()

beforeAll(async () => {
  simulator = await startSimulator('crm')
  crm = await connectTo({ simulator: 'crm', destination: 'hubspot', url: simulator.url, token: simulator.token, http, clock: systemClock })
})
afterEach(() => simulator.reset())
afterAll(async () => {
  await http.close()
  await simulator.stop()
})

const list = 'list-7'
const fields = ['membership']
const dana = { kind: 'person', name: 'Dana Fox' }

async function contacts(...keys: string[]): Promise<string[]> {
  const rows = keys.map((key, position) => ({ position, traceId: key, key: { field: 'customer_id', value: key }, fields: {} }))
  const answer = await crm.write({ object: 'contacts', operation: 'create', rows })
  if (answer.kind !== 'rows') throw new Error('not written')
  return answer.rows.map((row) => (row.outcome === 'delivered' ? (row.id ?? '') : ''))
}

const write = (...changes: [id: string, membership: string][]) =>
  crm.write({ object: list, operation: 'update', rows: changes.map(([id, membership], position) => ({ position, traceId: `t${position}`, id, key: { field: 'customer_id', value: '' }, fields: { membership } })) })
const states = async (...ids: string[]) => {
  const found = await crm.read({ object: list, fields, by: { kind: 'id', values: ids } })
  return ids.map((id) => found.find((one) => one.id === id)?.fields['membership'])
}

describe('static lists', () => {
  it('are objects of their own, each with one field that can be written; lists that fill themselves are not offered', async () => {
    const lists = (await crm.discover()).filter(({ membership }) => membership !== undefined)
    expect(lists.map(({ name, label }) => [name, label])).toEqual([['list-7', 'Retention calls (list)'], ['list-9', 'Event invitations (list)']])
    expect(lists[0]?.fields.filter(({ access }) => access === 'read and write').map(({ name }) => name)).toEqual(['membership'])
    expect(lists[0]?.matchFields).toEqual(expect.arrayContaining(['email', 'customer_id']))
  })

  it('are read by id and key: in, out, and out of reach where the person unsubscribed', async () => {
    const [a = '', b = '', c = ''] = await contacts('A', 'B', 'C')
    await simulator.edit({ op: 'create', object: 'memberships', id: `7-${a}`, fields: { list: '7', member: true }, actor: dana })
    await simulator.edit({ op: 'set', object: 'contacts', id: c, field: 'hs_email_optout', value: true, actor: dana })
    expect(await states(a, b, c, '999999')).toEqual(['in', 'out', 'suppressed', undefined])
    const byKey = await crm.read({ object: list, fields, by: { kind: 'key', field: 'customer_id', values: ['B', 'nobody', 'A'] } })
    expect(byKey.map(({ requestedKey, fields: read }) => [requestedKey, read['membership']])).toEqual([['B', 'out'], ['A', 'in']])
  })

  it('take members in and out in one request, and tell who was in already', async () => {
    const [a = '', b = '', c = ''] = await contacts('A', 'B', 'C')
    await write([a, 'in'], [b, 'in'])
    const answer = await write([a, 'out'], [b, 'in'], [c, 'in'])
    expect(answer).toMatchObject({ kind: 'rows', rows: [{ outcome: 'delivered' }, { outcome: 'delivered', existed: true }, { outcome: 'delivered' }] })
    expect(answer.kind === 'rows' && answer.rows[2]).not.toHaveProperty('existed')
    expect(await states(a, b, c)).toEqual(['out', 'in', 'in'])
    expect((await simulator.log()).filter(({ method }) => method === 'PUT')).toHaveLength(2)
    const page = await crm.list({ object: list, fields })
    expect(page.records.map(({ id }) => id).sort()).toEqual([b, c].sort())
  })
})
