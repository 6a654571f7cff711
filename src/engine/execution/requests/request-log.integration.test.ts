import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { startSimulator } from '../../../../simulators/testing/start-simulator.ts'
import type { StartedSimulator } from '../../../../simulators/testing/start-simulator.ts'
import { systemClock } from '../../../platform/clock.ts'
import { createHttp } from '../../../platform/http.ts'
import type { WriteRow } from '../../destinations/destination.ts'
import { openDatabase } from '../../storage/database.ts'
import type { StateDatabase } from '../../storage/database.ts'
import { connectTo, silentLog } from '../../testing/connect-to.ts'
import { RunControl } from '../runs/control.ts'
import { capRequests, listRequests, RequestLog, requestsKept, rowReference, valueReference } from './request-log.ts'
import { RunConnection } from './run-connection.ts'

const http = createHttp()
const folder = mkdtempSync(join(tmpdir(), 'lockstep-requests-'))
let simulator: StartedSimulator
let database: StateDatabase
let log: RequestLog
let target: RunConnection

beforeAll(async () => {
  simulator = await startSimulator('crm')
  database = openDatabase(folder, 0)
})
beforeEach(async () => {
  await simulator.reset()
  database.run('DELETE FROM requests')
  const connection = await connectTo({ simulator: 'crm', destination: 'hubspot', url: simulator.url, token: simulator.token, http, clock: systemClock, limits: { requestTimeoutMs: 700 } })
  log = new RequestLog({ database, clock: systemClock, log: silentLog, run: 'run-1' })
  target = new RunConnection({
    run: 'run-1', connection, connect: async () => connection, caller: { owner: 'run-1' }, control: new RunControl(), clock: systemClock, log, referenceKey: 'key',
    noun: { one: 'contact', many: 'contacts' }, hasPending: () => true, isVerifying: () => false, onIdle: () => undefined, holdForReconnect: async () => false,
  })
})
afterEach(() => log.close())
afterAll(async () => {
  await http.close()
  await simulator.stop()
  database.close()
  rmSync(folder, { recursive: true, force: true })
})

function creates(from: number, count: number, tier = 'gold'): WriteRow[] {
  return Array.from({ length: count }, (_, position) => {
    const email = `ana${from + position}@secret-people.example`
    return { position, traceId: `run-1-${from + position}`, key: { field: 'email', value: email }, fields: { email, tier, firstname: 'Annabel' } }
  })
}

function requests(query: { refs?: string[]; search?: string } = {}) {
  log.flush()
  return listRequests(database, 'run-1', { offset: 0, limit: 50, ...query }).rows
}

it('tells of a record what was sent for it, what came back, when and how often', async () => {
  await simulator.faults([{ match: { path: '/crm/v3/objects/contacts/batch/create' }, times: 1, do: { kind: 'retryAfter', retryAfter: 0.1 } }])
  const answer = await target.write({ object: 'contacts', operation: 'create', rows: creates(0, 40) })
  await target.write({ object: 'contacts', operation: 'create', rows: creates(40, 1) })
  const id = answer.kind === 'rows' && answer.rows[3]?.outcome === 'delivered' ? (answer.rows[3].id ?? '') : ''
  await target.read({ object: 'contacts', fields: ['tier'], by: { kind: 'id', values: [id] } })
  const found = requests({ refs: [rowReference(3), valueReference('key', id)] })
  expect(found).toMatchObject([
    { method: 'POST', purpose: 'Look up 1 contact', outcome: 'Answered', failed: false, records: 1, status: 200 },
    { method: 'POST', path: '/crm/v3/objects/contacts/batch/create', purpose: 'Create 40 contacts', outcome: 'Taken', failed: false, attempt: 2, records: 40, status: 201 },
    { purpose: 'Create 40 contacts', outcome: 'Too many requests; asked to wait 100 ms', failed: true, attempt: 1, status: 429 },
  ])
  expect(requests({ refs: [rowReference(4000)] })).toEqual([])
  await target.read({ object: 'contacts', fields: ['tier'], by: { kind: 'key', field: 'email', values: ['nobody@secret-people.example'] } })
  expect(requests()[0]).toMatchObject({ status: 207, outcome: 'Answered', failed: false })
})

it('says in words what it waits for, until when and why', async () => {
  await simulator.faults([{ match: { path: '/crm/v3/objects/contacts/batch/read' }, times: 1, do: { kind: 'retryAfter', retryAfter: 0.5 } }])
  const reading = target.read({ object: 'contacts', fields: ['tier'], by: { kind: 'id', values: ['1'] } })
  await systemClock.sleep(250)
  expect(target.waiting()).toMatchObject({ label: 'Sample crm’s limit of 190 requests per 10 seconds', why: 'It refused a request and asked for this pause.' })
  expect((target.waiting()?.until ?? 0) - Date.now()).toBeLessThan(500)
  await reading
  expect(target.waiting()).toBeUndefined()
})

