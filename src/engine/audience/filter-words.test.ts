import { expect, it } from 'vitest'
import type { FilterGroup } from '../../contract/definitions.ts'
import { addDays, dayOf, startOfDay } from '../values/days.ts'
import { filterWords } from './filter-words.ts'

it.each<[FilterGroup, string]>([
  [{ all: [] }, 'everybody'],
  [
    {
      all: [
        { column: 'tier', operator: 'is one of', value: ['gold', 'platinum'] },
        { column: 'churn_propensity', operator: 'at least', value: 0.6 },
      ],
    },
    'tier is gold or platinum and churn propensity is at least 0.6',
  ],
  [
    {
      all: [
        { column: 'status', operator: 'is', value: 'active' },
        {
          any: [
            { column: 'country', operator: 'is not one of', value: ['JP', 'SE'] },
            { column: 'renewal_date', operator: 'in the next days', value: 60 },
          ],
        },
      ],
    },
    'status is active and (country is neither JP nor SE, or renewal date is in the next 60 days)',
  ],
  [
    {
      none: [
        { column: 'email', operator: 'has no value' },
        { column: 'seen', operator: 'in the last days', value: 1 },
      ],
    },
    'none of this holds: email has no value; seen is in the last 1 day',
  ],
  [{ any: [{ column: 'age', operator: 'between', value: [18, 25] }] }, 'age is between 18 and 25'],
])('says %j in words', (filter, words) => {
  expect(filterWords(filter)).toBe(words)
})

it('knows days and their beginnings in a zone, also when clocks change', () => {
  expect(dayOf({ now: Date.parse('2026-03-31T22:30:00Z'), timezone: 'Europe/Berlin' })).toBe('2026-04-01')
  expect(new Date(startOfDay('2026-03-29', 'Europe/Berlin')).toISOString()).toBe('2026-03-28T23:00:00.000Z')
  expect(new Date(startOfDay('2026-03-30', 'Europe/Berlin')).toISOString()).toBe('2026-03-29T22:00:00.000Z')
  expect(new Date(startOfDay('2026-10-26', 'Europe/Berlin')).toISOString()).toBe('2026-10-25T23:00:00.000Z')
  expect(new Date(startOfDay('2026-01-01', 'Pacific/Kiritimati')).toISOString()).toBe('2025-12-31T10:00:00.000Z')
  expect(addDays('2026-02-27', 2)).toBe('2026-03-01')
})
