/**
 * Browsers clamp elements near 33.5 million pixels, half of that at 200% zoom. Above this height the
 * scrollbar stands for the rows proportionally instead of pixel by pixel.
 */
export const TALLEST_PX = 8_000_000

export type ScrollMap = {
  /** Height of the element that the scrollbar measures. */
  height: number
  /** Whether the scrollbar is proportional. */
  mapped: boolean
  /** Furthest offset into the rows. */
  end: number
  /** Offset into the rows, in pixels, for a scroll position. */
  offsetAt: (scrollTop: number) => number
  /** Scroll position for an offset into the rows. */
  scrollTopAt: (offset: number) => number
}

/** Relates scroll positions to row offsets for rows of one height in a viewport. */
export function scrollMap(rows: number, rowHeight: number, viewport: number): ScrollMap {
  const full = rows * rowHeight
  const height = Math.min(full, TALLEST_PX)
  const end = Math.max(0, full - viewport)
  const furthest = Math.max(0, height - viewport)
  const mapped = full > TALLEST_PX
  const ratio = mapped && furthest > 0 ? end / furthest : 1
  const within = (value: number, most: number) => Math.min(most, Math.max(0, value))
  return {
    height,
    mapped,
    end,
    offsetAt: (scrollTop) => within(scrollTop * ratio, end),
    scrollTopAt: (offset) => within(offset, end) / ratio,
  }
}

/** The offset that brings a row into view with the least movement. */
export function offsetToShow(row: number, offset: number, viewport: number, rowHeight: number): number {
  const top = row * rowHeight
  if (top < offset) return top
  if (top + rowHeight > offset + viewport) return top + rowHeight - viewport
  return offset
}
