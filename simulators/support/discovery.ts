import type { Reply } from '../kit/reply.ts'
import type { Users } from './users.ts'

const SET_UP_AT = '2023-02-01T09:00:00Z'
const FIRST_FIELD_ID = 7_000_001

/** The custom fields of users, with the options of dropdowns. */
export function listUserFields(users: Users, origin: string): Reply {
  const fields = Array.from(users.userFields.values(), (field, index) => ({
    id: FIRST_FIELD_ID + index,
    url: `${origin}/api/v2/user_fields/${FIRST_FIELD_ID + index}.json`,
    key: field.key,
    type: field.type,
    title: field.title,
    description: '',
    position: index,
    active: true,
    system: false,
    regexp_for_validation: field.regexp ?? null,
    created_at: SET_UP_AT,
    updated_at: SET_UP_AT,
    ...(field.options === undefined
      ? {}
      : { custom_field_options: field.options.map(({ name, value }, place) => ({ id: (FIRST_FIELD_ID + index) * 100 + place, name, raw_name: name, value })) }),
  }))
  return { status: 200, body: { user_fields: fields, count: fields.length, next_page: null, previous_page: null } }
}

/** The account that the token belongs to. */
export function showMe(origin: string): Reply {
  return { status: 200, body: { user: { id: 1, url: `${origin}/api/v2/users/1.json`, name: 'Lockstep', role: 'admin', active: true } } }
}