it('tells lost answers and refusals apart, in words that can be searched', async () => {
  const path = '/crm/v3/objects/contacts/batch/create'
  await simulator.faults([{ match: { path }, times: 1, do: { kind: 'reset' } }])
  await expect(target.write({ object: 'contacts', operation: 'create', rows: creates(0, 2) })).rejects.toThrow()
  await simulator.faults([{ match: { path }, times: 1, do: { kind: 'delay', ms: 1500 } }])
  await expect(target.write({ object: 'contacts', operation: 'create', rows: creates(10, 2) })).rejects.toThrow()
  await target.write({ object: 'contacts', operation: 'create', rows: creates(20, 2, 'GOLDD') })
  expect(requests().map(({ outcome }) => outcome)).toEqual([
    'Refused 2 of them',
    'No complete answer within 700 ms; whether it was applied is not known',
    'The connection broke before the answer; whether it was applied is not known',
  ])
  const [refused] = requests({ search: 'validation_error' })
  expect(refused).toMatchObject({ status: 207, answer: expect.stringContaining('numErrors') as string })
  expect(requests({ search: 'no such words' })).toEqual([])
})

it('keeps no value, no id, no key and no secret', async () => {
  const written = await target.write({ object: 'contacts', operation: 'create', rows: creates(0, 30) })
  await target.write({ object: 'contacts', operation: 'create', rows: creates(100, 3, 'GOLDD') })
  await target.read({ object: 'contacts', fields: ['email', 'firstname'], by: { kind: 'key', field: 'email', values: ['ana1@secret-people.example'] } })
  requests()
  const kept = JSON.stringify(database.all('SELECT * FROM requests'))
  const ids = written.kind === 'rows' ? written.rows.flatMap((row) => (row.outcome === 'delivered' ? [row.id ?? ''] : [])) : []
  expect(ids).toHaveLength(30)
  for (const value of [simulator.token, 'secret-people', 'Annabel', 'GOLDD', ...ids.map((id) => `"${id}"`)]) expect(kept).not.toContain(value)
})

it('keeps the last ones of a long run, and of those that failed as many more', () => {
  const note = (number: number, failed: boolean): void =>
    log.note({
      record: { connection: 'crm', method: 'POST', path: `/crm/${number}`, status: failed ? 400 : 200, milliseconds: 1, attempt: 1 },
      exchange: { at: number, effect: 'write', timeoutMs: 1000, sent: {}, end: { state: 'answered', accepted: !failed }, answer: { status: failed ? 400 : 200, headers: {}, body: {} } },
      purpose: `Update ${number}`, refs: () => [],
    })
  for (let number = 0; number < 5; number++) note(number, true)
  for (let number = 5; number < requestsKept + 400; number++) note(number, false)
  log.flush()
  expect(database.get('SELECT count(*) AS kept, min(at) AS first FROM requests WHERE failed = 0')).toEqual({ kept: requestsKept, first: 400 })
  expect(database.get('SELECT count(*) AS kept FROM requests WHERE failed = 1')).toEqual({ kept: 5 })
})

it('keeps the newest of all runs together', () => {
  for (let number = 0; number < 30; number++) {
    log.note({ record: { connection: 'crm', method: 'GET', path: '/', milliseconds: 1, attempt: 1 }, exchange: { at: number, effect: 'read', timeoutMs: 1, end: { state: 'unknown', why: 'timeout' } }, purpose: `Read ${number}`, refs: () => [] })
  }
  log.flush()
  expect(capRequests(database, 10)).toBe(20)
  expect(requests().map(({ purpose }) => purpose)).toEqual(Array.from({ length: 10 }, (_, index) => `Read ${29 - index}`))
})

it('costs little even for full batches', () => {
  const json = { inputs: creates(0, 100).map(({ fields, traceId }) => ({ objectWriteTraceId: traceId, properties: fields })) }
  const response = { status: 201, headers: {}, body: { results: json.inputs.map((input, index) => ({ id: String(index), ...input, createdAt: 'x', updatedAt: 'x' })) } }
  const startedAt = performance.now()
  for (let number = 0; number < 400; number++) {
    log.note({ record: { connection: 'crm', method: 'POST', path: '/batch', status: 201, milliseconds: 1, attempt: 1 }, exchange: { at: number, effect: 'write', timeoutMs: 1000, sent: json, end: { state: 'answered', accepted: true }, answer: response }, purpose: 'Create 100 contacts', records: 100, refs: () => json.inputs.map((_, index) => rowReference(index)) })
  }
  log.flush()
  const each = (performance.now() - startedAt) / 400
  console.info(`noting a batch of 100 takes ${each.toFixed(2)} ms`)
  expect(each).toBeLessThan(5)
})
