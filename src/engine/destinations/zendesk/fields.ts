import { z } from 'zod'
import type { ValueType } from '../../../contract/definitions.ts'
import type { Raw } from '../../../contract/states.ts'
import type { DestinationField } from '../../values/destination-field.ts'

/** Custom fields whose key is also a built-in field's are addressed with this prefix. */
const PREFIX = 'user_fields.'

type BuiltIn = Pick<DestinationField, 'type' | 'label'> & Partial<DestinationField>

/** Role, suspension and verification decide who may sign in; they are shown, never written from a warehouse. */
const builtIns: Record<string, BuiltIn> = {
  external_id: { label: 'External id', type: 'string', unique: true, maxLength: 255, folds: 'lower case' },
  // Another address in an update becomes a further identity of the user; the one that is there stays.
  email: { label: 'Email', type: 'string', folds: 'email', setOnce: true, keyForm: { plain: 'email' } },
  name: { label: 'Name', type: 'string', required: true, maxLength: 255 },
  phone: { label: 'Phone', type: 'string' },
  alias: { label: 'Alias', type: 'string' },
  details: { label: 'Details', type: 'string' },
  notes: { label: 'Notes', type: 'string' },
  locale: { label: 'Language', type: 'string' },
  time_zone: { label: 'Time zone', type: 'string' },
  tags: { label: 'Tags', type: 'set' },
  role: { label: 'Role', type: 'string', access: 'read only' },
  suspended: { label: 'Suspended', type: 'boolean', access: 'read only' },
  verified: { label: 'Verified', type: 'boolean', access: 'read only' },
  organization_id: { label: 'Organisation', type: 'string', access: 'read only' },
  created_at: { label: 'Created at', type: 'instant', access: 'read only', precision: 0 },
  updated_at: { label: 'Updated at', type: 'instant', access: 'read only', precision: 0 },
}

export const userField = z.object({
  key: z.string(),
  title: z.string(),
  type: z.string(),
  active: z.boolean().default(true),
  custom_field_options: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
})
type UserField = z.infer<typeof userField>

/** The fields that every account has. */
export function builtInFields(): DestinationField[] {
  return Object.entries(builtIns).map(([name, field]) => ({ name, access: 'read and write', required: false, unique: false, ...field }))
}

/** A custom field of this account. */
export function customField(field: UserField): DestinationField {
  const type = typeOf(field.type)
  return {
    name: Object.hasOwn(builtIns, field.key) ? PREFIX + field.key : field.key,
    label: field.title,
    type,
    access: 'read and write',
    required: false,
    unique: false,
    // Options travel as their tag, not as the name that people see.
    ...(field.custom_field_options ? { options: field.custom_field_options.map(({ name, value }) => ({ value, label: name })) } : {}),
    ...(field.type === 'integer' ? { precision: 0 } : {}),
  }
}

function typeOf(type: string): ValueType {
  switch (type) {
    case 'checkbox':
      return 'boolean'
    case 'date':
      return 'date'
    case 'decimal':
    case 'integer':
      return 'number'
    case 'multiselect':
      return 'set'
    default:
      return 'string'
  }
}

/** A user as the API shows it; only what is read. */
export const user = z.looseObject({
  id: z.union([z.number(), z.string()]).transform(String),
  updated_at: z.string().optional(),
  active: z.boolean().optional(),
  external_id: z.string().nullish(),
  user_fields: z.record(z.string(), z.unknown()).default({}),
})
export type ZendeskUser = z.infer<typeof user>

/** The raw value of a field by our name for it. */
export function rawOf(from: ZendeskUser, name: string): Raw {
  const value = Object.hasOwn(builtIns, name) ? from[name] : from.user_fields[customKey(name)]
  // The answer was JSON, so whatever is there is a raw value.
  return (value ?? null) as Raw
}

/** The members of a user to write, custom fields in their own group. */
export function toUser(fields: Record<string, Raw>): Record<string, Raw> {
  const user: Record<string, Raw> = {}
  const custom: Record<string, Raw> = {}
  for (const [name, raw] of Object.entries(fields)) {
    if (Object.hasOwn(builtIns, name)) user[name] = raw
    else custom[customKey(name)] = raw
  }
  return Object.keys(custom).length > 0 ? { ...user, user_fields: custom } : user
}

function customKey(name: string): string {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name
}
