import { describe, expect, it } from 'vitest'
import { planSearch } from './plan-search.ts'
import { narrowedTo, valueWords, widened } from './narrowing-words.ts'

const plan = { destinationName: 'HubSpot' }

describe('chips over a list', () => {
  it('say what they narrow to, in the words of the table', () => {
    expect(valueWords('changedBy', null, plan)).toBe('Unknown')
    expect(valueWords('changedBy', 'Import Tier list Q3.xlsx', plan)).toBe('Import Tier list Q3.xlsx')
    expect(valueWords('from', null, plan)).toBe('(empty)')
    expect(valueWords('field', 'tier', plan, { tier: 'Tier' })).toBe('Tier')
    expect(valueWords('state', 'destination', plan)).toBe('keep HubSpot')
  })

  it('are taken away one by one, also one that stands for nobody', () => {
    const only = { changedBy: null, from: 'Gold' }
    expect(narrowedTo(only)).toEqual([{ by: 'changedBy', value: null }, { by: 'from', value: 'Gold' }])
    expect(widened(only, 'changedBy')).toEqual({ from: 'Gold' })
    expect(widened({ from: 'Gold' }, 'from')).toBeUndefined()
  })

  it('are kept in the address, and an address that says nonsense narrows nothing', () => {
    expect(planSearch.parse({ only: { changedBy: 'Workflow x', state: 'open' } }).only).toEqual({ changedBy: 'Workflow x', state: 'open' })
    expect(planSearch.parse({ only: { state: 'perhaps' } }).only).toBeUndefined()
  })
})
