import type { HeldRecord, Snapshot } from './simulated-system.ts'
import type { Activation, SourceRow } from './warehouse.ts'

/** Contacts of the sample's CRM stand in the order of the customers: the first of each, then strangers, then second ones. */
const FIRST_CONTACT = 500_000

/**
 * The records of each customer, by their number: who they really are, from how the sample was made, and nothing that the
 * product works out. A contact without a number is told by its place; strangers are nobody's.
 */
export function recordsByCustomer({ destination }: Activation, records: Snapshot, customers: number): Map<string, HeldRecord[]> {
  const found = new Map<string, HeldRecord[]>()
  for (const record of records.values()) {
    if (record.deleted) continue
    const number = record.fields[destination.connection === 'crm' ? 'customer_id' : 'external_id'] ?? (destination.connection === 'crm' ? byPlace(record.id, customers) : undefined)
    if (number !== undefined) found.set(String(number), [...(found.get(String(number)) ?? []), record])
  }
  return found
}

function byPlace(id: string, customers: number): string | undefined {
  const place = Number(id) - FIRST_CONTACT
  const customer = place > 2 * customers ? place - 2 * customers : place
  return customer >= 1 && customer <= customers ? `HM-${String(customer).padStart(7, '0')}` : undefined
}

/** The one record of each row that has one; who is there twice waits for a person, and has none to write to. */
export function heldByRow(activation: Activation, records: Snapshot, rows: SourceRow[], customers: number): Map<string, HeldRecord> {
  const found = recordsByCustomer(activation, records, customers)
  return new Map(rows.flatMap(({ customer_id: customer }) => {
    const [record, ...more] = found.get(customer) ?? []
    return record !== undefined && more.length === 0 ? [[customer, record] as const] : []
  }))
}
