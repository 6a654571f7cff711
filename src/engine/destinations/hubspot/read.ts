import { readBody } from '../answers.ts'
import type { ReadQuery, ReadRecord } from '../destination.ts'
import type { Raw } from '../../../contract/states.ts'
import { batchRead, oneRecord } from './answers.ts'
import type { HubspotRecord } from './answers.ts'
import { RECORD_ID } from './context.ts'
import type { HubspotContext } from './context.ts'
import { editorOf, ownAppId } from './editors.ts'
import { listOf, readMembers } from './lists.ts'

/** Ids that a record swallowed in merges, and addresses it still answers for. */
const MERGED = 'hs_merged_object_ids'
const MORE_EMAILS = 'hs_additional_emails'

/** Answers of the batch: what was found, and which of the values asked for nobody has. */
interface Found {
  records: HubspotRecord[]
  missing: Set<string>
}

/** Strong read of a batch by record id or unique property. Results come in no order. */
export async function read(context: HubspotContext, query: ReadQuery): Promise<ReadRecord[]> {
  return listOf(query.object) === undefined ? readRecords(context, query) : readMembers(context, query, (contacts) => readRecords(context, contacts))
}

async function readRecords(context: HubspotContext, query: ReadQuery): Promise<ReadRecord[]> {
  const byId = query.by.kind === 'id' || query.by.field === RECORD_ID
  const values = [...new Set(query.by.values)]
  if (values.length === 0) return []
  const ownApp = query.history ? await ownAppId(context) : undefined
  const shape = (record: HubspotRecord): ReadRecord => toReadRecord(record, query, ownApp)
  const found = await readBatch(context, query, values, false)
  return byId ? readById(context, query, values, found, shape) : readByKey(context, query, values, found, shape)
}

async function readBatch(context: HubspotContext, query: ReadQuery, values: string[], archived: boolean): Promise<Found> {
  const extra = query.by.kind === 'key' ? [query.by.field, MORE_EMAILS] : [MERGED]
  const response = await context.http.request({
    method: 'POST',
    path: `/crm/v3/objects/${query.object}/batch/read${archived ? '?archived=true' : ''}`,
    json: {
      inputs: values.map((id) => ({ id })),
      properties: [...new Set([...query.fields, ...extra])],
      propertiesWithHistory: query.history ? query.fields : [],
      ...(query.by.kind === 'key' && query.by.field !== RECORD_ID ? { idProperty: query.by.field } : {}),
    },
    effect: 'read',
  })
  const { results, errors } = readBody(context, batchRead, response, `reading ${query.object}`)
  return { records: results, missing: new Set(errors.flatMap((error) => [...(error.context.ids ?? []), ...(error.context.id ?? [])])) }
}

async function readById(
  context: HubspotContext,
  query: ReadQuery,
  ids: string[],
  found: Found,
  shape: (record: HubspotRecord) => ReadRecord,
): Promise<ReadRecord[]> {
  const known = new Map(found.records.map((record) => [record.id, record]))
  const answers = ids.flatMap((id) => known.get(id) ?? []).map(shape)
  const gone: string[] = []
  for (const id of ids) {
    if (known.has(id)) continue
    const survivor = found.records.find((record) => mergedIds(record).includes(id)) ?? (found.missing.has(id) ? undefined : await readOne(context, query, id))
    if (survivor) answers.push({ ...shape(survivor), mergedFrom: id })
    else gone.push(id)
  }
  if (gone.length === 0) return answers
  const archived = await readBatch(context, query, gone, true)
  return [...answers, ...archived.records.map((record) => ({ ...shape(record), deleted: true }))]
}

async function readByKey(
  context: HubspotContext,
  query: ReadQuery,
  keys: string[],
  found: Found,
  shape: (record: HubspotRecord) => ReadRecord,
): Promise<ReadRecord[]> {
  const field = query.by.kind === 'key' ? query.by.field : RECORD_ID
  const holders = new Map(found.records.flatMap((record) => keysOf(record, field).map((key) => [key, record] as const)))
  const answers: ReadRecord[] = []
  for (const key of keys) {
    const holder = holders.get(comparable(field, key)) ?? (found.missing.has(key) || found.records.length === 0 ? undefined : await readOne(context, query, key))
    if (holder) answers.push({ ...shape(holder), requestedKey: key })
  }
  return answers
}

/** One record by itself: tells which record answers for an id or key that a merge has moved. */
async function readOne(context: HubspotContext, query: ReadQuery, value: string): Promise<HubspotRecord | undefined> {
  const parameters = new URLSearchParams({ properties: query.fields.join(',') })
  if (query.by.kind === 'key') parameters.set('idProperty', query.by.field)
  if (query.history) parameters.set('propertiesWithHistory', query.fields.join(','))
  const path = `/crm/v3/objects/${query.object}/${encodeURIComponent(value)}?${parameters.toString()}`
  const response = await context.http.request({ method: 'GET', path, effect: 'read' })
  return response.status === 404 ? undefined : readBody(context, oneRecord, response, `reading one of the ${query.object}`)
}

function mergedIds(record: HubspotRecord): string[] {
  return record.properties[MERGED]?.split(';') ?? []
}

function keysOf(record: HubspotRecord, field: string): string[] {
  const own = record.properties[field]
  const more = field === 'email' ? (record.properties[MORE_EMAILS]?.split(';') ?? []) : []
  return [...(own ? [own] : []), ...more].map((key) => comparable(field, key))
}

function comparable(field: string, key: string): string {
  return field === 'email' ? key.trim().toLowerCase() : key
}

/** Missing properties are null; values stay as the vendor gave them. */
export function toReadRecord(record: HubspotRecord, query: { fields: string[]; history?: boolean }, ownApp?: string): ReadRecord {
  const fields: Record<string, Raw> = {}
  for (const name of query.fields) fields[name] = record.properties[name] ?? null
  return {
    id: record.id,
    fields,
    ...(record.updatedAt ? { updatedAt: record.updatedAt } : {}),
    ...(record.archived ? { deleted: true } : {}),
    ...(query.history ? { editors: editorsOf(record, query.fields, ownApp) } : {}),
  }
}

function editorsOf(record: HubspotRecord, fields: string[], ownApp: string | undefined): NonNullable<ReadRecord['editors']> {
  const editors: NonNullable<ReadRecord['editors']> = {}
  for (const name of fields) {
    // Newest first.
    const editor = editorOf(record.propertiesWithHistory?.[name]?.[0], ownApp)
    if (editor) editors[name] = editor
  }
  return editors
}
