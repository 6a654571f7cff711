import { z } from 'zod'
import { readBody } from '../answers.ts'
import type { ListQuery, ReadQuery, ReadRecord } from '../destination.ts'
import type { Raw } from '../../../contract/states.ts'
import type { ZendeskContext } from './context.ts'
import { rawOf, user } from './fields.ts'
import type { ZendeskUser } from './fields.ts'

const many = z.object({ users: z.array(user) })
const listed = z.object({ users: z.array(user), meta: z.object({ has_more: z.boolean(), after_cursor: z.string().nullish() }) })
const changed = z.object({ users: z.array(user), after_cursor: z.string().nullish(), end_of_stream: z.boolean() })

interface Listed {
  records: ReadRecord[]
  next?: string
}

/** Strong read by user id or external id. A deleted user is still shown by its id. */
export async function read(context: ZendeskContext, query: ReadQuery): Promise<ReadRecord[]> {
  const byId = query.by.kind === 'id'
  // The list travels separated by commas, so a value with one cannot be asked for, and nobody can hold it.
  const values = [...new Set(query.by.values)].filter((value) => !value.includes(','))
  if (values.length === 0) return []
  const path = `/api/v2/users/show_many.json?${byId ? 'ids' : 'external_ids'}=${encodeURIComponent(values.join(','))}`
  const response = await context.http.request({ method: 'GET', path, effect: 'read' })
  const { users } = readBody(context, many, response, 'reading users')
  if (byId) return users.map((one) => toReadRecord(one, query.fields))
  const holders = new Map(users.filter((one) => one.active !== false).map((one) => [one.external_id?.toLowerCase(), one]))
  return values.flatMap((value) => {
    const holder = holders.get(value.toLowerCase())
    return holder ? [{ ...toReadRecord(holder, query.fields), requestedKey: value }] : []
  })
}

/** All users page by page, or those changed since, deleted ones included. */
export function list(context: ZendeskContext, query: ListQuery): Promise<Listed> {
  return query.changedSince === undefined ? listAll(context, query) : listChanged(context, query, query.changedSince)
}

async function listAll(context: ZendeskContext, query: ListQuery): Promise<Listed> {
  const after = query.cursor === undefined ? '' : `&page%5Bafter%5D=${encodeURIComponent(query.cursor)}`
  const response = await context.http.request({ method: 'GET', path: `/api/v2/users.json?page%5Bsize%5D=100${after}`, effect: 'read' })
  const { users, meta } = readBody(context, listed, response, 'listing users')
  return page(users, query, meta.has_more ? meta.after_cursor : null)
}

async function listChanged(context: ZendeskContext, query: ListQuery, since: string): Promise<Listed> {
  const start = query.cursor === undefined ? `start_time=${Math.floor(Date.parse(since) / 1000)}` : `cursor=${encodeURIComponent(query.cursor)}`
  const response = await context.http.request({
    method: 'GET',
    path: `/api/v2/incremental/users/cursor.json?${start}`,
    limits: ['incremental'],
    effect: 'read',
  })
  // The export holds the latest minute back and refuses to start within it: nothing that can be shown has changed yet.
  if (response.status === 400 && isTooRecent(response.body)) return { records: [] }
  const { users, after_cursor: next, end_of_stream: end } = readBody(context, changed, response, 'looking for changed users')
  return page(users, query, end ? null : next)
}

function isTooRecent(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'error' in body && body.error === 'StartTimeTooRecent'
}

function page(users: ZendeskUser[], query: ListQuery, next: string | null | undefined): Listed {
  return { records: users.map((one) => toReadRecord(one, query.fields)), ...(next ? { next } : {}) }
}

function toReadRecord(from: ZendeskUser, names: string[]): ReadRecord {
  const fields: Record<string, Raw> = {}
  for (const name of names) fields[name] = rawOf(from, name)
  return {
    id: from.id,
    fields,
    ...(from.updated_at ? { updatedAt: from.updated_at } : {}),
    ...(from.active === false ? { deleted: true } : {}),
  }
}
