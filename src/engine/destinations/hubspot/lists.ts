import { z } from 'zod'
import { vendorMessage } from '../../drivers/http-messages.ts'
import { readBody, refusal, writeBody } from '../answers.ts'
import { type DestinationObject, type ListQuery, membership, type ReadQuery, type ReadRecord, type RowAnswer, type WriteAnswer, type WriteRow } from '../destination.ts'
import type { DestinationField } from '../../values/destination-field.ts'
import { mostDiscovered, PageWatch } from '../pages.ts'
import type { HubspotContext } from './context.ts'
import { allowed } from './allowed.ts'

/**
 * Static lists of contacts (CRM v3 lists). Each is an object of its own: its records are the contacts, with one field
 * that says whether they are in the list. Lists that HubSpot fills itself take no members and are not offered.
 *
 * Where the shapes come from: https://developers.hubspot.com/docs/api-reference/legacy/crm/lists (search,
 * memberships, add-and-remove, records/memberships/batch/read). "recordsIdsAdded" is the vendor's spelling.
 */
const OBJECT = 'contacts'
const CONTACT_TYPE = '0-1'
const prefix = 'list-'
/** The vendor's largest pages. */
const LISTS_PER_PAGE = 500
const MEMBERS_PER_PAGE = 100
/** Set where a person unsubscribed from all email: they are not put back into a list they are out of. */
const OPTED_OUT = 'hs_email_optout'
/** The field that stands for being in the list. */
const MEMBER = 'membership'

const listsPage = z.object({
  lists: z.array(z.object({ listId: z.coerce.string(), name: z.string(), objectTypeId: z.string().default(CONTACT_TYPE), processingType: z.string() })),
  hasMore: z.boolean().default(false),
  offset: z.number().default(0),
})
const membersPage = z.object({ results: z.array(z.object({ recordId: z.coerce.string() })), paging: z.object({ next: z.object({ after: z.string() }).optional() }).optional() })
const listsOfRecords = z.object({ results: z.array(z.object({ recordId: z.coerce.string(), recordListMemberships: z.array(z.object({ listId: z.coerce.string() })).default([]) })) })
const changed = z.object({ recordsIdsAdded: z.array(z.coerce.string()).default([]), recordIdsRemoved: z.array(z.coerce.string()).default([]), recordIdsMissing: z.array(z.coerce.string()).default([]) })

/** The list that an object stands for; undefined for objects of records. */
export function listOf(object: string): string | undefined {
  return object.startsWith(prefix) ? object.slice(prefix.length) : undefined
}

/** One object per static list. A token that may not see lists has none. */
export async function discoverLists(context: HubspotContext, contacts: DestinationObject): Promise<DestinationObject[]> {
  const found: DestinationObject[] = []
  const watch = new PageWatch({ name: context.name, what: 'looking for lists', most: mostDiscovered })
  for (let offset = 0, more = true; more; ) {
    const json = { query: '', processingTypes: ['MANUAL', 'SNAPSHOT'], offset, count: LISTS_PER_PAGE }
    const response = await allowed(context.http.request({ method: 'POST', path: '/crm/v3/lists/search', json, effect: 'read' }))
    if (!response || response.status === 404) return found
    const page = readBody(context, listsPage, response, 'looking for lists')
    found.push(...page.lists.filter(({ objectTypeId }) => objectTypeId === CONTACT_TYPE).map((list) => listObject(list, contacts)))
    more = page.hasMore && page.offset > offset
    if (more) watch.goesOn(String(page.offset), page.lists.map(({ listId }) => listId))
    offset = page.offset
  }
  return found
}

function listObject({ listId, name }: { listId: string; name: string }, contacts: DestinationObject): DestinationObject {
  const member: DestinationField = {
    name: MEMBER,
    label: 'Membership',
    type: 'string',
    access: 'read and write',
    required: false,
    unique: false,
    options: [
      { value: membership.in, label: 'In the list' },
      { value: membership.out, label: 'Not in the list' },
      { value: membership.suppressed, label: 'Not in the list, and unsubscribed' },
    ],
  }
  const keys = contacts.fields.filter((field) => contacts.matchFields.includes(field.name)).map((field): DestinationField => ({ ...field, access: 'read only' }))
  return { name: `${prefix}${listId}`, label: `${name} (list)`, noun: { one: 'member', many: 'members' }, fields: [...keys, member], matchFields: contacts.matchFields, operations: ['update'], membership: { field: MEMBER, of: OBJECT } }
}

