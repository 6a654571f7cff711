import { describe, expect, it } from 'vitest'
import { boundedWidth, moved, noChoices, readRemembered } from './column-choices.ts'

describe('the columns a person chose', () => {
  it('move by one place, and stay where there is none', () => {
    expect(moved(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b'])
    expect(moved(['a', 'b', 'c'], 'a', 1)).toEqual(['b', 'a', 'c'])
    expect(moved(['a', 'b'], 'a', -1)).toEqual(['a', 'b'])
    expect(moved(['a', 'b'], 'x', 1)).toEqual(['a', 'b'])
  })

  it('are read back, and what was damaged counts as no choice', () => {
    const kept = { shown: { rule: false }, order: ['a', 'b'], pinned: ['a'], widths: { a: 120 } }
    expect(readRemembered({ tables: { runs: kept } })).toEqual({ tables: { runs: kept } })
    expect(readRemembered({ tables: { runs: 'x', plans: { ...kept, widths: { a: -5 } } } })).toEqual({ tables: { runs: noChoices, plans: { ...kept, widths: {} } } })
    expect(readRemembered(undefined)).toEqual({ tables: {} })
  })

  it('are never too narrow to be caught again', () => {
    expect(boundedWidth(3)).toBe(48)
    expect(boundedWidth(99_999)).toBe(1200)
  })
})
