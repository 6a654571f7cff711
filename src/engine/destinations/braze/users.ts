import { z } from 'zod'
import { readBody, writeBody } from '../answers.ts'
import { mostDiscovered, PageWatch } from '../pages.ts'
import { gaveUp, refusalOf, wholeRefusal } from '../refusals.ts'
import type { RefusalKind } from '../refusals.ts'
import type { DestinationContext, DestinationObject, ReadQuery, ReadRecord, Refusal, RowAnswer, WriteAnswer, WriteRequest, WriteRow } from '../destination.ts'
import type { Raw } from '../../../contract/states.ts'
import { customField, fixedFields, isFixed } from './fields.ts'
import type { BrazeSettings } from './listing.ts'

const system = 'Braze'
type BrazeContext = DestinationContext<BrazeSettings>

const attributePage = z.object({
  attributes: z.array(
    z.object({
      name: z.string(),
      data_type: z.string(),
      description: z.string().nullish(),
      array_length: z.number().nullish(),
      status: z.string().optional(),
    }),
  ),
})

const exported = z.object({
  users: z.array(z.looseObject({ external_id: z.string().optional(), custom_attributes: z.record(z.string(), z.unknown()).default({}) })).default([]),
})

const trackErrors = z.array(z.object({ type: z.string(), index: z.number().int(), input_array: z.string().optional() })).catch([])
const tracked = z.object({ message: z.string(), errors: trackErrors.optional() })
/** The words of an answer that means what its status says. */
const taken = tracked.extend({ message: z.enum(['success', 'queued']) })

/** The key opens the account if it can read the attributes; nothing tells the account's name. */
export async function check(context: BrazeContext): Promise<{ account: string }> {
  await attributesAfter(context, undefined)
  return { account: new URL(context.baseUrl).host }
}

/** Users, with the custom attributes that exist by now. */
export async function discover(context: BrazeContext): Promise<DestinationObject[]> {
  const fields = fixedFields()
  const watch = new PageWatch({ name: context.name, what: 'listing its custom attributes', most: mostDiscovered })
  let cursor: string | undefined
  do {
    const page = await attributesAfter(context, cursor)
    const active = page.attributes.filter(({ name, status }) => status !== 'Blocklisted' && !isFixed(name))
    fields.push(...active.flatMap((attribute) => customField(attribute) ?? []))
    cursor = page.next
    if (cursor !== undefined) watch.goesOn(cursor, page.attributes.map(({ name }) => name))
  } while (cursor !== undefined)
  return [{ name: 'users', label: 'Users', noun: { one: 'person', many: 'people' }, fields, matchFields: ['external_id'], operations: ['create', 'update', 'delete'] }]
}

