import { describe, expect, it } from 'vitest'
import { ambiguousWords, ofWords, precisionWords, runWords, shareWords, wholePercent } from './figure-words.ts'

describe('figures in words', () => {
  it('gives a share with what it is of, and none of nothing', () => {
    expect([ofWords({ numerator: 18_240, denominator: 20_000 }), shareWords({ numerator: 18_240, denominator: 20_000 }), shareWords({ numerator: 0, denominator: 0 })]).toEqual(['18,240 of 20,000', '91.2%', 'n/a'])
  })

  it('says why rows are ambiguous, as a plan does', () => {
    expect(ambiguousWords({ because: { 'several there': 18, 'held back': 40, 'several here': 1 } })).toEqual([
      'perhaps the same person, held back by a guard rail (40)',
      'several records match in the destination (18)',
      'several warehouse rows are one person (1)',
    ])
    expect(ambiguousWords({ because: { 'held back': 0 } })).toEqual([])
  })

  it('says what a run did', () => {
    const run = { records: 20_000, entities: 18_000, changed: 0, gone: 0 }
    expect(runWords({ ...run, how: 'incremental' })).toBe('20,000 records are 18,000 people; nothing had changed.')
    expect(runWords({ ...run, how: 'incremental', changed: 1, gone: 2 })).toBe('20,000 records are 18,000 people; 1 record had changed and 2 were gone.')
  })

  it('says how sure precision is', () => {
    expect(precisionWords({ numerator: 48, denominator: 50, value: 0.96, low: 0.865, high: 0.989 })).toBe('48 of 50 judged pairs were right: 96%, likely between 87% and 99%.')
    expect(precisionWords({ numerator: 40, denominator: 50, value: 0.97, low: 0.91, high: 0.989 })).toBe('40 of 50 judged pairs were right: 97%, weighed by how many pairs each rule joined, likely between 91% and 99%.')
    expect(precisionWords({ numerator: 0, denominator: 0, value: null, low: null, high: null })).toBe('No pair was judged yet.')
    expect([wholePercent(0.999), wholePercent(1), wholePercent(0.004), wholePercent(0)]).toEqual(['99%', '100%', 'under 1%', '0%'])
  })
})
