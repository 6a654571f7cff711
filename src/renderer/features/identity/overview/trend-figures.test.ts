import { describe, expect, it } from 'vitest'
import type { IdentityRun, Ratio } from '../../../../contract/shapes.ts'
import { stretches, trends } from './trend-figures.ts'

const ratio = (numerator: number, denominator: number): Ratio => ({ numerator, denominator, value: denominator === 0 ? null : numerator / denominator })

function run(number: number, matched: Ratio | undefined, how: IdentityRun['how'] = 'incremental'): IdentityRun {
  const empty = ratio(0, 100)
  const matches = matched === undefined ? [] : [{ from: 'customers', fromName: 'Customers', to: 'crm/contacts', toName: 'CRM, Contacts', match: matched, ambiguous: empty, unmatched: empty, invalid: empty, because: {} }]
  return { run: number, at: `2026-11-0${String(number)}T09:00:00Z`, rulesVersion: 'r', how, records: 100, entities: 80, changed: 0, gone: 0, affected: 0, linkedShare: ratio(30, 100), ambiguous: ratio(3, 100), duplication: ratio(20, 100), sources: [], matches }
}

describe('figures over time', () => {
  const history = [run(3, ratio(92, 100)), run(2, undefined), run(1, ratio(90, 100))]

  it('draws match in each system and what is ambiguous and duplicate, the oldest first', () => {
    expect(trends(history).map(({ title, points }) => [title, points.map(({ run: number }) => number)])).toEqual([
      ['Customers matched in CRM, Contacts', [1, 2, 3]],
      ['Ambiguous records', [1, 2, 3]],
      ['Duplicates within one source', [1, 2, 3]],
    ])
  })

  it('leaves a gap where a run has no figure, or nothing to divide by', () => {
    const [match] = trends(history)
    expect(stretches(match?.points ?? []).map((points) => points.map(({ run: number }) => number))).toEqual([[1], [3]])
    expect(trends([run(1, ratio(0, 0))])[0]?.points[0]?.ratio).toBeUndefined()
  })

  it('leaves out runs that only applied a decision, but for the newest', () => {
    const decided = [run(1, ratio(1, 2)), run(2, ratio(1, 2), 'decisions only'), run(3, ratio(1, 2)), run(4, ratio(1, 2), 'decisions only')]
    expect(trends(decided)[0]?.points.map(({ run: number }) => number)).toEqual([1, 3, 4])
  })

  it('has zero at the bottom and a round share at the top that also holds what is wanted', () => {
    expect(trends(history).map(({ top }) => top)).toEqual([1, 0.05, 0.01])
    const [match] = trends(history, [{ rate: 'match', least: 0.8 }, { rate: 'match', source: 'crm/contacts', least: 0.95 }])
    expect(match?.wanted).toEqual({ least: 0.95, most: undefined })
    expect(trends([run(1, ratio(1, 100))], [{ rate: 'match', most: 0.08 }])[0]?.top).toBe(0.1)
  })

  it('draws what somebody wants a figure of, in the place where it is wanted, and nowhere else', () => {
    const source = { source: 'crm/contacts', name: 'CRM, Contacts', kind: 'destination' as const, records: 40, invalid: ratio(1, 40), duplication: ratio(2, 40), how: 'full' as const }
    const drawn = trends([{ ...run(1, ratio(1, 2)), sources: [source, { ...source, source: 'shop/buyers', name: 'Shop, Buyers' }] }], [{ rate: 'duplication', source: 'crm/contacts', most: 0.02 }, { rate: 'ambiguous', most: 0.01 }])
    expect(drawn.at(-1)?.points[0]?.ratio).toEqual({ numerator: 4, denominator: 80, value: 0.05 })
    expect(drawn.map(({ title, wanted }) => [title, wanted?.most])).toEqual([
      ['Customers matched in CRM, Contacts', undefined],
      ['Customers ambiguous in CRM, Contacts', 0.01],
      ['CRM, Contacts: duplicates', 0.02],
      ['Ambiguous records', undefined],
      ['Duplicates within one source', undefined],
    ])
  })
})
