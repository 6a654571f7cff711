import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import type { RefObject } from 'react'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { offsetToShow, scrollMap } from './scroll-map.ts'

const SPARE_ROWS = 8

export type GridScroll = {
  /** Width in which columns are laid out. */
  width: number
  height: number
  first: number
  last: number
  rowsPerPage: number
  /** Where a row is drawn inside the scrolled element. */
  topOf: (row: number) => number
  reveal: (row: number) => void
}

type Observer = (offset: number, scrolling: boolean) => void

/**
 * Which rows are drawn: react-virtual decides on offsets into the rows, and the scroll map relates those to the
 * scrollbar, because browsers clamp tall elements. Exact by wheel and key even where the bar is proportional.
 */
export function useGridScroll(frame: RefObject<HTMLDivElement | null>, rows: number, rowHeight: number, headerHeight: number): GridScroll {
  const [{ viewport, width }, setSize] = useState({ viewport: 600, width: 1000 })
  const [offset, setOffset] = useState(0)
  const map = useMemo(() => scrollMap(rows, rowHeight, viewport), [rows, rowHeight, viewport])
  const state = useRef({ offset, map, written: -1 })
  const tell = useRef<Observer>(undefined)
  state.current.map = map

  useLayoutEffect(() => {
    const element = frame.current
    if (element === null) return
    const measure = () => setSize({ viewport: Math.max(rowHeight, element.clientHeight - headerHeight), width: element.clientWidth })
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => observer.disconnect()
  }, [frame, headerHeight, rowHeight])

  const arrive = useCallback((next: number) => {
    state.current.offset = next
    // Where the bar is proportional, rows are drawn relative to it and move with every step.
    if (state.current.map.mapped) setOffset(next)
    tell.current?.(next, false)
  }, [])
  const observeElementOffset = useCallback(
    ({ scrollElement: element }: Virtualizer<HTMLDivElement, Element>, observer: Observer) => {
      if (element === null) return
      tell.current = observer
      const onScroll = () => {
        if (Math.abs(element.scrollTop - state.current.written) <= 1) return
        state.current.written = -1
        arrive(state.current.map.offsetAt(element.scrollTop))
      }
      observer(state.current.offset, false)
      element.addEventListener('scroll', onScroll, { passive: true })
      return () => element.removeEventListener('scroll', onScroll)
    },
    [arrive],
  )
  const moveTo = useCallback(
    (next: number) => {
      const { map: current } = state.current
      const within = Math.min(current.end, Math.max(0, next))
      state.current.written = Math.round(current.scrollTopAt(within))
      if (frame.current !== null) frame.current.scrollTop = state.current.written
      arrive(within)
    },
    [arrive, frame],
  )

  useEffect(() => {
    const element = frame.current
    if (element === null || !map.mapped) return
    const wheel = (event: WheelEvent) => {
      if (event.deltaY === 0 || event.ctrlKey || event.shiftKey) return
      event.preventDefault()
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? rowHeight : 1
      moveTo(state.current.offset + event.deltaY * unit)
    }
    element.addEventListener('wheel', wheel, { passive: false })
    return () => element.removeEventListener('wheel', wheel)
  }, [frame, map.mapped, moveTo, rowHeight])

  const reveal = useCallback(
    (row: number) => {
      const next = offsetToShow(row, state.current.offset, viewport, rowHeight)
      if (next !== state.current.offset) moveTo(next)
    },
    [moveTo, rowHeight, viewport],
  )

  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count: rows,
    getScrollElement: () => frame.current,
    estimateSize: useCallback(() => rowHeight, [rowHeight]),
    overscan: SPARE_ROWS,
    observeElementOffset,
    // Only `moveTo` scrolls; rows of one height are never corrected after measuring.
    scrollToFn: useCallback(() => {}, []),
    useFlushSync: false,
  })
  const items = virtual.getVirtualItems()
  const drawn = Math.min(offset, map.end)
  const shift = map.mapped ? map.scrollTopAt(drawn) - drawn : 0
  return {
    width,
    height: map.height,
    first: items[0]?.index ?? 0,
    last: items.at(-1)?.index ?? -1,
    rowsPerPage: Math.max(1, Math.floor(viewport / rowHeight) - 1),
    topOf: (row) => row * rowHeight + shift,
    reveal,
  }
}
