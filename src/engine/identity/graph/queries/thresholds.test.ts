import { expect, it } from 'vitest'
import type { IdentityRun } from '../../../../contract/shapes.ts'
import { ratio } from '../../figures.ts'
import { thresholdAlerts } from './thresholds.ts'

const run: Pick<IdentityRun, 'sources' | 'matches'> = {
  sources: [
    { source: 'customers', name: 'Customers', kind: 'product', records: 1000, invalid: ratio(30, 1000), duplication: ratio(0, 1000), how: 'full' },
    { source: 'sales/contacts', name: 'Sales CRM, Contacts', kind: 'destination', records: 0, invalid: ratio(0, 0), duplication: ratio(0, 0), how: 'full' },
  ],
  matches: [
    { from: 'customers', fromName: 'Customers', to: 'sales/contacts', toName: 'Sales CRM, Contacts', match: ratio(949_999, 1_000_000), ambiguous: ratio(1, 1_000_000), unmatched: ratio(50_000, 1_000_000), invalid: ratio(30, 1_000_030), because: {} },
    { from: 'customers', fromName: 'Customers', to: 'shop/buyers', toName: 'Web shop, Buyers', match: ratio(0, 0), ambiguous: ratio(0, 0), unmatched: ratio(0, 0), invalid: ratio(5, 5), because: {} },
  ],
}

it('says in words what is wanted and not met, also where rounding would hide it', () => {
  const alerts = thresholdAlerts({ thresholds: [{ rate: 'match', least: 0.95 }, { rate: 'invalid', most: 0.025 }] }, run)
  expect(alerts.map(({ words }) => words)).toEqual([
    'Match of Customers in Sales CRM, Contacts is 94.9999% (949,999 of 1,000,000); wanted is at least 95%.',
    'Invalid of Customers is 3.0% (30 of 1,000); wanted is at most 2.5%.',
  ])
  expect(alerts[0]).toMatchObject({ rate: 'match', source: 'sales/contacts', sourceName: 'Sales CRM, Contacts', wanted: { least: 0.95 }, found: { numerator: 949_999 } })
})

it('is silent about what is met, what is elsewhere, and what has no denominator', () => {
  expect(thresholdAlerts({ thresholds: [{ rate: 'match', source: 'shop/buyers', least: 0.99 }, { rate: 'duplication', most: 0 }, { rate: 'ambiguous', most: 0.01 }] }, run)).toEqual([])
  expect(thresholdAlerts({}, run)).toEqual([])
})
