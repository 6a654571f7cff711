import { z } from 'zod'
import { readBody } from '../answers.ts'
import type { DestinationObject } from '../destination.ts'
import { mostDiscovered, PageWatch } from '../pages.ts'
import type { ZendeskContext } from './context.ts'
import { builtInFields, customField, userField } from './fields.ts'

const userFields = z.object({
  user_fields: z.array(userField),
  meta: z.object({ has_more: z.boolean(), after_cursor: z.string().nullish() }).optional(),
})
const me = z.object({ user: z.object({ name: z.string(), role: z.string().optional() }) })

/** Names the agent that the token is used as. */
export async function check(context: ZendeskContext): Promise<{ account: string }> {
  const response = await context.http.request({ method: 'GET', path: '/api/v2/users/me.json', effect: 'read' })
  const { user } = readBody(context, me, response, 'asking for the account')
  return { account: `${user.name} at ${context.settings.subdomain}` }
}

/** Users, with the custom fields of this account. */
export async function discover(context: ZendeskContext): Promise<DestinationObject[]> {
  const fields = builtInFields()
  const watch = new PageWatch({ name: context.name, what: 'listing its user fields', most: mostDiscovered })
  let cursor: string | undefined
  do {
    const page: string = cursor === undefined ? '' : `&page%5Bafter%5D=${encodeURIComponent(cursor)}`
    const response = await context.http.request({ method: 'GET', path: `/api/v2/user_fields.json?page%5Bsize%5D=100${page}`, effect: 'read' })
    const { user_fields: found, meta } = readBody(context, userFields, response, 'reading the user fields')
    fields.push(...found.filter((field) => field.active).map(customField))
    cursor = meta?.has_more ? (meta.after_cursor ?? undefined) : undefined
    if (cursor !== undefined) watch.goesOn(cursor, found.map(({ key }) => key))
  } while (cursor !== undefined)
  return [{ name: 'users', label: 'Users', noun: { one: 'person', many: 'people' }, fields, matchFields: ['external_id'], operations: ['create', 'update', 'delete'] }]
}
