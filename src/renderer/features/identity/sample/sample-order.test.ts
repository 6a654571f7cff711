import { expect, it } from 'vitest'
import { nextOpenPair } from './sample-order.ts'

it('goes to the next pair that nobody judged, round once', () => {
  const pairs = [{}, { verdict: 'same' as const }, {}, { verdict: 'cannot say' as const }]
  expect([nextOpenPair(pairs, -1), nextOpenPair(pairs, 0), nextOpenPair(pairs, 2), nextOpenPair([{ verdict: 'same' }], -1), nextOpenPair([], -1)]).toEqual([0, 2, 0, undefined, undefined])
})

it('stays where only this one is open', () => {
  expect(nextOpenPair([{ verdict: 'same' }, {}], 1)).toBe(1)
})
