import type { RecordState, StoredRecord } from '../kit/record.ts'
import type { Reply } from '../kit/reply.ts'
import type { VendorRequest } from '../kit/simulator.ts'
import { badRequest, notFound } from './errors.ts'
import type { SupportProfile } from './limits.ts'
import { showUser, toSeconds } from './shapes.ts'
import type { Users } from './users.ts'

export function readList(text: string | null): string[] {
  return (text ?? '').split(',').map((part) => part.trim()).filter((part) => part !== '')
}

/** Users by id or external id; those that are not there are left out, and the order is the desk's own. */
export function showMany(users: Users, profile: SupportProfile, request: VendorRequest): Reply {
  const ids = readList(request.query.get('ids'))
  const externalIds = readList(request.query.get('external_ids'))
  if (ids.length + externalIds.length > profile.usersPerRead) {
    throw badRequest(`Too many ids: at most ${profile.usersPerRead} can be asked for in one request`)
  }
  const found = new Set<StoredRecord>()
  for (const id of ids) add(found, users.byId(id))
  for (const id of externalIds) add(found, users.table.find('external_id', id))
  const shown = [...found].sort((left, right) => left.position - right.position)
  return {
    status: 200,
    body: { users: shown.map((record) => showUser(users, record, request.origin)), count: shown.length, next_page: null, previous_page: null },
  }
}

function add(found: Set<StoredRecord>, record: StoredRecord | undefined): void {
  if (record) found.add(record)
}

export function showOne(users: Users, request: VendorRequest): Reply {
  const record = users.byId(request.params['id'] ?? '')
  if (!record) throw notFound()
  return { status: 200, body: { user: showUser(users, record, request.origin) } }
}

/** All users with the vendor's cursors. */
export function listUsers(users: Users, request: VendorRequest): Reply {
  const size = readSize(request.query.get('page[size]') ?? request.query.get('per_page'), 100)
  const after = readCursor(request.query.get('page[after]'))
  const { records } = users.table
  const page: StoredRecord[] = []
  let position = after + 1
  for (; position < records.length && page.length < size; position += 1) {
    const record = records[position]
    if (record && !record.deleted) page.push(record)
  }
  const last = page.at(-1)
  const more = position < records.length
  const cursor = last ? writeCursor(last.position) : null
  const next = more ? `${request.origin}${request.path}?page%5Bsize%5D=${size}&page%5Bafter%5D=${cursor}` : null
  return {
    status: 200,
    body: {
      users: page.map((record) => showUser(users, record, request.origin)),
      meta: { has_more: more, after_cursor: cursor, before_cursor: null },
      links: { next, prev: null },
    },
  }
}

export function countUsers(users: Users, request: VendorRequest): Reply {
  const value = users.table.records.reduce((count, record) => count + (record.deleted ? 0 : 1), 0)
  return { status: 200, body: { count: { value, refreshed_at: toSeconds(request.now) } } }
}

/** Searches what the index knows by now: `external_id=`, or `query=` with words or `field:value`. */
export function searchUsers(users: Users, profile: SupportProfile, request: VendorRequest): Reply {
  const size = readSize(request.query.get('per_page'), 100)
  const page = Number(request.query.get('page') ?? '1')
  if (!Number.isInteger(page) || page < 1 || page * size > profile.searchTotal) throw badRequest('Requested response size was greater than Search Response Limits')
  const matches = createMatcher(request.query)
  const hits: { record: StoredRecord; state: RecordState }[] = []
  for (const record of users.table.records) {
    const state = users.searchView.read(record, request.now)
    if (state && !state.deleted && matches(state)) hits.push({ record, state })
  }
  const shown = hits.slice((page - 1) * size, page * size)
  const query = new URLSearchParams(request.query)
  query.set('page', String(page + 1))
  return {
    status: 200,
    body: {
      users: shown.map(({ record, state }) => showUser(users, record, request.origin, state)),
      count: hits.length,
      next_page: page * size < hits.length ? `${request.origin}${request.path}?${query.toString()}` : null,
      previous_page: null,
    },
  }
}

const SEARCH_FIELDS = ['email', 'name', 'external_id', 'phone', 'role', 'notes']

function createMatcher(query: URLSearchParams): (state: RecordState) => boolean {
  const externalId = query.get('external_id')?.toLowerCase()
  if (externalId !== undefined) return ({ fields }) => textOf(fields['external_id']) === externalId
  const terms = (query.get('query') ?? '').toLowerCase().split(/\s+/).filter((term) => term !== '' && term !== 'type:user')
  return ({ fields }) =>
    terms.every((term) => {
      const colon = term.indexOf(':')
      const field = term.slice(0, Math.max(0, colon))
      if (SEARCH_FIELDS.includes(field)) return textOf(fields[field]) === term.slice(colon + 1).replaceAll('"', '')
      return SEARCH_FIELDS.some((name) => textOf(fields[name]).includes(term.replaceAll('"', '')))
    })
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.toLowerCase() : ''
}

function readSize(text: string | null, largest: number): number {
  const size = text === null ? largest : Number(text)
  if (!Number.isInteger(size) || size < 1) throw badRequest('page size must be a positive integer')
  return Math.min(size, largest)
}

function writeCursor(position: number): string {
  return Buffer.from(`o${position}`).toString('base64url')
}

function readCursor(cursor: string | null): number {
  if (cursor === null || cursor === '') return -1
  const position = Number(Buffer.from(cursor, 'base64url').toString('utf8').slice(1))
  if (!Number.isSafeInteger(position)) throw badRequest('Invalid cursor')
  return position
}
