import { describe, expect, it } from 'vitest'
import { offsetToShow, scrollMap, TALLEST_PX } from './scroll-map.ts'

describe('a scrollbar over rows', () => {
  it('is pixel by pixel while the rows fit', () => {
    const map = scrollMap(1000, 32, 800)
    expect(map).toMatchObject({ height: 32_000, mapped: false, end: 31_200 })
    expect(map.offsetAt(12_345)).toBe(12_345)
    expect(map.scrollTopAt(12_345)).toBe(12_345)
  })

  it.each([32, 40])('reaches the last of a million rows of %i px exactly', (rowHeight) => {
    const map = scrollMap(1_000_000, rowHeight, 700)
    expect(map.height).toBe(TALLEST_PX)
    const end = map.offsetAt(TALLEST_PX - 700)
    expect(end).toBe(1_000_000 * rowHeight - 700)
    expect(map.offsetAt(map.scrollTopAt(offsetToShow(999_999, 0, 700, rowHeight)))).toBe(end)
    expect(map.offsetAt(0)).toBe(0)
  })

  it('comes back to where it was after a round trip', () => {
    const map = scrollMap(1_000_000, 32, 700)
    for (const row of [0, 1, 500_000, 999_999]) {
      const offset = Math.min(row * 32, map.end)
      expect(map.offsetAt(map.scrollTopAt(offset))).toBeCloseTo(offset, 3)
    }
  })

  it('is empty without rows, and still when everything is in view', () => {
    expect(scrollMap(0, 32, 700)).toMatchObject({ height: 0, end: 0 })
    expect(scrollMap(3, 32, 700).offsetAt(50)).toBe(0)
  })
})

describe('bringing a row into view', () => {
  it('moves only as far as needed', () => {
    expect(offsetToShow(5, 0, 320, 32)).toBe(0)
    expect(offsetToShow(12, 0, 320, 32)).toBe(13 * 32 - 320)
    expect(offsetToShow(2, 320, 320, 32)).toBe(64)
  })
})
