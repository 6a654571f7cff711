import { describe, expect, it } from 'vitest'
import type { FilterGroup } from '../../../contract/definitions.ts'
import { isComplete, operatorsFor, valueFor } from './operators.ts'
import { plainText, sentenceOf } from './sentence.ts'

const say = (filter: FilterGroup) =>
  plainText(sentenceOf(filter, { today: new Date('2026-11-23T12:00:00Z'), zone: 'Europe/Amsterdam' }))

describe('a filter as a sentence', () => {
  it('reads like one', () => {
    expect(
      say({
        all: [
          { column: 'tier', operator: 'is one of', value: ['gold', 'silver', 'bronze'] },
          { column: 'churn_propensity', operator: 'at least', value: 0.6 },
          { any: [{ column: 'country', operator: 'is', value: 'DE' }, { column: 'email', operator: 'has no value' }] },
        ],
      }),
    ).toBe('tier is gold, silver or bronze and churn propensity is at least 0.6 and (country is DE or email has no value)')
  })

  it('says plainly that none may hold', () => {
    expect(say({ none: [{ column: 'unsubscribed', operator: 'is true' }, { column: 'tier', operator: 'is not one of', value: ['gold', 'silver'] }] })).toBe(
      'not (unsubscribed is true or tier is neither gold nor silver)',
    )
  })

  it('resolves relative days with their zone', () => {
    expect(say({ all: [{ column: 'last_visit', operator: 'in the last days', value: 30 }] })).toBe(
      'last visit is in the last 30 days (since 24 Oct 2026, Europe/Amsterdam)',
    )
  })

  it('is everyone when there is no condition', () => {
    expect(say({ all: [] })).toBe('everyone')
  })
})

describe('operators', () => {
  it('always offer an explicit check for a missing value', () => {
    for (const type of ['string', 'number', 'boolean', 'date', 'instant', 'set', 'list', 'json'] as const)
      expect(operatorsFor(type)).toContain('has no value')
  })

  it('keep the value that was typed when it still fits', () => {
    expect(valueFor('is one of', 'gold')).toEqual(['gold'])
    expect(valueFor('is', ['gold', 'silver'])).toBe('gold')
    expect(valueFor('has no value', 'gold')).toBeUndefined()
    expect(valueFor('in the last days', 'gold')).toBeUndefined()
  })

  it('know when something is missing', () => {
    expect(isComplete({ column: 'age', operator: 'between', value: [1] })).toBe(false)
    expect(isComplete({ column: 'age', operator: 'between', value: [1, 2] })).toBe(true)
    expect(isComplete({ column: '', operator: 'has no value' })).toBe(false)
    expect(isComplete({ column: 'tier', operator: 'is', value: '' })).toBe(false)
  })
})
