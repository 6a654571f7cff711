import { describe, expect, it } from 'vitest'
import { identityDefinition } from '../../../../contract/identity.ts'
import { firstRules } from './first-rules.ts'

type Activation = Parameters<typeof firstRules>[0][number]
const activation = (product: string, connection: string, object: string, column: string, field: string, mode: Activation['mode'] = 'upsert'): Activation => ({ product, destination: { connection, object }, match: { column, field, normalise: column === 'email' ? 'email' : 'exact' }, mode })

describe('rules to begin with', () => {
  const rules = firstRules([
    activation('customer-360', 'crm', 'contacts', 'email', 'email'),
    activation('customer-360', 'crm', 'contacts', 'Customer ID', 'external_id'),
    activation('customer-360', 'support', 'users', 'email', 'mail'),
    activation('policies', 'crm', 'policies', 'number', 'number'),
    activation('customer-360', 'marketing', 'list', 'email', 'email', 'members'),
  ])

  it('take what the activations of the most used product match by', () => {
    expect(rules).toEqual({
      name: 'People',
      records: [{ product: 'customer-360' }, { connection: 'crm', object: 'contacts', columns: { email: 'email', 'Customer ID': 'external_id' } }, { connection: 'support', object: 'users', columns: { email: 'mail' } }],
      keys: { email: { from: { column: 'email', as: 'email', optional: true } }, 'customer id': { from: { column: 'Customer ID', as: 'trimmed', optional: true } } },
      rules: [{ name: 'email', keys: ['email'] }, { name: 'customer id', keys: ['customer id'] }],
    })
  })

  it('look people up where a system gives no list of them', () => {
    const [, braze] = firstRules([activation('customer-360', 'marketing', 'users', 'customer_id', 'external_id')], ['marketing'])?.records ?? []
    expect(braze).toEqual({ connection: 'marketing', object: 'users', columns: { customer_id: 'external_id' }, lookUp: { field: 'external_id', product: 'customer-360', column: 'customer_id' } })
  })

  it('are rules that can be saved, whatever a column is called', () => {
    expect(identityDefinition.safeParse(rules).success).toBe(true)
    expect(identityDefinition.safeParse(firstRules([activation('p', 'crm', 'contacts', '№ 1', 'x')])).success).toBe(true)
  })

  it('are none without an activation of people', () => {
    expect(firstRules([])).toBeUndefined()
    expect(firstRules([activation('p', 'crm', 'list', 'email', 'email', 'members')])).toBeUndefined()
  })
})
