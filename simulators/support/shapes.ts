import { toIso } from '../kit/clock.ts'
import type { FieldValue, RecordState, StoredRecord } from '../kit/record.ts'
import { USER_FIELD_PREFIX } from './users.ts'
import type { Users } from './users.ts'
import type { UserField } from './schema.ts'

/** The vendor's instants are in whole seconds. */
export function toSeconds(epochMilliseconds: number): string {
  return `${toIso(epochMilliseconds).slice(0, 19)}Z`
}

/** A user as the API shows it. */
export function showUser(users: Users, record: StoredRecord, origin: string, state: RecordState = record) {
  const { fields } = state
  return {
    id: Number(record.id),
    url: `${origin}/api/v2/users/${record.id}.json`,
    name: fields['name'] ?? null,
    email: fields['email'] ?? null,
    created_at: toSeconds(record.createdAt),
    updated_at: toSeconds(state.updatedAt),
    time_zone: fields['time_zone'] ?? 'London',
    locale: fields['locale'] ?? 'en-GB',
    phone: fields['phone'] ?? null,
    shared_phone_number: null,
    organization_id: null,
    role: fields['role'] ?? 'end-user',
    verified: fields['verified'] ?? false,
    external_id: fields['external_id'] ?? null,
    tags: fields['tags'] ?? [],
    alias: fields['alias'] ?? null,
    active: !state.deleted,
    shared: false,
    details: fields['details'] ?? null,
    notes: fields['notes'] ?? null,
    suspended: fields['suspended'] ?? false,
    user_fields: showUserFields(users, fields),
  }
}

/** Every custom field is shown: without a value as null, a checkbox as false, a multiselect as an empty list. */
function showUserFields(users: Users, fields: RecordState['fields']): Record<string, FieldValue | null> {
  const shown: Record<string, FieldValue | null> = {}
  for (const field of users.userFields.values()) shown[field.key] = showValue(field, fields[USER_FIELD_PREFIX + field.key])
  return shown
}

function showValue(field: UserField, value: FieldValue | undefined): FieldValue | null {
  if (field.type === 'checkbox') return value ?? false
  if (field.type === 'multiselect') return value ?? []
  if (value === undefined) return null
  return field.type === 'date' && typeof value === 'string' ? `${value}T00:00:00+00:00` : value
}
