import { z } from 'zod'
import { readBody, writeBody } from '../../destinations/answers.ts'
import { csvPieces, csvRows } from '../../destinations/csv.ts'
import type { DestinationContext, DestinationDeclaration, JobAnswer, JobOfRows, JobStart, ReadQuery, ReadRecord, Refusal, RowAnswer, WriteAnswer, WriteRow } from '../../destinations/destination.ts'
import { fitToField, readAs, textOf } from '../../destinations/field-values.ts'
import { refusalOf, wholeRefusal } from '../../destinations/refusals.ts'
import type { DestinationField } from '../../values/destination-field.ts'

/**
 * A destination of tests: written in bulk jobs with CSV files (simulators/bulk), the way of Salesforce Bulk API 2.0. A job is
 * opened, gets its rows, works in the background, and its results come in another order, matched by a column of our own.
 */

const system = 'Bulk system'
const rowsPerJob = 5
const settings = z.strictObject({ url: z.url() })
type Context = DestinationContext<z.infer<typeof settings>>

const person = z.looseObject({ id: z.string() })
const shown = z.object({ people: z.array(person) })
const page = shown.extend({ has_more: z.boolean(), after_cursor: z.string().nullable() })
const job = z.object({ id: z.string(), state: z.enum(['open', 'working', 'done', 'aborted']) })

export const bulkSystem: DestinationDeclaration<z.infer<typeof settings>> = {
  id: 'bulk-system',
  name: system,
  category: 'Other',
  summary: 'Writes people in bulk jobs.',
  settings,
  secrets: { token: 'Token' },
  transport: { kind: 'http', baseUrl: ({ url }) => url, authenticate: (_settings, { token = '' }) => ({ authorization: `Bearer ${token}` }) },
  profile: {
    rowsPerRead: 100, rowsPerReadWithHistory: 100, rowsPerWrite: 10, bytesPerWrite: 1_000_000,
    limits: [{ kind: 'concurrency', name: 'concurrency', label: 'requests at once', requests: 8 }, { kind: 'jobs', name: 'jobs', label: 'open jobs', jobs: 20 }],
    requestTimeoutMs: 2000, consistencyDelayMs: 0, changeFeedDelayMs: 0, readBack: 'by id or key', attribution: 'none', settle: 'strong read', jobPollMs: 10, jobWithinMs: 200,
    retry: { attempts: 8, baseMs: 10, capMs: 600 },
  },
  lists: true,
  changeFeed: false,
  check: async (context) => ({ account: readBody(context, z.object({ name: z.string() }), await context.http.request({ method: 'GET', path: '/me', effect: 'read' }), 'asking who it is').name }),
  discover,
  read,
  list,
  write: (context, { operation, rows }) => open(context, operation, rows.length),
  uploadJob,
  pollJob,
  abandonJob,
  encode(field, canonical) {
    const fitted = fitToField(field, canonical)
    return fitted.ok ? { ok: true, raw: fitted.canonical === null ? null : textOf(fitted.canonical) } : fitted
  },
  decode: (field, raw) => (raw === null || raw === '' ? null : readAs(field, raw)),
}

async function discover(context: Context) {
  const response = await context.http.request({ method: 'GET', path: '/fields', effect: 'read' })
  const { fields, tiers } = readBody(context, z.object({ fields: z.array(z.string()), tiers: z.array(z.string()) }), response, 'reading the fields')
  const field = (name: string): DestinationField => ({
    name, label: name, type: 'string', access: 'read and write', required: false, unique: name === 'external_id',
    ...(name === 'tier' ? { options: tiers.map((value) => ({ value, label: value })) } : {}),
  })
  return [{ name: 'people', label: 'People', noun: { one: 'person', many: 'people' }, fields: fields.map(field), matchFields: ['external_id'], operations: ['create' as const, 'update' as const, 'delete' as const] }]
}

async function read(context: Context, { by, fields }: ReadQuery): Promise<ReadRecord[]> {
  const response = await context.http.request({ method: 'POST', path: '/read', json: by.kind === 'id' ? { ids: by.values } : { keys: [...new Set(by.values)] }, effect: 'read' })
  const { people } = readBody(context, shown, response, 'reading people')
  return people.map((one) => ({ ...toRecord(one, fields), ...(by.kind === 'key' ? { requestedKey: String(one['external_id']) } : {}) }))
}

async function list(context: Context, { cursor, fields }: { cursor?: string; fields: string[] }) {
  const response = await context.http.request({ method: 'GET', path: `/people${cursor === undefined ? '' : `?after=${cursor}`}`, effect: 'read' })
  const { people, has_more: more, after_cursor: next } = readBody(context, page, response, 'listing people')
  return { records: people.map((one) => toRecord(one, fields)), ...(more && next !== null ? { next } : {}) }
}

function toRecord(one: z.infer<typeof person>, fields: string[]): ReadRecord {
  return { id: one.id, fields: Object.fromEntries(fields.map((name) => [name, typeof one[name] === 'string' ? one[name] : null])) }
}

