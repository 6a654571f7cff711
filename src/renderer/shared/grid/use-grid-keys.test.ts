import { describe, expect, it } from 'vitest'
import { nextSort } from './grid-column.ts'
import { rowAfterKey } from './use-grid-keys.ts'

describe('moving in the grid', () => {
  it.each([
    ['ArrowDown', 5, 6],
    ['ArrowUp', 5, 4],
    ['PageDown', 5, 25],
    ['PageUp', 5, 0],
    ['Home', 5, 0],
    ['End', 5, 999_999],
  ])('%s from row %i leads to %i', (key, from, to) => {
    expect(rowAfterKey(key, from, 1_000_000, 20)).toBe(to)
  })

  it('stays inside, and leaves other keys alone', () => {
    expect(rowAfterKey('ArrowDown', 999_999, 1_000_000, 20)).toBe(999_999)
    expect(rowAfterKey('ArrowDown', -1, 10, 20)).toBe(0)
    expect(rowAfterKey('ArrowUp', 0, 10, 20)).toBe(0)
    expect(rowAfterKey('x', 3, 10, 20)).toBeUndefined()
  })

  it('sorts ascending, descending, then as the engine orders by itself', () => {
    const first = nextSort(undefined, 'tier')
    const second = nextSort(first, 'tier')
    expect([first, second, nextSort(second, 'tier')]).toEqual([{ by: 'tier', descending: false }, { by: 'tier', descending: true }, undefined])
    expect(nextSort(second, 'label')).toEqual({ by: 'label', descending: false })
  })
})
