import type { StoredRecord } from '../kit/record.ts'
import type { Reply } from '../kit/reply.ts'
import type { VendorRequest } from '../kit/simulator.ts'
import { existsMessage } from './batch.ts'
import type { CrmObject } from './crm-object.ts'
import { badRequest, conflict, invalidProperties, notFound } from './errors.ts'
import { readProperties } from './inputs.ts'
import type { CrmProfile } from './limits.ts'
import { showRecord, showWritten } from './shapes.ts'
import type { Selection } from './shapes.ts'

export function getOne(object: CrmObject, request: VendorRequest): Reply {
  const archived = request.query.get('archived') === 'true'
  const id = request.params['id'] ?? ''
  const record = archived ? object.archived(id) : find(object, request)
  if (!record) throw notFound(`resource not found`)
  return { status: 200, body: showRecord(object, record, readSelection(request)) }
}

export function updateOne(object: CrmObject, request: VendorRequest): Reply {
  const record = find(object, request)
  if (!record) throw notFound('resource not found')
  const changes = checked(object, request)
  const holder = object.holder(changes, record)
  if (holder) throw conflict(existsMessage(object, holder))
  object.write(record, changes, request.now)
  return { status: 200, body: showWritten(record, changes, null) }
}

export function createOne(object: CrmObject, request: VendorRequest): Reply {
  const changes = checked(object, request)
  const holder = object.holder(changes, undefined)
  if (holder) throw conflict(existsMessage(object, holder))
  return { status: 201, body: showWritten(object.create(changes, request.now), changes, null) }
}

export function archiveOne(object: CrmObject, request: VendorRequest): Reply {
  const record = object.resolve(request.params['id'] ?? '', undefined)
  if (record) object.table.remove(record, request.now)
  return { status: 204 }
}

/** All records in the order of the store, page by page. */
export function list(object: CrmObject, profile: CrmProfile, request: VendorRequest): Reply {
  const selection = readSelection(request)
  const largest = selection.withHistory.length > 0 ? profile.batchInputsWithHistory : profile.listPage
  const limit = Number(request.query.get('limit') ?? '10')
  if (!Number.isInteger(limit) || limit < 1 || limit > largest) throw badRequest(`limit must be between 1 and ${largest}`)
  const after = request.query.get('after')
  const last = after === null || after === '' ? undefined : object.table.get(after)
  if (after && !last) throw badRequest(`Invalid paging token ${after}`)
  const archived = request.query.get('archived') === 'true'
  const results: unknown[] = []
  const { records } = object.table
  let position = last ? last.position + 1 : 0
  let latest: StoredRecord | undefined
  for (; position < records.length && results.length < limit; position += 1) {
    const record = records[position]
    if (!record || record.deleted !== archived || record.mergedInto !== null) continue
    results.push(showRecord(object, record, selection))
    latest = record
  }
  if (position >= records.length || !latest) return { status: 200, body: { results } }
  const link = `${request.origin}${request.path}?limit=${limit}&after=${latest.id}`
  return { status: 200, body: { results, paging: { next: { after: latest.id, link } } } }
}

function find(object: CrmObject, request: VendorRequest): StoredRecord | undefined {
  const idProperty = request.query.get('idProperty') ?? undefined
  if (idProperty !== undefined) object.requireUnique(idProperty)
  return object.resolve(request.params['id'] ?? '', idProperty)
}

function checked(object: CrmObject, request: VendorRequest): Record<string, string | null> {
  const { changes, problems } = object.check(readProperties(request.body))
  if (problems.length > 0) throw invalidProperties(problems)
  return changes
}

function readSelection({ query }: VendorRequest): Selection {
  return { properties: names(query, 'properties'), withHistory: names(query, 'propertiesWithHistory') }
}

/** Lists may be separated by commas or repeated. */
function names(query: URLSearchParams, name: string): string[] {
  return query.getAll(name).flatMap((part) => part.split(',')).filter((part) => part !== '')
}
