import { exactKey } from '../kit/key-index.ts'
import { isStringList, member } from '../kit/json.ts'
import type { Actor, FieldValue, StoredRecord } from '../kit/record.ts'
import { API_ACTOR, RecordTable } from '../kit/records.ts'
import type { Reply } from '../kit/reply.ts'
import type { ObjectControl, Route, VendorRequest } from '../kit/simulator.ts'
import { toIso } from '../kit/clock.ts'
import type { CrmObject } from './crm-object.ts'
import { badRequest, batchError, notFound } from './errors.ts'
import { readInputs } from './inputs.ts'
import type { CrmProfile } from './limits.ts'

/** A list of the CRM. Only static ones (MANUAL, SNAPSHOT) take members; the system fills the others itself. */
export type CrmList = { readonly listId: string; readonly name: string; readonly objectTypeId: string; readonly processingType: 'MANUAL' | 'SNAPSHOT' | 'DYNAMIC' }

/** The lists that the sample company's people have made. */
export const sampleLists: readonly CrmList[] = [
  { listId: '7', name: 'Retention calls', objectTypeId: '0-1', processingType: 'MANUAL' },
  { listId: '9', name: 'Event invitations', objectTypeId: '0-1', processingType: 'MANUAL' },
  { listId: '11', name: 'Gold customers', objectTypeId: '0-1', processingType: 'DYNAMIC' },
]

/** The company's workflow: nobody calls who has churned, whoever puts them into this list. */
const CALLS_LIST = '7'
const CLEAN_UP_ACTOR: Actor = { kind: 'workflow', name: 'Clean up calls' }

const MEMBER = 'member'
const MEMBERSHIP_PAGE = 250
const LIST_PAGE = 500
/** The vendor's most for one change of memberships. */
const CHANGES = 100_000

/** Who is in which list. A membership is a record "list-contact" whose field `member` says whether it stands. */
export class Memberships implements ObjectControl {
  readonly table = new RecordTable('memberships', [exactKey('list', false)])
  private readonly contacts: CrmObject

  constructor(contacts: CrmObject) {
    this.contacts = contacts
  }

  fieldName(name: string): string | undefined {
    return name === MEMBER || name === 'list' ? name : undefined
  }

  fieldValue(field: string, value: unknown): FieldValue | null {
    if (field === 'list') return String(value)
    if (typeof value !== 'boolean') throw new Error(`${field} is true or false`)
    return value ? true : null
  }

  newId(): string {
    throw new Error('A membership needs an id: the list’s and the contact’s, as in 7-101')
  }

  /** Living contacts in the list, by record id. */
  of(list: string): StoredRecord[] {
    const standing = this.table.findAll('list', list).filter((one) => one.fields[MEMBER] === true && !one.deleted)
    return standing.filter((one) => this.contacts.resolve(contactOf(one), undefined)?.id === contactOf(one)).sort((one, other) => Number(contactOf(one)) - Number(contactOf(other)))
  }

  /** Whether anything changed: who is in already, or not, stays so. */
  put(list: string, contact: string, isIn: boolean, now: number): boolean {
    const id = `${list}-${contact}`
    const known = this.table.get(id)
    const changed = known ? this.table.write(known, { [MEMBER]: isIn ? true : null }, API_ACTOR, now) : isIn
    const member = known ?? (isIn ? this.table.create(id, { list, [MEMBER]: true }, API_ACTOR, now) : undefined)
    if (changed && isIn && member && list === CALLS_LIST && this.contacts.resolve(contact, undefined)?.fields['lifecyclestage'] === 'churned') {
      this.table.write(member, { [MEMBER]: null }, CLEAN_UP_ACTOR, now + 1)
    }
    return changed
  }
}

function contactOf(membership: StoredRecord): string {
  return membership.id.slice(membership.id.indexOf('-') + 1)
}

/** The calls of CRM v3 lists that read lists and change who is in them. */
export function listRoutes(memberships: Memberships, contacts: CrmObject, profile: CrmProfile): Route[] {
  const base = '/crm/v3/lists'
  const on = (handle: (list: CrmList, request: VendorRequest) => Reply) => (request: VendorRequest) => handle(requireList(request), request)
  return [
    { method: 'POST', path: `${base}/search`, handle: (request) => searchLists(memberships, request) },
    { method: 'GET', path: `${base}/:list`, handle: on((list) => ({ status: 200, body: { list: showList(memberships, list) } })) },
    { method: 'GET', path: `${base}/:list/memberships`, handle: on((list, request) => listMembers(memberships, list, request)) },
    { method: 'PUT', path: `${base}/:list/memberships/add-and-remove`, rows: 'recordIdsToAdd', handle: on((list, request) => changeMembers({ memberships, contacts }, list, request)) },
    { method: 'POST', path: `${base}/records/memberships/batch/read`, rows: 'inputs', handle: (request) => readMemberships({ memberships, contacts }, profile, request) },
  ]
}

function requireList(request: VendorRequest): CrmList {
  const id = request.params['list'] ?? ''
  const list = sampleLists.find(({ listId }) => listId === id)
  if (!list) throw notFound(`List does not exist with ID ${id}.`)
  return list
}

