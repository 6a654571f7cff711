import { expect, it } from 'vitest'
import { previewSentence } from './preview-words.ts'
import { canBeWantedOf, inPercent, ofPercent, usualThreshold } from '../rules/wanted-words.ts'

it('says what a change of the rules comes to', () => {
  expect(previewSentence({ before: 1200, after: 1230, gained: 42, lost: 12 })).toBe('42 matches would be gained and 12 lost: 1,200 become 1,230.')
  expect(previewSentence({ before: 1200, after: 1199, gained: 0, lost: 1 })).toBe('No match would be gained and 1 lost: 1,200 become 1,199.')
  expect(previewSentence({ before: 1, after: 1, gained: 0, lost: 0 })).toBe('Nothing changes: the same 1 match.')
})

it('types shares as percent and stores them without what binary fractions add', () => {
  expect([inPercent(0.57), ofPercent(57), inPercent(0.0001), ofPercent(99.99)]).toEqual([57, 0.57, 0.01, 0.9999])
  expect([usualThreshold('match'), usualThreshold('duplication')]).toEqual([{ rate: 'match', least: 0.95 }, { rate: 'duplication', most: 0.05 }])
})

it('wants match only of a system, and duplicates of any source', () => {
  expect([canBeWantedOf('match', 'product'), canBeWantedOf('match', 'destination'), canBeWantedOf('duplication', 'product')]).toEqual([false, true, true])
})
