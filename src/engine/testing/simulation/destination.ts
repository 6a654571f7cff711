import { z } from 'zod'
import { raw } from '../../../contract/states.ts'
import { AppError } from '../../../contract/errors.ts'
import { vendorMessage } from '../../drivers/http-messages.ts'
import { oneJob, readBody, refusal, rowsOfJob, writeBody } from '../../destinations/answers.ts'
import type { DestinationResponse } from '../../drivers/http-messages.ts'
import type { DestinationContext, DestinationDeclaration, DestinationProfile, RowAnswer, WriteAnswer, WriteRequest, WriteRow } from '../../destinations/destination.ts'

const readAnswer = z.object({ records: z.array(z.object({ id: z.string(), key: z.string(), fields: z.record(z.string(), raw) })) })
const result = z.union([
  z.object({ trace: z.string(), ok: z.literal(true), id: z.string().optional(), existed: z.boolean().optional() }),
  z.object({ trace: z.string(), ok: z.literal(false), code: z.string(), again: z.boolean() }),
])
const rowsAnswer = z.object({ results: z.array(result) })
const jobStarted = z.object({ job: z.string() })
const jobsOpened = z.object({ jobs: z.array(z.string()) })
const gone = z.object({ gone: z.boolean() })
const jobAnswer = z.union([z.object({ state: z.literal('waiting') }),z.object({ state: z.literal('working'), total: z.number() }), rowsAnswer.extend({ state: z.literal('done') })])

/** Speaks the simulated vendor's protocol through the real HTTP of destinations: limits, repeats, what was sent. */
export function simulatedDestination(profile: DestinationProfile): DestinationDeclaration {
  return {
    id: 'simulated',
    name: 'Simulated',
    category: 'Other',
    settings: z.unknown(),
    secrets: { token: 'Token' },
    profile,
    lists: false,
    changeFeed: false,
    transport: { kind: 'http', baseUrl: () => 'https://simulated.example', authenticate: (_settings, secrets) => ({ authorization: `Bearer ${secrets['token'] ?? ''}` }) },
    summary: 'Reads and writes contacts.',
    check: async () => ({ account: 'simulated' }),
    discover: async () => [],
    async read(context, query) {
      const { values } = query.by
      const asked = query.by.kind === 'id' ? { ids: values } : { keys: values }
      const response = await context.http.request({ method: 'POST', path: '/read', json: { ...asked, fields: query.fields }, effect: 'read' })
      const { records } = readBody(context, readAnswer, response, 'reading contacts')
      return records.map((record) => ({ id: record.id, fields: record.fields, ...(query.by.kind === 'key' ? { requestedKey: record.key } : {}) }))
    },
    async write(context, { operation, rows }) {
      if (profile.own?.['rowsPerJob']) return openJobs(context, rows.length)
      const response = await context.http.request({ method: 'POST', path: `/${operation}`, json: { rows: sentRows(operation, rows) }, effect: 'write' })
      return toAnswer(context, response, { operation, rows })
    },
    async pollJob(context, job) {
      const { jobId } = job
      const response = await context.http.request({ method: 'GET', path: `/jobs/${jobId}`, effect: 'read' })
      if (response.status === 404) return { kind: 'lost' }
      const answer = readBody(context, jobAnswer, response, 'asking for a job')
      if (answer.state === 'waiting') return { kind: 'waiting' }
      // Those of a job that got its rows later come in any order.
      if (answer.state === 'done' && profile.own?.['rowsPerJob']) {
        const places = new Map(job.rows.map((row) => [traceOf(job.operation, row), row.position]))
        return { kind: 'rows', rows: answer.results.flatMap((one) => toRow(one, places.get(one.trace))) }
      }
      if (answer.state === 'working') return { kind: 'working', done: 0, total: answer.total }
      const positions = jobPositions(answer.results, rowsOfJob(job))
      return { kind: 'rows', rows: positions }
    },
    async uploadJob(context, { jobId, operation, rows }) {
      const how = operation === 'delete' ? 'archive' : operation
      const sent = sentRows(how, rows)
      const response = await context.http.request({ method: 'POST', path: `/upload/${jobId}/${how}`, json: { rows: sent }, effect: 'write' })
      if (response.status === 404) return { kind: 'lost' }
      if (response.status === 400) return { kind: 'refused', refusal: refusal('bad batch', 'The batch is not valid.', { vendor: vendorMessage(response) }) }
      return { kind: 'started' }
    },
    async abandonJob(context, { jobId }) {
      const response = await context.http.request({ method: 'POST', path: `/abandon/${jobId}`, json: {}, effect: 'read' })
      return readBody(context, gone, response, 'giving up a job').gone
    },
    encode: (_field, canonical) => ({ ok: true, raw: canonical }),
    decode: (_field, value) => (value === null ? null : String(value)),
  }
}

function toAnswer(context: DestinationContext, response: DestinationResponse, { operation, rows }: Pick<WriteRequest, 'operation' | 'rows'>): WriteAnswer {
  if (response.status === 202) return oneJob(writeBody(context, jobStarted, response).job, rows.length)
  if (response.status === 400) return { kind: 'refused', refusal: refusal('bad batch', 'The batch is not valid.', { vendor: vendorMessage(response) }) }
  if (response.status !== 200) throw new AppError('destination-refused', 'Simulated refused the request.')
  const positions = new Map(rows.map((row) => [traceOf(operation, row), row.position]))
  return { kind: 'rows', rows: writeBody(context, rowsAnswer, response).results.flatMap((one) => toRow(one, positions.get(one.trace))) }
}

function sentRows(operation: string, rows: readonly WriteRow[]): object[] {
  return rows.map((row) => ({ trace: traceOf(operation, row), ...(row.id === undefined ? {} : { id: row.id }), ...(operation === 'create' ? { key: row.key.value } : {}), fields: row.fields }))
}

/** What is removed has no row of the plan in its request. */
function traceOf(how: string, row: WriteRow): string {
  return how === 'archive' || how === 'delete' ? `remove-${row.id}` : row.traceId
}

async function openJobs(context: DestinationContext, rows: number): Promise<WriteAnswer> {
  const rowsPerJob = context.profile.own?.['rowsPerJob'] ?? rows
  const response = await context.http.request({ method: 'POST', path: '/open', json: { jobs: Math.ceil(rows / rowsPerJob) }, effect: 'write' })
  const { jobs } = writeBody(context, jobsOpened, response)
  return { kind: 'jobs', jobs: jobs.map((jobId, index) => ({ jobId, started: false, positions: Array.from({ length: rows }, (_, position) => position).slice(index * rowsPerJob, (index + 1) * rowsPerJob) })) }
}

/** The vendor of jobs answers in the order of the job; a row it did not work on is missing at the end. */
function jobPositions(results: z.infer<typeof result>[], rows: number): RowAnswer[] {
  return results.slice(0, rows).flatMap((one, position) => toRow(one, position))
}

function toRow(one: z.infer<typeof result>, position: number | undefined): RowAnswer[] {
  if (position === undefined) return []
  if (one.ok) return [{ position, outcome: 'delivered', id: one.id, ...(one.existed === undefined ? {} : { existed: one.existed }) }]
  if (one.code === 'gave up') return [{ position, outcome: 'rejected', refusal: refusal('unfinished', 'The system gave up.', { retryable: true, mayHaveArrived: true }) }]
  return [{ position, outcome: 'rejected', refusal: refusal(one.code, one.again ? 'The record is locked.' : 'The value is not allowed.', { field: 'tier', retryable: one.again }) }]
}
