import { z } from 'zod'
import { readBody } from '../answers.ts'
import type { ListQuery, ReadRecord } from '../destination.ts'
import { page } from './answers.ts'
import { listSizes, modifiedProperty, RECORD_ID } from './context.ts'
import type { HubspotContext } from './context.ts'
import { listMembers, listOf } from './lists.ts'
import { read, toReadRecord } from './read.ts'

interface Listed {
  records: ReadRecord[]
  next?: string
}

function listingOf({ profile }: HubspotContext): typeof listSizes {
  return { ...listSizes, ...profile.own }
}

/** All records page by page, or those changed since, oldest change first. A record may come twice, the later one stands. */
export function list(context: HubspotContext, query: ListQuery): Promise<Listed> {
  if (listOf(query.object) !== undefined) return listMembers(context, query, (contacts) => read(context, contacts))
  return query.changedSince === undefined ? listAll(context, query) : listChanged(context, query, query.changedSince)
}

async function listAll(context: HubspotContext, query: ListQuery): Promise<Listed> {
  const parameters = new URLSearchParams({ limit: String(listingOf(context).rowsPerList), properties: query.fields.join(',') })
  if (query.cursor !== undefined) parameters.set('after', query.cursor)
  const response = await context.http.request({ method: 'GET', path: `/crm/v3/objects/${query.object}?${parameters.toString()}`, effect: 'read' })
  const { results, paging } = readBody(context, page, response, `listing ${query.object}`)
  return { records: results.map((record) => toReadRecord(record, query)), ...(paging?.next ? { next: paging.next.after } : {}) }
}

/**
 * Where the search for changes is. `from`: changes at or after this instant. `at`: more records than can be
 * paged share one instant, so they are walked by id, after `id`; then the search goes on behind the instant.
 */
const position = z.union([z.object({ from: z.string(), behind: z.boolean(), after: z.string().optional() }), z.object({ at: z.string(), id: z.string() })])
type Position = z.infer<typeof position>

async function listChanged(context: HubspotContext, query: ListQuery, since: string): Promise<Listed> {
  const start: Position = query.cursor === undefined ? { from: since, behind: false } : position.parse(JSON.parse(query.cursor))
  const modified = modifiedProperty(query.object)
  const sizes = listingOf(context)
  const response = await context.http.request({
    method: 'POST',
    path: `/crm/v3/objects/${query.object}/search`,
    json: { ...searchFor(start, modified), limit: sizes.rowsPerSearch, properties: [...new Set([...query.fields, modified])] },
    limits: ['search'],
    effect: 'read',
  })
  const { results, paging } = readBody(context, page, response, `looking for changed ${query.object}`)
  const last = results.at(-1)
  const next = last && nextPosition(start, { id: last.id, modified: last.properties[modified] ?? last.updatedAt ?? since }, paging?.next?.after, sizes)
  return { records: results.map((record) => toReadRecord(record, query)), ...(next ? { next: JSON.stringify(next) } : {}) }
}

function searchFor(start: Position, modified: string) {
  if ('at' in start) {
    const filters = [
      { propertyName: modified, operator: 'EQ', value: epoch(start.at) },
      { propertyName: RECORD_ID, operator: 'GT', value: start.id },
    ]
    return { filterGroups: [{ filters }], sorts: [RECORD_ID] }
  }
  const filters = [{ propertyName: modified, operator: start.behind ? 'GT' : 'GTE', value: epoch(start.from) }]
  return { filterGroups: [{ filters }], sorts: [modified], ...(start.after === undefined ? {} : { after: start.after }) }
}

/** Pages on while the vendor's cap allows, then moves the lower bound up to the last change seen. */
function nextPosition(start: Position, last: { id: string; modified: string }, after: string | undefined, sizes: typeof listSizes): Position | undefined {
  if ('at' in start) return after === undefined ? { from: start.at, behind: true } : { at: start.at, id: last.id }
  if (after === undefined) return undefined
  if (Number(after) + sizes.rowsPerSearch <= sizes.searchTotal) return { ...start, after }
  if (epoch(last.modified) !== epoch(start.from)) return { from: last.modified, behind: false }
  return { at: last.modified, id: '0' }
}

function epoch(instant: string): string {
  return String(Date.parse(instant))
}
