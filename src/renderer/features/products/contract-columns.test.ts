import { describe, expect, it } from 'vitest'
import type { ProductDefinition } from '../../../contract/definitions.ts'
import { contractGap, likelyKey, withColumns, withDecision, withoutColumn } from './contract-columns.ts'

const product: ProductDefinition = {
  name: 'Customers',
  source: 'warehouse',
  table: 'customers',
  key: 'customer_id',
  label: 'full_name',
  contract: [
    { column: 'customer_id', type: 'string', nullable: false },
    { column: 'full_name', type: 'string', nullable: true },
    { column: 'tier', type: 'string', nullable: true, description: 'What we call them' },
    { column: 'score', type: 'number', nullable: true },
  ],
  decisions: ['score'],
}

describe('a contract beside the data', () => {
  const data = [
    { name: 'customer_id', type: 'string' as const },
    { name: 'full_name', type: 'string' as const },
    { name: 'tier', type: 'number' as const },
    { name: 'city', type: 'string' as const },
  ]

  it('shows what is promised and missing, offered and unused, or of another type', () => {
    expect(contractGap(product.contract, data)).toEqual({
      absent: ['score'],
      unpromised: [{ name: 'city', type: 'string' }],
      retyped: [{ column: 'tier', promised: 'string', data: 'number' }],
    })
  })

  it('takes in new columns and keeps what was written about the others', () => {
    const contract = withColumns(product.contract, data)
    expect(contract.map((column) => column.column)).toEqual(['customer_id', 'full_name', 'tier', 'score', 'city'])
    expect(contract[2]).toMatchObject({ description: 'What we call them' })
  })

  it('forgets a column everywhere', () => {
    expect(withoutColumn(withoutColumn(product, 'full_name'), 'score')).toMatchObject({ decisions: [], contract: [{ column: 'customer_id' }, { column: 'tier' }] })
    expect(withoutColumn(product, 'full_name')).not.toHaveProperty('label')
  })

  it('keeps decisions in the order of the contract', () => {
    expect(withDecision(product, 'tier', true).decisions).toEqual(['tier', 'score'])
    expect(withDecision(product, 'score', false).decisions).toEqual([])
  })

  it('proposes a key by its name', () => {
    expect(likelyKey(data)).toBe('customer_id')
    expect(likelyKey([{ name: 'joined', type: 'date' }, { name: 'mail', type: 'string' }])).toBe('mail')
  })
})
