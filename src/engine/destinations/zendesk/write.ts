import { z } from 'zod'
import { oneJob, readBody, rowsOfJob, writeBody } from '../answers.ts'
import type { JobAnswer, JobOfRows, Refusal, RowAnswer, WriteAnswer, WriteRequest } from '../destination.ts'
import { fieldOfLabel, gaveUp, refusalOf, wholeRefusal } from '../refusals.ts'
import type { RefusalKind } from '../refusals.ts'
import { system } from './context.ts'
import type { ZendeskContext } from './context.ts'
import { toUser } from './fields.ts'

const jobResult = z.looseObject({
  id: z.union([z.number(), z.string()]).nullish(),
  status: z.string().optional(),
  success: z.boolean().optional(),
  error: z.string().nullish(),
  details: z.string().nullish(),
})
type JobResult = z.infer<typeof jobResult>

const job = z.object({
  job_status: z.object({
    id: z.string(),
    status: z.string(),
    total: z.number().nullish(),
    progress: z.number().nullish(),
    results: z.array(jobResult).nullish(),
  }),
})

/**
 * Starts a job of up to 100 users. Creates use `create_many` rather than `create_or_update_many`: a user whom
 * somebody made with the same external id or address since the plan is then reported instead of
 * being overwritten. Updates go by user id.
 */
export async function write(
  context: ZendeskContext,
  request: WriteRequest,
): Promise<WriteAnswer> {
  if (request.operation === 'delete') return destroy(context, request)
  const creates = request.operation === 'create'
  const users = request.rows.map((row) => (creates || row.id === undefined ? { [row.key.field]: row.key.value, ...toUser(row.fields) } : { id: Number(row.id), ...toUser(row.fields) }))
  if (creates) return start(context, users.length, { method: 'POST', path: '/api/v2/users/create_many.json', json: { users } })
  return start(context, users.length, { method: 'PUT', path: '/api/v2/users/update_many.json', json: { users }, records: request.rows.flatMap(({ id }) => id ?? []) })
}

/** Deletes users: they are anonymised later and cannot be brought back by people in the product. */
function destroy(context: ZendeskContext, { rows }: WriteRequest): Promise<WriteAnswer> {
  return start(context, rows.length, { method: 'DELETE', path: `/api/v2/users/destroy_many.json?ids=${encodeURIComponent(rows.map(({ id }) => id).join(','))}` })
}

async function start(context: ZendeskContext, rows: number, request: { method: 'POST' | 'PUT' | 'DELETE'; path: string; json?: unknown; records?: string[] }): Promise<WriteAnswer> {
  const response = await context.http.request({ ...request, limits: ['jobs'], effect: 'write' })
  if (response.status >= 400) return { kind: 'refused', refusal: wholeRefusal(system, response) }
  return oneJob(writeBody(context, job, response).job_status.id, rows)
}

/**
 * Results come in the order of the request; a failed row's id is its place, so only the order counts. A job
 * that is forgotten (after 100 others or an hour), or that ended without an answer per row, is lost.
 */
export async function pollJob(context: ZendeskContext, request: JobOfRows): Promise<JobAnswer> {
  const rows = rowsOfJob(request)
  const response = await context.http.request({ method: 'GET', path: `/api/v2/job_statuses/${encodeURIComponent(request.jobId)}.json`, effect: 'read' })
  if (response.status === 404) return { kind: 'lost' }
  const parsed = job.safeParse(response.body)
  // An answer that cannot be understood does not come right by asking again; what the job did can be looked up.
  if (response.status < 300 && !parsed.success) return { kind: 'lost' }
  const { job_status: status } = readBody(context, job, response, 'asking for a job')
  if (status.status === 'queued' || status.status === 'working') return { kind: 'working', done: status.progress ?? 0, total: status.total ?? rows }
  if (status.results?.length !== rows) return { kind: 'lost' }
  return { kind: 'rows', rows: status.results.flatMap((result, position) => testimony(context, result, position)) }
}

const done = new Set(['Created', 'Updated', 'Deleted'])

/** What a row's result says; one that says both, or nothing, says just that (testimony.ts). */
function testimony(context: ZendeskContext, result: JobResult, position: number): RowAnswer[] {
  const taken = done.has(result.status ?? '') || result.success === true
  const refused = result.status === 'Failed' || result.success === false || Boolean(result.error)
  return [
    ...(taken ? [{ position, outcome: 'delivered' as const, id: result.id == null ? undefined : String(result.id) }] : []),
    ...(refused ? [{ position, outcome: 'rejected' as const, refusal: rowRefusal(context, result) }] : []),
  ]
}

/** What Zendesk's details say, by their wording: they carry no code of their own. */
const kindByWording: readonly [RegExp, RefusalKind][] = [
  [/already been taken|already being used|already exists/i, 'already-there'],
  [/too long/i, 'too-long'],
  [/too short|can.?t be blank|cannot be blank|is required|must be present/i, 'required-missing'],
  [/not properly formatted|not a valid email/i, 'address-invalid'],
  [/not permitted|permission|not allowed|access/i, 'not-allowed'],
  [/locked|conflict|try again/i, 'busy'],
  [/is not valid|is invalid|not a valid/i, 'value-invalid'],
]

/** Details read "Email: x is not properly formatted"; the part before the colon is the field's label. */
function rowRefusal(context: ZendeskContext, { error, details }: JobResult): Refusal {
  const vendor = details ?? error ?? undefined
  if (gaveUp([error], details)) return refusalOf('unfinished', { system, vendor })
  if (error === 'UserNotFound' || error === 'RecordNotFound') return refusalOf('not-there', { system, vendor })
  if (error === 'PermissionDenied' || error === 'Forbidden') return refusalOf('not-allowed', { system, vendor })
  const label = /^([A-Z][\w ]{0,40}): /.exec(vendor ?? '')?.[1]
  const field = label === undefined ? undefined : (fieldOfLabel(context, label) ?? label)
  const kind = kindByWording.find(([wording]) => wording.test(vendor ?? ''))?.[1] ?? (label === undefined ? 'refused' : 'value-invalid')
  const refusal = refusalOf(kind, { system, field: kind === 'already-there' ? undefined : field, vendor })
  // Two writes met: nobody says which of them is there now.
  return kind === 'busy' && /conflict/i.test(`${error ?? ''} ${vendor ?? ''}`) ? { ...refusal, mayHaveArrived: true } : refusal
}
