import { listAt } from '../kit/testing.ts'
import type { TestSimulator } from '../kit/testing.ts'

export const CONTACTS = '/crm/v3/objects/contacts'

/** Three contacts: Ann with a history, Ben who has churned, Cleo with an address only. */
export const crmSeed = [
  {
    object: 'contacts',
    id: '101',
    fields: { customer_id: 'C1', email: 'Ann@Example.com', firstname: 'Ann', tier: 'gold', lifecyclestage: 'customer', churn_risk: 0.5 },
    history: {
      tier: [
        { value: 'silver', at: '2026-01-01T00:00:00Z', actor: { kind: 'integration', name: 'Lockstep' } },
        { value: 'gold', at: '2026-02-01T00:00:00Z', actor: { kind: 'person', name: 'Dana Fox' } },
      ],
    },
    at: '2025-12-01T00:00:00Z',
  },
  { object: 'contacts', id: '102', fields: { customer_id: 'C2', email: 'ben@example.com', tier: 'gold', lifecyclestage: 'churned' }, at: '2025-12-01T00:00:00Z' },
  { object: 'companies', id: '501', fields: { name: 'Harbour Cafe', domain: 'harbour.example' }, at: '2025-12-01T00:00:00Z' },
  { object: 'contacts', id: '103', fields: { email: 'cleo@example.com' }, at: '2025-12-01T00:00:00Z' },
]

/** The stored properties of a contact, read through the API. */
export async function readContact(crm: TestSimulator, id: string, properties: readonly string[]): Promise<unknown> {
  const answer = await crm.call('GET', `${CONTACTS}/${id}?properties=${properties.join(',')}`)
  return answer.body
}

/** Results by record id, since their order means nothing. */
export function byId(body: unknown): Map<unknown, unknown> {
  return new Map(listAt(body, 'results').map((result) => [(result as { id: unknown }).id, result]))
}
