import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Breaker } from './breaker.ts'

const cause = 'Zendesk does not take the value of Email.'

describe('the breaker', () => {
  it('never opens for one bad record in ten thousand, wherever it stands and however the rows are batched', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9999 }), fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 20 }), (bad, sizes) => {
        const breaker = new Breaker()
        for (let [start, turn] = [0, 0]; start < 10_000; turn++) {
          const rows = Math.min(sizes[turn % sizes.length] ?? 1, 10_000 - start)
          if (breaker.note(rows, bad >= start && bad < start + rows ? [cause] : []) !== undefined) return false
          start += rows
        }
        return true
      }),
    )
  })

  it('leaves small runs alone when a few of their records are bad', () => {
    const breaker = new Breaker()
    expect(breaker.note(1, [cause])).toBeUndefined()
    expect(breaker.note(20, Array.from({ length: 8 }, () => cause))).toBeUndefined()
  })

  it('opens above five in a hundred, and says why most often', () => {
    const breaker = new Breaker()
    expect(breaker.note(100, Array.from({ length: 5 }, () => cause))).toBeUndefined()
    expect(breaker.note(100, Array.from({ length: 5 }, () => 'Another.'))).toBeUndefined()
    expect(breaker.note(10, [cause])).toBe(
      '11 of the last 210 records were refused, most often (6) because: Zendesk does not take the value of Email. Nothing more is sent until somebody has looked; resuming the run tries the rest.',
    )
  })

  it('opens above a hundred failures however many records went well', () => {
    const breaker = new Breaker()
    for (let batch = 0; batch < 100; batch++) expect(breaker.note(45, [cause])).toBeUndefined()
    expect(breaker.note(45, [cause])).toContain('101 of the last 4,545 records')
  })

  it('forgets what is long past', () => {
    const breaker = new Breaker()
    for (let batch = 0; batch < 1000; batch++) expect(breaker.note(100, batch % 5 === 0 ? Array.from({ length: 4 }, () => cause) : [])).toBeUndefined()
  })
})
