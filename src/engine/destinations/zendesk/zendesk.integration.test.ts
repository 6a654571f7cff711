import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator } from '../../../../simulators/testing/start-simulator.ts'
import type { StartedSimulator } from '../../../../simulators/testing/start-simulator.ts'
import { systemClock } from '../../../platform/clock.ts'
import { createHttp } from '../../../platform/http.ts'
import { connectTo } from '../../testing/connect-to.ts'
import type { Connection } from '../connect.ts'
import type { JobAnswer, RowAnswer, WriteRow } from '../destination.ts'

let simulator: StartedSimulator
let desk: Connection
const http = createHttp()

beforeAll(async () => {
  simulator = await startSimulator('support', { limits: { activeJobs: 2, jobsKept: 3 } })
})
afterEach(() => simulator.reset())
afterAll(async () => {
  await http.close()
  await simulator.stop()
})

const row = (position: number, key: string, fields: WriteRow['fields'], id?: string): WriteRow => ({
  position,
  traceId: `trace ${position}`,
  key: { field: 'external_id', value: key },
  fields,
  ...(id ? { id } : {}),
})

async function connect(limits?: Record<string, number>): Promise<void> {
  desk = await connectTo({ simulator: 'support', destination: 'zendesk', url: simulator.url, token: simulator.token, http, clock: systemClock, ...(limits ? { limits } : {}) })
}

async function start(operation: 'create' | 'update', rows: WriteRow[]): Promise<string> {
  const answer = await desk.write({ object: 'users', operation, rows })
  const [job] = answer.kind === 'jobs' ? answer.jobs : []
  if (!job) throw new Error(`no job: ${JSON.stringify(answer)}`)
  return job.jobId
}

async function ended(jobId: string, rows: number): Promise<JobAnswer> {
  for (;;) {
    const state = await desk.pollJob({ object: 'users', operation: 'update', jobId, context: String(rows), rows: [] })
    if (state.kind !== 'working') return state
    await systemClock.sleep(5)
  }
}

async function write(operation: 'create' | 'update', rows: WriteRow[]): Promise<RowAnswer[]> {
  const state = await ended(await start(operation, rows), rows.length)
  if (state.kind !== 'rows') throw new Error('the job was lost')
  return state.rows
}

describe('fields', () => {
  beforeAll(() => connect())

  it('are built in or custom, with the tags of dropdowns as options', async () => {
    const users = await desk.object('users')
    expect(users.fields.find(({ name }) => name === 'tier')).toMatchObject({ label: 'Tier', options: [{ value: 'bronze', label: 'Bronze' }, {}, {}, {}] })
    expect(users.fields.find(({ name }) => name === 'role')).toMatchObject({ access: 'read only' })
    expect(users.matchFields).toEqual(['external_id'])
  })

  it('come back in the form they were written in, also dates, numbers and checkboxes', async () => {
    const users = await desk.object('users')
    const canonical: Record<string, string | null> = { name: 's:Ada', tier: 's:gold', vip: 'b:true', renewal_date: 'd:2026-03-29', open_balance: 'n:12.5', notes_internal: null }
    const fields = users.fields.filter(({ name }) => name in canonical)
    const encoded = fields.map((field) => [field.name, desk.encode(field, canonical[field.name] ?? null)] as const)
    const values = Object.fromEntries(encoded.map(([name, one]) => [name, one.ok ? one.raw : null]))
    await write('create', [row(0, 'C-1', values)])
    const [found] = await desk.read({ object: 'users', fields: fields.map(({ name }) => name), by: { kind: 'key', field: 'external_id', values: ['C-1'] } })
    expect(Object.fromEntries(fields.map((field) => [field.name, desk.decode(field, found?.fields[field.name] ?? null)]))).toEqual(canonical)
  })

  it('that are checkboxes are cleared by taking the tick away', async () => {
    const vip = (await desk.object('users')).fields.find(({ name }) => name === 'vip')
    expect(vip && desk.encode(vip, null)).toEqual({ ok: true, raw: false })
  })
})

describe('matching', () => {
  beforeAll(() => connect())

  it('takes no notice of the case of an external id', async () => {
    const [created] = await write('create', [row(0, 'Cust-7', { name: 'Ada' })])
    const found = await desk.read({ object: 'users', fields: ['name'], by: { kind: 'key', field: 'external_id', values: ['CUST-7'] } })
    expect(found).toMatchObject([{ id: created?.outcome === 'delivered' ? created.id : '', requestedKey: 'CUST-7' }])
  })

  it('does not overwrite a user whom somebody made meanwhile', async () => {
    await simulator.edit({ op: 'create', object: 'users', fields: { external_id: 'c-1', name: 'Typed by hand' }, actor: { kind: 'person', name: 'Jo Park' } })
    const answers = await write('create', [row(0, 'C-1', { name: 'Ada' }), row(1, 'C-2', { name: 'Bo' })])
    expect(answers).toMatchObject([{ outcome: 'rejected', refusal: { code: 'already-there' } }, { outcome: 'delivered' }])
    expect((await simulator.records('users'))[0]?.fields).toMatchObject({ name: 'Typed by hand' })
  })
})

describe('jobs', () => {
  it('wait for a place of their own, and are never refused for being too many', async () => {
    await connect({ jobs: 2 })
    const writes = Array.from({ length: 6 }, (_, number) => write('create', [row(0, `C-${number}`, { name: 'Ada' })]))
    expect((await Promise.all(writes)).flat().every(({ outcome }) => outcome === 'delivered')).toBe(true)
    expect((await simulator.log()).filter(({ status }) => status === 429)).toEqual([])
  })

  it('over the limit are tried again: nothing was processed', async () => {
    await connect({ jobs: 30, retryBaseMs: 2 })
    // One more than may run at once, and no more than the desk remembers.
    const writes = Array.from({ length: 3 }, (_, number) => write('create', [row(0, `C-${number}`, { name: 'Ada' })]))
    expect((await Promise.all(writes)).flat().every(({ outcome }) => outcome === 'delivered')).toBe(true)
    expect(await simulator.records('users')).toHaveLength(3)
  })

  it('that the desk has forgotten are lost, whatever they did', async () => {
    await connect({ jobs: 2 })
    const first = await start('create', [row(0, 'C-0', { name: 'Ada' })])
    await ended(first, 1)
    for (let number = 1; number < 5; number += 1) await write('create', [row(0, `C-${number}`, { name: 'Ada' })])
    expect(await desk.pollJob({ object: 'users', operation: 'update', jobId: first, context: '1', rows: [] })).toEqual({ kind: 'lost' })
  })
})
