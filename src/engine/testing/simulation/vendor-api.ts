import { z } from 'zod'
import type { HttpResponse } from '../../ports/ports.ts'
import { raw } from '../../../contract/states.ts'
import type { Operation, Vendor, VendorRow } from './vendor.ts'

/**
 * The simulated vendor's protocol: small, and of the usual shape. Reads and writes are POSTs with JSON; a write answers
 * per row (200), with a job (202), or refuses the batch (400).
 */

const readBody = z.object({ ids: z.array(z.string()).optional(), keys: z.array(z.string()).optional(), fields: z.array(z.string()) })
const writeBody = z.object({
  rows: z.array(z.object({ trace: z.string(), id: z.string().optional(), key: z.string().optional(), fields: z.record(z.string(), raw) })),
})

const openBody = z.object({ jobs: z.number() })

export interface ApiRequest {
  path: string
  body: string | undefined
  authorised: boolean
}

/** What the network did to the request on its way. */
export interface Handling {
  at: number
  /** A strong read shows what was true at this instant. */
  asOf: number
  /** Only so many rows were applied before the system failed. */
  most?: number
  /** Rows whose answer is left out. */
  omit?: (index: number) => boolean
}

export const token = 'token-4711-secret'

export function isWrite(path: string): boolean {
  return path === '/create' || path === '/update' || path === '/archive' || isUpload(path)
}

/** Rows that come to a job that is there already. */
export function isUpload(path: string): boolean {
  return path.startsWith('/upload/')
}

/** The rows of a write, as sent. */
export function rowsOf(body: string | undefined): VendorRow[] {
  return writeBody.parse(JSON.parse(body ?? '{}')).rows
}

/** What was asked for, and what was shown: the evidence that a read gives. */
export interface Shown {
  asked: { kind: 'id' | 'key'; value: string; found: { id: string; fields: Record<string, unknown> } | undefined }[]
}

/** One request, answered; reads also say what they showed. */
export function handle(vendor: Vendor, request: ApiRequest, handling: Handling): { response: HttpResponse; shown?: Shown } {
  if (!request.authorised) return { response: answer(401, { message: 'the token is not valid' }) }
  if (request.path === '/read') return handleRead(vendor, request, handling)
  if (request.path.startsWith('/jobs/')) return { response: handlePoll(vendor, request.path.slice('/jobs/'.length)) }
  if (request.path === '/open') return { response: answer(201, { jobs: Array.from({ length: openBody.parse(JSON.parse(request.body ?? '{}')).jobs }, () => vendor.open()) }) }
  if (isUpload(request.path)) return { response: handleUpload(vendor, request, handling) }
  if (request.path.startsWith('/abandon/')) return { response: answer(200, { gone: vendor.giveUp(request.path.slice('/abandon/'.length)) }) }
  return { response: handleWrite(vendor, request, handling) }
}

function handleUpload(vendor: Vendor, { path, body }: ApiRequest, { most }: Handling): HttpResponse {
  const [, , job = '', operation = ''] = path.split('/')
  const state = vendor.upload(job, { operation: operation as Operation, rows: rowsOf(body), most })
  return answer(state === 'refused' ? 400 : state === 'lost' ? 404 : 202, { message: state })
}

function handleRead(vendor: Vendor, request: ApiRequest, { asOf }: Handling): { response: HttpResponse; shown: Shown } {
  const query = readBody.parse(JSON.parse(request.body ?? '{}'))
  const found = vendor.read(query, asOf)
  const asked = [
    ...(query.ids ?? []).map((value) => ({ kind: 'id' as const, value, found: found.find((record) => record.id === value) })),
    ...(query.keys ?? []).flatMap((value) => {
      const holders = found.filter((record) => record.key === value)
      return (holders.length === 0 ? [undefined] : holders).map((holder) => ({ kind: 'key' as const, value, found: holder }))
    }),
  ]
  const records = found.map((record) => ({ id: record.id, key: record.key, fields: Object.fromEntries(query.fields.map((field) => [field, record.fields[field] ?? null])) }))
  return { response: answer(200, { records }), shown: { asked } }
}

function handleWrite(vendor: Vendor, request: ApiRequest, { at, most, omit }: Handling): HttpResponse {
  const rows = rowsOf(request.body)
  const outcome = vendor.write(at, request.path === '/create' ? 'create' : request.path === '/update' ? 'update' : 'archive', rows, most)
  if ('refused' in outcome) return answer(400, { message: outcome.refused })
  if ('job' in outcome) return answer(202, { job: outcome.job })
  // Everything that is said of a row is left out: half of a contradiction would be a refusal that nobody can doubt.
  const traces = [...new Set(outcome.answers.map(({ trace }) => trace))]
  return answer(200, { results: outcome.answers.filter(({ trace }) => !omit?.(traces.indexOf(trace))) })
}

function handlePoll(vendor: Vendor, job: string): HttpResponse {
  const state = vendor.poll(job)
  if (state.state === 'lost') return answer(404, { message: 'there is no such job' })
  if (state.state === 'waiting') return answer(200, { state: 'waiting' })
  return answer(200, state.state === 'done' ? { state: 'done', results: state.answers } : { state: 'working', total: state.total })
}

function answer(status: number, body: unknown): HttpResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
