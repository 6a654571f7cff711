/** How many rows the warehouse has; three in ten are new to the system, six differ, one is as it should be. */
export const customers = 240
/** Rows that a plan changes. */
export const changed = customers * 0.9
/** Records of the system that the warehouse knows nothing of: nobody may touch them. */
const strangers = 12

export type SystemName = 'crm' | 'support' | 'marketing'

/** A system with a simulator: how a customer is kept in it, and what Lockstep is told about it. */
export interface System {
  name: SystemName
  destination: string
  object: string
  settings?: Record<string, string>
  /** Field by which records are found, and the fields sent: system's field → warehouse column. */
  keyField: string
  fields: Record<string, string>
  /** Fields of a record as a seed spells them. */
  seedFields(fields: Record<string, unknown>): Record<string, unknown>
  /** Requests that write, for faults. */
  writePaths: { method: string; path: string }[]
  /** What a person changes while the engine lies dead. */
  editedField: string
  /** Writes are jobs that are polled. */
  jobs: boolean
}

export const systems: readonly System[] = [
  {
    name: 'crm',
    destination: 'hubspot',
    object: 'contacts',
    keyField: 'customer_id',
    fields: { email: 'email', firstname: 'first_name', tier: 'tier', next_best_offer: 'offer', lifetime_value: 'value' },
    seedFields: (fields) => fields,
    writePaths: [
      { method: 'POST', path: '/crm/v3/objects/contacts/batch/create' },
      { method: 'POST', path: '/crm/v3/objects/contacts/batch/update' },
    ],
    editedField: 'tier',
    jobs: false,
  },
  {
    name: 'support',
    destination: 'zendesk',
    object: 'users',
    keyField: 'external_id',
    fields: { name: 'first_name', tier: 'tier', open_balance: 'value' },
    seedFields: ({ external_id, name, ...own }) => ({ external_id, name, user_fields: own }),
    writePaths: [
      { method: 'POST', path: '/api/v2/users/create_many' },
      { method: 'PUT', path: '/api/v2/users/update_many' },
    ],
    editedField: 'tier',
    jobs: true,
  },
  {
    name: 'marketing',
    destination: 'braze',
    object: 'users',
    keyField: 'external_id',
    fields: { first_name: 'first_name', tier: 'tier', next_best_offer: 'offer', lifetime_value: 'value' },
    seedFields: ({ external_id, first_name, ...own }) => ({ external_id, first_name, custom_attributes: own }),
    writePaths: [{ method: 'POST', path: '/users/track' }],
    editedField: 'tier',
    jobs: false,
  },
]

/** One customer of the warehouse. */
export type Customer = Record<'customer_id' | 'email' | 'first_name' | 'tier' | 'offer' | 'value', string>
export type Part = 'new' | 'differs' | 'right'

const tiers = ['silver', 'gold', 'platinum']

export function partOf(index: number): Part {
  const place = index % 10
  return place < 3 ? 'new' : place < 9 ? 'differs' : 'right'
}

export function customer(index: number): Customer {
  const id = `K${String(index).padStart(4, '0')}`
  return { customer_id: id, email: `${id.toLowerCase()}@example.com`, first_name: `Given ${id}`, tier: tiers[index % 3] ?? 'gold', offer: `Offer ${index}`, value: String(1000 + index) }
}

/** What the system is to hold of a customer, under its own names. */
export function wanted(system: System, index: number): Record<string, string> {
  const row = customer(index)
  return Object.fromEntries([[system.keyField, row.customer_id], ...Object.entries(system.fields).map(([field, column]) => [field, row[column as keyof Customer]])])
}

/** What it holds before: an old tier and an old value for who differs, everything for who is right, nothing for who is new. */
function held(system: System, index: number): Record<string, string> {
  const old: Record<string, string> = { tier: 'bronze', next_best_offer: 'An old offer', lifetime_value: '7', open_balance: '7' }
  const fields = wanted(system, index)
  if (partOf(index) === 'right') return fields
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, old[field] ?? value]))
}

/** The simulator's seed, one record a line. */
export function seedOf(system: System): string {
  const at = '2026-01-01T00:00:00Z'
  const line = (id: string, fields: Record<string, string>): string => JSON.stringify({ object: system.object, id, fields: system.seedFields(fields), at })
  const known = Array.from({ length: customers }, (_, index) => index).filter((index) => partOf(index) !== 'new')
  const others = Array.from({ length: strangers }, (_, index) => index)
  return [
    ...known.map((index) => line(idOf(system, index), held(system, index))),
    ...others.map((index) => line(idOf(system, customers + index), { ...held(system, index), [system.keyField]: `S${index}`, ...(system.name === 'crm' ? { email: `s${index}@example.com` } : {}) })),
  ].join('\n')
}

/** The marketing platform knows people by their external id; the others number them. */
function idOf(system: System, index: number): string {
  return system.name === 'marketing' ? `b${index}` : String(5000 + index)
}

export function warehouseOf(): string {
  const rows = Array.from({ length: customers }, (_, index) => Object.values(customer(index)).join(','))
  return ['customer_id,email,first_name,tier,offer,value', ...rows].join('\n')
}
