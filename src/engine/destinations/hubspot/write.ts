import { writeBody } from '../answers.ts'
import type { DestinationResponse } from '../../drivers/http-messages.ts'
import type { Refusal, RowAnswer, WriteAnswer, WriteRequest, WriteRow } from '../destination.ts'
import { gaveUp, refusalOf, wholeRefusal } from '../refusals.ts'
import type { RefusalKind } from '../refusals.ts'
import { batchError, batchWrite } from './answers.ts'
import type { BatchError, BatchWrite } from './answers.ts'
import { RECORD_ID } from './context.ts'
import type { HubspotContext } from './context.ts'
import { listOf, writeMembers } from './lists.ts'

const system = 'HubSpot'

/**
 * Writes one batch. Creates use `batch/create`, not upsert: a record that somebody made with the same key
 * since the plan is then refused as a conflict instead of being overwritten. The unique key makes the
 * create safe to settle by reading.
 */
export async function write(
  context: HubspotContext,
  request: WriteRequest,
): Promise<WriteAnswer> {
  if (listOf(request.object) !== undefined) return writeMembers(context, request)
  if (request.operation === 'archive') return archive(context, request)
  const creates = request.operation === 'create'
  if (creates && request.rows.some((row) => row.key.field === RECORD_ID)) {
    return { kind: 'refused', refusal: refusalOf('key-cannot-create', { system, field: RECORD_ID }) }
  }
  const response = await context.http.request({
    method: 'POST',
    path: `/crm/v3/objects/${request.object}/batch/${request.operation}`,
    json: { inputs: request.rows.map((row) => (creates ? createInput(row) : updateInput(row))) },
    effect: 'write',
  })
  if (response.status >= 400) return { kind: 'refused', refusal: refusalOfAll(response) }
  return { kind: 'rows', rows: testimony(request.rows, writeBody(context, batchWrite, response)) }
}

/** The records go to the recycle bin, from which people can restore them for 90 days. */
async function archive(context: HubspotContext, request: WriteRequest): Promise<WriteAnswer> {
  const response = await context.http.request({
    method: 'POST',
    path: `/crm/v3/objects/${request.object}/batch/archive`,
    json: { inputs: request.rows.map(({ id }) => ({ id })) },
    effect: 'write',
  })
  if (response.status >= 400) return { kind: 'refused', refusal: refusalOfAll(response) }
  // It answers no ids.
  return { kind: 'rows', rows: request.rows.map(({ id, position }) => ({ position, outcome: 'delivered', id })) }
}

function createInput(row: WriteRow) {
  return { objectWriteTraceId: row.traceId, properties: { [row.key.field]: row.key.value, ...texts(row) } }
}

function updateInput(row: WriteRow) {
  const target = row.id === undefined ? { id: row.key.value, idProperty: row.key.field } : { id: row.id }
  return { ...target, objectWriteTraceId: row.traceId, properties: texts(row) }
}

/** Null means clear, and clearing is the empty text. */
function texts(row: WriteRow): Record<string, string> {
  return Object.fromEntries(
    Object.entries(row.fields).map(([name, raw]) => [name, raw === null ? '' : typeof raw === 'object' ? JSON.stringify(raw) : String(raw)]),
  )
}

/**
 * Results come in no order: the trace id tells whose they are, for errors too; only an answer without one is told by the
 * record's id. What is said twice of a row stands there twice (testimony.ts).
 */
function testimony(rows: readonly WriteRow[], { results, errors }: BatchWrite): RowAnswer[] {
  const byTrace = new Map(rows.map((row) => [row.traceId, row.position]))
  const byTarget = new Map(rows.flatMap((row) => (row.id === undefined ? [] : [[row.id, row.position] as const])))
  const delivered = results.flatMap(({ id, objectWriteTraceId: trace }): RowAnswer[] => {
    const position = trace === undefined ? byTarget.get(id) : byTrace.get(trace)
    return position === undefined ? [] : [{ position, outcome: 'delivered', id }]
  })
  const rejected = errors.flatMap((error): RowAnswer[] => {
    const { objectWriteTraceId: traces = [], ids = [], id = [] } = error.context
    const named = traces.length > 0 ? traces.map((trace) => byTrace.get(trace)) : [...ids, ...id].map((one) => byTarget.get(one))
    return named.flatMap((position) => (position === undefined ? [] : [{ position, outcome: 'rejected', refusal: rowRefusal(error) }]))
  })
  return [...delivered, ...rejected].sort((one, other) => one.position - other.position)
}

function refusalOfAll(response: DestinationResponse): Refusal {
  const parsed = batchError.safeParse(response.body)
  return parsed.success ? rowRefusal(parsed.data) : wholeRefusal(system, response)
}

/** HubSpot's codes of a property that it does not take. */
const kindByCode: Record<string, RefusalKind> = {
  INVALID_OPTION: 'not-in-list',
  INVALID_LENGTH: 'too-long',
  INVALID_EMAIL: 'address-invalid',
  INVALID_PHONE_NUMBER: 'phone-invalid',
  INVALID_DATE: 'date-invalid',
  INVALID_DOUBLE: 'number-invalid',
  INVALID_INTEGER: 'number-invalid',
  INVALID_LONG: 'number-invalid',
  INVALID_BOOLEAN: 'yes-no-invalid',
  READ_ONLY_VALUE: 'read-only',
  PROPERTY_DOESNT_EXIST: 'field-unknown',
  REQUIRED_FIELD: 'required-missing',
}

const kindByCategory: Record<string, RefusalKind> = {
  VALIDATION_ERROR: 'value-invalid',
  CONFLICT: 'already-there',
  OBJECT_ALREADY_EXISTS: 'already-there',
  DUPLICATE_UNIQUE_PROPERTY_VALUE: 'already-there',
  OBJECT_NOT_FOUND: 'not-there',
  MISSING_SCOPES: 'not-allowed',
}

function rowRefusal(error: BatchError): Refusal {
  const [detail] = error.errors
  const field = detail?.context.propertyName?.[0]
  if (gaveUp([error.status, error.category, detail?.code], error.message)) return refusalOf('unfinished', { system, vendor: detail?.message ?? error.message })
  const kind = kindByCode[detail?.code ?? ''] ?? kindByCategory[error.category] ?? 'refused'
  return refusalOf(kind, { system, field, vendor: detail?.message ?? error.message })
}
