import { expect, it } from 'vitest'
import { systemsSentence, systemWords } from './system-words.ts'

it('says for each system what there is of a person', () => {
  const crm = { name: 'HubSpot', state: 'ambiguous' as const, records: ['1', '2'] }
  expect([systemWords(crm), systemWords({ ...crm, state: 'matched', survivor: '1' }), systemWords({ ...crm, state: 'unmatched', records: [] }), systemWords({ ...crm, state: 'matched', records: ['1'] })]).toEqual([
    '2 records, nobody chose one',
    '2 records, one chosen',
    'none',
    'one record',
  ])
  expect(systemsSentence([crm, { name: 'Customer 360', state: 'matched', records: ['1'] }])).toBe('1 of 2 systems have exactly one record of this person; HubSpot: 2 records, nobody chose one')
})
