/** The vendor's types of custom attributes, in its own spelling. */
export type AttributeType = 'String' | 'Number' | 'Boolean' | 'Date' | 'Array' | 'Object'

/** A custom attribute; further ones come into being when they are first sent. */
export type CustomAttribute = { readonly name: string; readonly type: AttributeType; readonly description?: string; readonly arrayLength?: number }

export type MarketingSchema = { readonly customAttributes: readonly CustomAttribute[] }

/** What kind of value each standard attribute holds. */
export const STANDARD_ATTRIBUTES = {
  external_id: 'identifier',
  email: 'email',
  phone: 'phone',
  first_name: 'text',
  last_name: 'text',
  home_city: 'text',
  country: 'country',
  language: 'language',
  gender: 'gender',
  dob: 'date',
  time_zone: 'timeZone',
  email_subscribe: 'subscription',
  push_subscribe: 'subscription',
} as const

export type StandardAttribute = keyof typeof STANDARD_ATTRIBUTES

export function isStandardAttribute(name: string): name is StandardAttribute {
  return Object.hasOwn(STANDARD_ATTRIBUTES, name)
}

/** The marketing platform of the sample company. */
export const sampleMarketingSchema: MarketingSchema = {
  customAttributes: [
    { name: 'tier', type: 'String', description: 'Customer tier' },
    { name: 'next_best_offer', type: 'String', description: 'What to offer next' },
    { name: 'churn_band', type: 'String', description: 'How likely the customer is to leave' },
    { name: 'price_band', type: 'String', description: 'Price band' },
    { name: 'lifetime_value', type: 'Number', description: 'Value over the whole relation' },
    { name: 'renewal_date', type: 'Date', description: 'Next renewal' },
    { name: 'interests', type: 'Array', description: 'What the customer is interested in', arrayLength: 25 },
  ],
}