async function attributesAfter(context: BrazeContext, cursor: string | undefined) {
  const path = `/custom_attributes${cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`}`
  const response = await context.http.request({ method: 'GET', path, limits: ['discovery'], effect: 'read' })
  const { attributes } = readBody(context, attributePage, response, 'reading the custom attributes')
  return { attributes, next: nextCursor(response.headers.link) }
}

/** The next page's address is in the Link header; only its cursor is used, never its host. */
function nextCursor(link: string | undefined): string | undefined {
  const target = link?.split(',').find((part) => part.includes('rel="next"') || part.includes('rel=next'))
  const address = target && /<([^>]+)>/.exec(target)?.[1]
  return address === undefined ? undefined : (new URL(address, 'http://localhost').searchParams.get('cursor') ?? undefined)
}

/** Strong read by external id, which is also a record's id here. Attributes without a value are left out by Braze. */
export async function read(context: BrazeContext, query: ReadQuery): Promise<ReadRecord[]> {
  const ids = [...new Set(query.by.values)]
  if (ids.length === 0) return []
  const fixed = query.fields.filter(isFixed)
  const custom = query.fields.length > fixed.length ? ['custom_attributes'] : []
  const response = await context.http.request({
    method: 'POST',
    path: '/users/export/ids',
    json: { external_ids: ids, fields_to_export: [...new Set(['external_id', ...fixed, ...custom])] },
    limits: ['export'],
    effect: 'read',
  })
  const { users } = readBody(context, exported, response, 'reading users')
  return users.flatMap((user): ReadRecord[] => {
    const id = user.external_id
    if (id === undefined) return []
    const fields: Record<string, Raw> = {}
    for (const name of query.fields) fields[name] = ((isFixed(name) ? user[name] : user.custom_attributes[name]) ?? null) as Raw
    return [{ id, fields, ...(query.by.kind === 'key' ? { requestedKey: id } : {}) }]
  })
}

/** Queues a batch; it is applied moments later. Only the fields to change are sent, because each one sent is paid for. */
export async function write(context: BrazeContext, request: WriteRequest): Promise<WriteAnswer> {
  if (request.operation === 'delete') return destroy(context, request)
  const response = await context.http.request({
    method: 'POST',
    path: '/users/track',
    json: {
      attributes: request.rows.map((row) => ({
        ...row.fields,
        external_id: row.id ?? row.key.value,
        // A user who was deleted since the plan is not brought back by an update.
        ...(request.operation === 'update' ? { _update_existing_only: true } : {}),
      })),
    },
    limits: ['track'],
    effect: 'write',
  })
  const fatal = response.status >= 400
  const body = fatal ? tracked.safeParse(response.body).data : writeBody(context, taken, response)
  const wrong = new Map((body?.errors ?? []).filter((error) => error.input_array !== 'events' && error.index >= 0 && error.index < request.rows.length).map((error) => [error.index, error.type]))
  if (fatal && wrong.size < request.rows.length) {
    return { kind: 'refused', refusal: wholeRefusal(system, response) }
  }
  return { kind: 'rows', rows: request.rows.map((row, index) => toAnswer(row, wrong.get(index))) }
}

function toAnswer(row: WriteRow, problem: string | undefined): RowAnswer {
  if (problem !== undefined) return { position: row.position, outcome: 'rejected', refusal: rowRefusal(problem) }
  // Answers carry no ids here: the external id is the record's.
  return { position: row.position, outcome: 'delivered', id: row.id ?? row.key.value }
}

/** What Braze's errors say, by their wording: they carry no code. */
const kindByWording: readonly [RegExp, RefusalKind][] = [
  [/(external_id|braze_id|user_alias).* is required/i, 'key-missing'],
  [/not a valid email/i, 'address-invalid'],
  [/valid E\.164|phone number/i, 'phone-invalid'],
  [/must be one of|is not one of/i, 'not-in-list'],
  [/blocklisted|reserved/i, 'read-only'],
  [/too long|maximum length|longer than/i, 'too-long'],
  [/is required|must be provided/i, 'required-missing'],
  [/date/i, 'date-invalid'],
]

/** Errors name their field in quotes: "'email' is not a valid email address". */
function rowRefusal(problem: string): Refusal {
  if (gaveUp([], problem)) return refusalOf('unfinished', { system, vendor: problem })
  const kind = kindByWording.find(([wording]) => wording.test(problem))?.[1]
  const field = kind === 'key-missing' ? undefined : /'([a-z_]+)'/.exec(problem)?.[1]
  return refusalOf(kind ?? (field === undefined ? 'refused' : 'value-invalid'), { system, field, vendor: problem })
}

/** Deletes profiles with all their data, for good. */
async function destroy(context: BrazeContext, { rows }: WriteRequest): Promise<WriteAnswer> {
  const response = await context.http.request({ method: 'POST', path: '/users/delete', json: { external_ids: rows.map(({ id }) => id) }, limits: ['delete'], effect: 'write' })
  if (response.status >= 400) return { kind: 'refused', refusal: wholeRefusal(system, response) }
  return { kind: 'rows', rows: rows.map(({ id, position }) => ({ position, outcome: 'delivered', id })) }
}
