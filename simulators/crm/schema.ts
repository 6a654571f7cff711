/** The vendor's property types. */
export type PropertyType = 'string' | 'number' | 'date' | 'datetime' | 'enumeration' | 'bool'

/** One property of an object, as the CRM's administrators have set it up. */
export type Property = {
  readonly name: string
  readonly label: string
  readonly type: PropertyType
  /** How the property is typed in; `checkbox` enumerations hold several options. */
  readonly fieldType: string
  readonly options?: readonly { readonly label: string; readonly value: string }[]
  readonly maxLength?: number
  readonly unique?: boolean
  readonly readOnly?: boolean
  readonly custom?: boolean
}

export type ObjectSchema = {
  readonly singular: string
  /** The vendor's type id, which its messages name. */
  readonly typeId: string
  /** Returned when a caller names no properties. */
  readonly defaultProperties: readonly string[]
  readonly properties: readonly Property[]
}

export type CrmSchema = Readonly<Record<string, ObjectSchema>>

const TIERS = options({ bronze: 'Bronze', silver: 'Silver', gold: 'Gold', platinum: 'Platinum' })
const RISK_BANDS = options({ low: 'Low', medium: 'Medium', high: 'High' })
const MARKETING = options({ subscribed: 'Subscribed', unsubscribed: 'Unsubscribed' })
const LIFECYCLE = options({
  subscriber: 'Subscriber',
  lead: 'Lead',
  opportunity: 'Opportunity',
  customer: 'Customer',
  evangelist: 'Evangelist',
  churned: 'Churned',
  other: 'Other',
})
const COUNTRIES = options({
  AT: 'Austria',
  AU: 'Australia',
  BE: 'Belgium',
  BR: 'Brazil',
  CA: 'Canada',
  CH: 'Switzerland',
  CZ: 'Czechia',
  DE: 'Germany',
  DK: 'Denmark',
  ES: 'Spain',
  FI: 'Finland',
  FR: 'France',
  GB: 'United Kingdom',
  GR: 'Greece',
  IE: 'Ireland',
  IN: 'India',
  IS: 'Iceland',
  IT: 'Italy',
  JP: 'Japan',
  LU: 'Luxembourg',
  MX: 'Mexico',
  NL: 'Netherlands',
  NO: 'Norway',
  NZ: 'New Zealand',
  PL: 'Poland',
  PT: 'Portugal',
  RO: 'Romania',
  SE: 'Sweden',
  TR: 'Türkiye',
  US: 'United States',
})

/** The CRM of the sample company. */
export const sampleCrmSchema: CrmSchema = {
  contacts: {
    singular: 'CONTACT',
    typeId: '0-1',
    defaultProperties: ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname'],
    properties: [
      text('email', 'Email', { unique: true }),
      text('firstname', 'First name'),
      text('lastname', 'Last name'),
      text('phone', 'Phone number'),
      choice('country', 'Country', COUNTRIES, { custom: true }),
      text('customer_id', 'Customer number', { unique: true, custom: true, maxLength: 64 }),
      choice('tier', 'Tier', TIERS, { custom: true }),
      { name: 'churn_risk', label: 'Churn risk', type: 'number', fieldType: 'number', custom: true },
      choice('risk_band', 'Risk band', RISK_BANDS, { custom: true }),
      text('next_best_offer', 'Next best offer', { custom: true, maxLength: 60 }),
      { name: 'lifetime_value', label: 'Lifetime value', type: 'number', fieldType: 'number', custom: true },
      { name: 'renewal_date', label: 'Renewal date', type: 'date', fieldType: 'date', custom: true },
      text('hs_owner_team', 'Owner team', { custom: true }),
      choice('lifecyclestage', 'Lifecycle stage', LIFECYCLE),
      choice('marketing_status', 'Marketing status', MARKETING, { custom: true }),
      { name: 'hs_email_optout', label: 'Unsubscribed from all email', type: 'bool', fieldType: 'booleancheckbox' },
      ...systemProperties(),
      { name: 'lastmodifieddate', label: 'Last modified date', type: 'datetime', fieldType: 'date', readOnly: true },
    ],
  },
  companies: {
    singular: 'COMPANY',
    typeId: '0-2',
    defaultProperties: ['createdate', 'domain', 'hs_lastmodifieddate', 'hs_object_id', 'name'],
    properties: [
      text('name', 'Company name'),
      text('domain', 'Company domain name'),
      text('phone', 'Phone number'),
      text('account_id', 'Account number', { unique: true, custom: true, maxLength: 64 }),
      choice('tier', 'Tier', TIERS, { custom: true }),
      choice('country', 'Country', COUNTRIES, { custom: true }),
      ...systemProperties(),
    ],
  },
}

function systemProperties(): Property[] {
  return [
    { name: 'hs_object_id', label: 'Record ID', type: 'number', fieldType: 'number', readOnly: true },
    { name: 'createdate', label: 'Create date', type: 'datetime', fieldType: 'date', readOnly: true },
    { name: 'hs_lastmodifieddate', label: 'Object last modified date', type: 'datetime', fieldType: 'date', readOnly: true },
  ]
}

function options(labels: Readonly<Record<string, string>>): { label: string; value: string }[] {
  return Object.entries(labels).map(([value, label]) => ({ label, value }))
}

function text(name: string, label: string, more: Partial<Property> = {}): Property {
  return { name, label, type: 'string', fieldType: 'text', ...more }
}

function choice(name: string, label: string, list: NonNullable<Property['options']>, more: Partial<Property> = {}): Property {
  return { name, label, type: 'enumeration', fieldType: 'select', options: list, ...more }
}
