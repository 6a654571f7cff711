import type { ValueType } from '../../../contract/definitions.ts'
import type { DestinationField } from '../../values/destination-field.ts'

/** Texts are kept to this length; longer ones are cut off without a word. */
const TEXT_LIMIT = 255
const DEFAULT_ITEMS = 25

type Fixed = Pick<DestinationField, 'label'> & Partial<DestinationField>

const subscription = ['opted_in', 'subscribed', 'unsubscribed'].map((value) => ({ value, label: value.replace('_', ' ') }))
const genders = Object.entries({ M: 'Male', F: 'Female', O: 'Other', N: 'Not applicable', P: 'Prefer not to say' }).map(([value, label]) => ({ value, label }))

/** The attributes every workspace has. */
const fixed: Record<string, Fixed> = {
  // The id tells whom an attribute belongs to: another one is another user, and null does not remove it.
  external_id: { label: 'External id', unique: true, access: 'read and write', setOnce: true },
  email: { label: 'Email', folds: 'email', keyForm: { plain: 'email' } },
  phone: { label: 'Phone (E.164)', keyForm: { plain: 'phone' } },
  first_name: { label: 'First name', maxLength: TEXT_LIMIT },
  last_name: { label: 'Last name', maxLength: TEXT_LIMIT },
  home_city: { label: 'Home city', maxLength: TEXT_LIMIT },
  country: { label: 'Country (two letters)' },
  language: { label: 'Language (two letters)' },
  gender: { label: 'Gender', options: genders },
  dob: { label: 'Date of birth', type: 'date' },
  time_zone: { label: 'Time zone' },
  email_subscribe: { label: 'Email subscription', options: subscription },
  push_subscribe: { label: 'Push subscription', options: subscription },
}

/** Whether an attribute is one that every workspace has. */
export function isFixed(name: string): boolean {
  return Object.hasOwn(fixed, name)
}

export function fixedFields(): DestinationField[] {
  return Object.entries(fixed).map(([name, field]) => ({ name, type: 'string', access: 'read and write', required: false, unique: false, ...field }))
}

/** A custom attribute; undefined for types that cannot be compared value by value. */
export function customField(attribute: { name: string; data_type: string; description?: string | null; array_length?: number | null }): DestinationField | undefined {
  const type = typeOf(attribute.data_type)
  if (type === undefined) return undefined
  return {
    name: attribute.name,
    label: attribute.description || attribute.name,
    type,
    access: 'read and write',
    required: false,
    unique: false,
    ...(type === 'string' ? { maxLength: TEXT_LIMIT } : {}),
    ...(type === 'set' ? { maxItems: attribute.array_length ?? DEFAULT_ITEMS } : {}),
    ...(type === 'instant' ? { precision: 3 } : {}),
  }
}

/** The vendor adds "(Automatically Detected)" to types that nobody fixed. */
function typeOf(dataType: string): ValueType | undefined {
  const [word = ''] = dataType.toLowerCase().split(' (', 1)
  switch (word) {
    case 'string':
      return 'string'
    case 'number':
    case 'float':
    case 'integer':
      return 'number'
    case 'boolean':
      return 'boolean'
    case 'date':
    case 'time':
    case 'date/time':
      return 'instant'
    case 'array':
      return 'set'
    case 'object':
      return 'json'
    default:
      return undefined
  }
}