function showList(memberships: Memberships, list: CrmList) {
  return { ...list, listVersion: 1, processingStatus: 'COMPLETE', additionalProperties: { hs_list_size: String(memberships.of(list.listId).length) } }
}

function searchLists(memberships: Memberships, { body }: VendorRequest): Reply {
  const query = member(body, 'query')
  const types = member(body, 'processingTypes')
  const [offset, count] = [Number(member(body, 'offset') ?? 0), Number(member(body, 'count') ?? 20)]
  if (!(count >= 1 && count <= LIST_PAGE)) throw badRequest(`count must be between 1 and ${LIST_PAGE}`)
  const found = sampleLists
    .filter((list) => !isStringList(types) || types.length === 0 || types.includes(list.processingType))
    .filter((list) => typeof query !== 'string' || list.name.toLowerCase().includes(query.toLowerCase()))
  const lists = found.slice(offset, offset + count).map((list) => showList(memberships, list))
  return { status: 200, body: { offset: offset + lists.length, hasMore: offset + lists.length < found.length, lists, total: found.length } }
}

/** By record id, page by page. */
function listMembers(memberships: Memberships, list: CrmList, { query, origin, path }: VendorRequest): Reply {
  const limit = Number(query.get('limit') ?? '100')
  if (!Number.isInteger(limit) || limit < 1 || limit > MEMBERSHIP_PAGE) throw badRequest(`limit must be between 1 and ${MEMBERSHIP_PAGE}`)
  const after = Number(query.get('after') ?? '0')
  if (!Number.isFinite(after)) throw badRequest(`Invalid paging token ${query.get('after')}`)
  const left = memberships.of(list.listId).filter((one) => Number(contactOf(one)) > after)
  const page = left.slice(0, limit)
  const results = page.map((one) => ({ recordId: contactOf(one), membershipTimestamp: toIso(one.updatedAt) }))
  const last = results.at(-1)
  if (left.length <= limit || !last) return { status: 200, body: { results, total: results.length } }
  return { status: 200, body: { results, paging: { next: { after: last.recordId, link: `${origin}${path}?limit=${limit}&after=${last.recordId}` } } } }
}

type Lists = { readonly memberships: Memberships; readonly contacts: CrmObject }

/** Ids that no contact has are told apart; who is a member already, or none, is passed over without a word. */
function changeMembers({ memberships, contacts }: Lists, list: CrmList, { body, now }: VendorRequest): Reply {
  if (list.processingType === 'DYNAMIC') throw badRequest(`List ${list.listId} has processing type DYNAMIC; members can be changed in MANUAL and SNAPSHOT lists only.`)
  const [toAdd, toRemove] = [idsIn(body, 'recordIdsToAdd'), idsIn(body, 'recordIdsToRemove')]
  if (toAdd.length + toRemove.length > CHANGES) throw badRequest(`No more than ${CHANGES} records can be changed at once.`)
  const missing = [...toAdd, ...toRemove].filter((id) => !contacts.resolve(id, undefined))
  const changed = (ids: string[], isIn: boolean): string[] => ids.filter((id) => !missing.includes(id) && memberships.put(list.listId, id, isIn, now))
  return { status: 200, body: { recordsIdsAdded: changed(toAdd, true), recordIdsRemoved: changed(toRemove, false), recordIdsMissing: missing } }
}

function idsIn(body: unknown, name: string): string[] {
  const ids = member(body, name) ?? []
  if (!isStringList(ids)) throw badRequest(`Invalid input JSON on line 1, column 1: ${name} must be a list of strings`)
  return [...new Set(ids)]
}

/** The lists that each record is in. */
function readMemberships({ memberships, contacts }: Lists, profile: CrmProfile, { body, now }: VendorRequest): Reply {
  const inputs = readInputs(body, profile.batchInputs).map((input) => ({ objectTypeId: String(member(input, 'objectTypeId')), recordId: String(member(input, 'recordId')) }))
  const missing = inputs.filter(({ recordId }) => !contacts.resolve(recordId, undefined))
  const results = inputs
    .filter((input) => !missing.includes(input))
    .map((input) => ({ ...input, recordListMemberships: sampleLists.flatMap(({ listId }) => shownMembership(memberships.table.get(`${listId}-${input.recordId}`), listId)) }))
  const answer = { status: 'COMPLETE', results, startedAt: toIso(now), completedAt: toIso(now) }
  if (missing.length === 0) return { status: 200, body: answer }
  const error = batchError('OBJECT_NOT_FOUND', 'Could not get some records, they may be deleted or not exist. Check that ids are valid.', { ids: missing.map(({ recordId }) => recordId) })
  return { status: 207, body: { ...answer, numErrors: 1, errors: [error] } }
}

function shownMembership(membership: StoredRecord | undefined, listId: string) {
  if (!membership || membership.deleted || membership.fields[MEMBER] !== true) return []
  return [{ listId, listVersion: 1, firstAddedTimestamp: toIso(membership.createdAt), lastAddedTimestamp: toIso(membership.updatedAt), isPublicList: false }]
}
