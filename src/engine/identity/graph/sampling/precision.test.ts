import { describe, expect, it } from 'vitest'
import type { PairVerdict } from '../../../../contract/shapes.ts'
import { precisionOf, wilson } from './precision.ts'
import { spreadSample } from './spread-sample.ts'

const verdicts = (same: number, different: number, more: (PairVerdict | undefined)[] = []): (PairVerdict | undefined)[] => [...Array<PairVerdict>(same).fill('same'), ...Array<PairVerdict>(different).fill('different'), ...more]

describe('how right the rules are', () => {
  it('has the interval of Wilson', () => {
    // Published values: Newcombe, Statistics in Medicine 17 (1998), 857–872, table I, method 3.
    for (const [same, count, low, high] of [[81, 263, 0.2553, 0.3662], [15, 148, 0.0624, 0.1605], [0, 20, 0, 0.1611], [1, 29, 0.0061, 0.1718]] as const) {
      const interval = wilson(same / count, count)
      expect(interval.low).toBeCloseTo(low, 4)
      expect(interval.high).toBeCloseTo(high, 4)
    }
  })

  it('weighs rules by what they joined, and leaves out what nobody judged', () => {
    const precision = precisionOf([
      { rule: 'loyalty', pairs: 900, verdicts: verdicts(10, 0, ['cannot say', undefined]) },
      { rule: 'phone', pairs: 100, verdicts: verdicts(5, 5) },
      { rule: 'name', pairs: 500, verdicts: [undefined] },
    ])
    expect(precision).toMatchObject({ drawn: 23, judged: 21, overall: { numerator: 15, denominator: 20 }, rules: [{ rule: 'loyalty', pairs: 900, value: 1 }, { value: 0.5 }, { value: null, low: null, high: null, denominator: 0 }] })
    expect(precision.overall.value).toBeCloseTo(0.95, 10)
    // Ten of a rule with nine tenths of all pairs, and ten of one with a tenth: worth 1 / (0.81/10 + 0.01/10) pairs.
    const { low, high } = wilson(0.95, 1 / 0.082)
    expect([precision.overall.low, precision.overall.high]).toEqual([expect.closeTo(low, 10), expect.closeTo(high, 10)])
  })

  it('of a sample in proportion is that of a plain sample', () => {
    const { overall } = precisionOf([{ rule: 'a', pairs: 300, verdicts: verdicts(29, 1) }, { rule: 'b', pairs: 100, verdicts: verdicts(9, 1) }])
    const plain = wilson(38 / 40, 40)
    expect(overall.value).toBeCloseTo(0.95, 10)
    expect([overall.low, overall.high]).toEqual([expect.closeTo(plain.low, 10), expect.closeTo(plain.high, 10)])
  })

  it('says nothing of nothing', () => {
    expect(precisionOf([{ rule: 'a', pairs: 0, verdicts: [] }]).overall).toEqual({ numerator: 0, denominator: 0, value: null, low: null, high: null })
  })
})

describe('a sample over the rules', () => {
  it.each([
    [50, [[800, 800], [200, 200]], [40, 10]],
    [50, [[990, 990], [10, 10]], [45, 5]],
    [50, [[990, 990], [10, 2]], [48, 2]],
    [50, [[10, 10], [10, 10]], [10, 10]],
    [3, [[500, 500], [500, 500]], [2, 1]],
    [1, [[500, 500], [900, 900]], [1, 0]],
    [20, [[0, 0], [30, 30]], [0, 20]],
    [10, [], []],
  ])('of %i from %j is %j', (size, strata, given) => {
    expect(spreadSample(size, strata.map(([weight = 0, available = 0]) => ({ weight, available })))).toEqual(given)
  })
})
