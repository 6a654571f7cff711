import { isObject, member, numberMember, textMember } from '../kit/json.ts'
import type { RecordState, StoredRecord } from '../kit/record.ts'
import type { Reply } from '../kit/reply.ts'
import type { VendorRequest } from '../kit/simulator.ts'
import type { CrmObject } from './crm-object.ts'
import { badRequest } from './errors.ts'
import { readNames } from './inputs.ts'
import type { CrmProfile } from './limits.ts'
import { createMatcher, sortKey } from './search-filters.ts'
import { showRecord } from './shapes.ts'

type Hit = { readonly record: StoredRecord; readonly state: RecordState }
type Sort = { readonly property: string; readonly descending: boolean }

/** Searches the index, which sees changes only after a while; no more than the vendor's total can be paged through. */
export function search(object: CrmObject, profile: CrmProfile, request: VendorRequest): Reply {
  const { body, now } = request
  const limit = numberMember(body, 'limit') ?? 10
  if (!Number.isInteger(limit) || limit < 1 || limit > profile.searchPage) {
    throw badRequest(`limit must be between 1 and ${profile.searchPage}`)
  }
  const offset = readOffset(body)
  if (offset + limit > profile.searchTotal) {
    throw badRequest(`The search cannot page beyond ${profile.searchTotal} results`)
  }
  const hits = findHits(object, body, now)
  sortHits(object, hits, readSorts(body))
  const selection = { properties: readNames(body, 'properties'), withHistory: [] }
  const page = hits.slice(offset, offset + limit)
  const results = page.map(({ record, state }) => showRecord(object, record, selection, state))
  const next = offset + limit < hits.length ? { paging: { next: { after: String(offset + limit) } } } : {}
  return { status: 200, body: { total: hits.length, results, ...next } }
}

function findHits(object: CrmObject, body: unknown, now: number): Hit[] {
  const matches = createMatcher(object, member(body, 'filterGroups'), textMember(body, 'query'))
  const hits: Hit[] = []
  for (const record of object.table.records) {
    const state = object.searchView.read(record, now)
    if (state && !state.deleted && matches(record, state)) hits.push({ record, state })
  }
  return hits
}

function readOffset(body: unknown): number {
  const after = member(body, 'after')
  if (after === undefined || after === '') return 0
  const offset = Number(after)
  if (!Number.isSafeInteger(offset) || offset < 0) throw badRequest(`after must be a number, not ${String(after)}`)
  return offset
}

/** `name`, `-name`, or `{propertyName, direction}`. */
function readSorts(body: unknown): Sort[] {
  const sorts = member(body, 'sorts')
  if (!Array.isArray(sorts)) return []
  return sorts.map((sort: unknown) => {
    if (typeof sort === 'string') return { property: sort.replace(/^-/, ''), descending: sort.startsWith('-') }
    if (!isObject(sort)) throw badRequest('sorts must be names or {propertyName, direction}')
    return { property: textMember(sort, 'propertyName') ?? '', descending: sort['direction'] === 'DESCENDING' }
  })
}

/** Without an order the oldest record comes first, which is the order of the store. */
function sortHits(object: CrmObject, hits: Hit[], sorts: readonly Sort[]): void {
  const [first] = sorts
  if (!first) return
  const property = object.properties.get(first.property)
  if (!property) throw badRequest(`There was a problem with the request: no property ${first.property} to sort by`)
  const direction = first.descending ? -1 : 1
  const keyed = hits.map((hit) => ({ hit, key: sortKey(property, hit.record, hit.state) }))
  keyed.sort((left, right) => direction * compareKeys(left.key, right.key))
  for (const [index, { hit }] of keyed.entries()) hits[index] = hit
}

function compareKeys(left: number | string | null, right: number | string | null): number {
  if (left === right) return 0
  if (left === null) return 1
  if (right === null) return -1
  return left < right ? -1 : 1
}
