/** The vendor's types of custom user fields. */
export type UserFieldType = 'checkbox' | 'date' | 'decimal' | 'dropdown' | 'integer' | 'multiselect' | 'regexp' | 'text' | 'textarea'

/** A custom field of users, as the support desk's administrators have set it up. */
export type UserField = {
  readonly key: string
  readonly title: string
  readonly type: UserFieldType
  /** For dropdowns and multiselects: what people see, and the tag that travels. */
  readonly options?: readonly { readonly name: string; readonly value: string }[]
  readonly regexp?: string
}

export type SupportSchema = { readonly userFields: readonly UserField[] }

/** The standard fields that can be written, with the kind of value they hold. */
export const STANDARD_FIELDS = {
  external_id: 'text',
  email: 'email',
  name: 'name',
  phone: 'text',
  role: 'role',
  alias: 'text',
  details: 'text',
  notes: 'text',
  locale: 'text',
  time_zone: 'text',
  tags: 'tags',
  suspended: 'flag',
  verified: 'flag',
} as const

export type StandardField = keyof typeof STANDARD_FIELDS

export function isStandardField(name: string): name is StandardField {
  return Object.hasOwn(STANDARD_FIELDS, name)
}

export const ROLES = ['end-user', 'agent', 'admin']

/** The support desk of the sample company. */
export const sampleSupportSchema: SupportSchema = {
  userFields: [
    dropdown('tier', 'Tier', { bronze: 'Bronze', silver: 'Silver', gold: 'Gold', platinum: 'Platinum' }),
    dropdown('risk_band', 'Risk band', { low: 'Low', medium: 'Medium', high: 'High' }),
    { key: 'vip', title: 'VIP', type: 'checkbox' },
    { key: 'renewal_date', title: 'Renewal date', type: 'date' },
    { key: 'open_balance', title: 'Open balance', type: 'decimal' },
    { key: 'notes_internal', title: 'Internal notes', type: 'text' },
  ],
}

function dropdown(key: string, title: string, options: Readonly<Record<string, string>>): UserField {
  return { key, title, type: 'dropdown', options: Object.entries(options).map(([value, name]) => ({ name, value })) }
}