/** Opens as many jobs as the rows need; none of them has any yet. */
async function open(context: Context, operation: JobOfRows['operation'], rows: number): Promise<WriteAnswer> {
  const jobs = []
  for (let first = 0; first < rows; first += rowsPerJob) {
    const response = await context.http.request({ method: 'POST', path: '/bulk/jobs', json: { operation }, limits: ['jobs'], effect: 'write' })
    if (response.status >= 400) return { kind: 'refused' as const, refusal: wholeRefusal(system, response) }
    const { id, upload } = writeBody(context, job.extend({ upload: z.string() }), response)
    const positions = Array.from({ length: Math.min(rowsPerJob, rows - first) }, (_, index) => first + index)
    jobs.push({ jobId: id, positions, context: upload, started: false })
  }
  return { kind: 'jobs', jobs }
}

async function uploadJob(context: Context, { context: upload = '', operation, rows }: JobOfRows): Promise<JobStart> {
  const names = [...new Set(rows.flatMap(({ fields }) => Object.keys(fields)))]
  const columns = ['own', operation === 'create' ? 'external_id' : 'id', ...names.filter((name) => name !== 'external_id')]
  const lines = function* () {
    yield columns
    for (const row of rows) yield [row.traceId, operation === 'create' ? row.key.value : (row.id ?? ''), ...columns.slice(2).map((name) => cellOf(row, name))]
  }
  const stream = { contentType: 'text/csv', pieces: () => csvPieces(lines()), shown: { columns: names } }
  const response = await context.http.request({ method: 'PUT', path: upload, stream, effect: 'write' })
  // It has got its rows already: the answer to them was lost.
  if (response.status === 409) return { kind: 'started' }
  if (response.status === 404) return { kind: 'lost' }
  return response.status < 300 ? { kind: 'started' } : { kind: 'refused', refusal: wholeRefusal(system, response) }
}

/** An empty cell would change nothing. */
function cellOf({ fields }: WriteRow, name: string): string {
  const raw = fields[name]
  return raw === undefined ? '' : raw === null ? '#N/A' : String(raw)
}

async function pollJob(context: Context, { jobId, rows }: JobOfRows): Promise<JobAnswer> {
  const response = await context.http.request({ method: 'GET', path: `/bulk/jobs/${jobId}`, effect: 'read' })
  if (response.status === 404) return { kind: 'lost' }
  switch (readBody(context, job, response, 'asking for a job').state) {
    case 'open':
      return { kind: 'waiting' }
    case 'working':
      return { kind: 'working', done: 0, total: rows.length }
    case 'aborted':
      return { kind: 'lost' }
    case 'done':
      return { kind: 'rows', rows: [...(await results(context, jobId, 'succeeded', rows)), ...(await results(context, jobId, 'failed', rows))] }
  }
}

async function results(context: Context, jobId: string, which: 'succeeded' | 'failed', rows: WriteRow[]): Promise<RowAnswer[]> {
  const byTrace = new Map(rows.map((row) => [row.traceId, row]))
  const what = { name: context.name, what: 'reading the results of a job' }
  const readPieces = async (pieces: AsyncIterable<Uint8Array>): Promise<RowAnswer[]> => {
    const found: RowAnswer[] = []
    let names: string[] | undefined
    for await (const cells of csvRows(pieces, what)) {
      if (names === undefined) names = cells
      else found.push(...answerOf(byTrace, which, Object.fromEntries(names.map((name, place) => [name, cells[place] ?? '']))))
    }
    return found
  }
  const response = await context.http.request({ method: 'GET', path: `/bulk/jobs/${jobId}/results/${which}`, readPieces, effect: 'read' })
  // What the reading made.
  return response.status < 300 ? (response.body as RowAnswer[]) : []
}

/** A result that is of none of the rows says nothing; one that says both says just that. */
function answerOf(rows: ReadonlyMap<string, WriteRow>, which: 'succeeded' | 'failed', { own = '', id, error }: Record<string, string>): RowAnswer[] {
  const row = rows.get(own)
  if (!row) return []
  const { position } = row
  return [
    ...(which === 'succeeded' ? [{ position, outcome: 'delivered' as const, id: id === '' ? undefined : id }] : []),
    ...(which === 'failed' || error !== undefined ? [{ position, outcome: 'rejected' as const, refusal: refused(error ?? '') }] : []),
  ]
}

function refused(vendor: string): Refusal {
  const [code = '', field] = vendor.split(':')
  const kind = code === 'DUPLICATE_VALUE' ? 'already-there' : code === 'ENTITY_IS_DELETED' ? 'not-there' : code.includes('PICKLIST') ? 'not-in-list' : 'value-invalid'
  return refusalOf(kind, { system, field, vendor })
}

async function abandonJob(context: Context, { jobId }: JobOfRows): Promise<boolean> {
  const response = await context.http.request({ method: 'DELETE', path: `/bulk/jobs/${jobId}`, effect: 'read' })
  return response.status < 300 || response.status === 404
}