/** The contacts as they are read anyway, with whether each is in the list. */
export async function readMembers(context: HubspotContext, query: ReadQuery, readContacts: (query: ReadQuery) => Promise<ReadRecord[]>): Promise<ReadRecord[]> {
  const list = listOf(query.object)
  const asked = query.fields.includes(MEMBER)
  const fields = query.fields.filter((field) => field !== MEMBER)
  const contacts = await readContacts({ ...query, object: OBJECT, fields: asked ? [...fields, OPTED_OUT] : fields, history: false })
  if (!asked) return contacts
  const living = [...new Set(contacts.filter(({ deleted }) => deleted !== true).map(({ id }) => id))]
  const members = living.length === 0 ? new Set<string>() : await membersAmong(context, list ?? '', living)
  return contacts.map((contact) => {
    const { [OPTED_OUT]: optedOut, ...rest } = contact.fields
    const state = members.has(contact.id) ? membership.in : String(optedOut) === 'true' ? membership.suppressed : membership.out
    return { ...contact, fields: { ...rest, [MEMBER]: state } }
  })
}

async function membersAmong(context: HubspotContext, list: string, ids: string[]): Promise<Set<string>> {
  const response = await context.http.request({
    method: 'POST',
    path: '/crm/v3/lists/records/memberships/batch/read',
    json: { inputs: ids.map((recordId) => ({ objectTypeId: CONTACT_TYPE, recordId })) },
    effect: 'read',
  })
  const { results } = readBody(context, listsOfRecords, response, 'reading who is in the list')
  return new Set(results.filter(({ recordListMemberships }) => recordListMemberships.some(({ listId }) => listId === list)).map(({ recordId }) => recordId))
}

/** Who is in the list, page by page. What changed since then cannot be asked: nobody lists who left. */
export async function listMembers(context: HubspotContext, query: ListQuery, readContacts: (query: ReadQuery) => Promise<ReadRecord[]>): Promise<{ records: ReadRecord[]; next?: string }> {
  const parameters = new URLSearchParams({ limit: String(MEMBERS_PER_PAGE) })
  if (query.cursor !== undefined) parameters.set('after', query.cursor)
  const response = await context.http.request({ method: 'GET', path: `/crm/v3/lists/${listOf(query.object) ?? ''}/memberships?${parameters.toString()}`, effect: 'read' })
  const { results, paging } = readBody(context, membersPage, response, 'listing the members')
  const by = { kind: 'id' as const, values: results.map(({ recordId }) => recordId) }
  return { records: await readMembers(context, { object: query.object, fields: query.fields, by }, readContacts), ...(paging?.next ? { next: paging.next.after } : {}) }
}

/** Adds and removes in one request. Doing it again changes nothing, and no contact is made or deleted. */
export async function writeMembers(context: HubspotContext, request: { object: string; rows: WriteRow[] }): Promise<WriteAnswer> {
  const wanted = (state: string): string[] => request.rows.filter((row) => row.fields[MEMBER] === state).flatMap(({ id }) => id ?? [])
  const response = await context.http.request({
    method: 'PUT',
    path: `/crm/v3/lists/${listOf(request.object) ?? ''}/memberships/add-and-remove`,
    json: { recordIdsToAdd: wanted(membership.in), recordIdsToRemove: wanted(membership.out) },
    effect: 'write',
  })
  if (response.status >= 400) return { kind: 'refused', refusal: refusal('refused', 'HubSpot refused to change the list.', { vendor: vendorMessage(response) }) }
  const { recordsIdsAdded, recordIdsRemoved, recordIdsMissing } = writeBody(context, changed, response)
  const answered = { added: new Set(recordsIdsAdded), removed: new Set(recordIdsRemoved), missing: new Set(recordIdsMissing) }
  return { kind: 'rows', rows: request.rows.flatMap((row) => testimony(row, answered)) }
}

/** An id that stands in no list of the answer was so before; one that stands in two says both. */
function testimony(row: WriteRow, { added, removed, missing }: Record<'added' | 'removed' | 'missing', Set<string>>): RowAnswer[] {
  const { position, id } = row
  const notThere: RowAnswer = { position, outcome: 'rejected', refusal: refusal('not-there', 'The record is no longer in HubSpot.') }
  if (id === undefined) return [notThere]
  const joins = row.fields[MEMBER] === membership.in
  // Somebody else was first: the membership is theirs.
  const existed = joins && !added.has(id)
  const taken: RowAnswer = { position, outcome: 'delivered', id, ...(existed ? { existed } : {}) }
  const saysOtherwise = joins ? removed.has(id) : added.has(id)
  if (missing.has(id)) return added.has(id) || removed.has(id) ? [taken, notThere] : [notThere]
  return saysOtherwise ? [taken, notThere] : [taken]
}
