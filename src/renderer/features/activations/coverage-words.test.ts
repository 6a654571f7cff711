import { expect, it } from 'vitest'
import type { CoverageForecast } from '../../../contract/shapes.ts'
import { coverageParts, exampleWords, partWords } from './coverage-words.ts'

const forecast: CoverageForecast = { activation: 'tier-to-crm', audience: 100, matched: 80, unmatched: 12, unknown: 0, creates: true, ambiguous: 8, invalid: 0, doNotSend: 3, reasons: [], elsewhere: [] }

it('lists the parts of an audience that somebody is in, and who is found always', () => {
  expect(coverageParts(forecast).map(({ name, count }) => `${name} ${count}`)).toEqual(['Found 80', 'Not there yet: new records 12', 'Wait for a person 8'])
  expect(coverageParts({ ...forecast, matched: 0, unmatched: 0, ambiguous: 0, unknown: 98, invalid: 2 }).map(({ kind }) => kind)).toEqual(['matched', 'unknown', 'invalid'])
  expect(coverageParts({ ...forecast, creates: false })[1]?.name).toBe('Not there, and not made')
})

it('says counts with their share, and people by name', () => {
  expect(partWords(14_790, 17_602)).toBe('14,790 of 17,602, 84.0%')
  expect(partWords(0, 0)).toBe('0 of 0, n/a')
  const reason = { cause: 'held back', title: '', fix: '', count: 128, examples: [{ record: 'a', label: ' Ada ' }, { record: 'b', label: 'Bob' }] }
  expect(exampleWords(reason)).toBe('Ada, Bob and 126 more')
  expect(exampleWords({ ...reason, count: 2 })).toBe('Ada, Bob')
})
