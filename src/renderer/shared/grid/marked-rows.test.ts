import { describe, expect, it } from 'vitest'
import { isMarked, markedTo, rowsOf } from './marked-rows.ts'
import { cellAfterKey } from './use-grid-keys.ts'

describe('rows marked together', () => {
  it('reach from the first step to the last, in either direction', () => {
    const down = markedTo(undefined, 3, 4)
    const up = markedTo(down, 4, 1)
    expect([0, 1, 2, 3, 4].filter((index) => isMarked(up, index))).toEqual([1, 2, 3])
    expect(isMarked(undefined, 0)).toBe(false)
  })

  it('tell what is not loaded, so that nothing is left out in silence', () => {
    const rows = ['a', undefined, 'c']
    expect(rowsOf({ from: 2, to: 0 }, 0, (index) => rows[index])).toEqual({ rows: ['a', 'c'], missing: 1 })
    expect(rowsOf(undefined, 2, (index) => rows[index])).toEqual({ rows: ['c'], missing: 0 })
  })

  it('have cells, and left of the first is the row again', () => {
    expect(cellAfterKey('ArrowRight', undefined, 3)).toEqual({ cellAt: 0 })
    expect(cellAfterKey('ArrowRight', 2, 3)).toEqual({ cellAt: 2 })
    expect(cellAfterKey('ArrowLeft', 0, 3)).toEqual({ cellAt: undefined })
    expect(cellAfterKey('ArrowLeft', undefined, 3)).toBeUndefined()
  })
})
