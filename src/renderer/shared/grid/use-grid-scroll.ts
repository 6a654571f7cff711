import type { RefObject } from 'react'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { offsetToShow, rowsInView, scrollMap } from './scroll-map.ts'

export type GridScroll = {
  /** Width in which columns are laid out. */
  width: number
  height: number
  first: number
  last: number
  rowsPerPage: number
  /** Where a row is drawn inside the scrolled element. */
  topOf: (row: number) => number
  onScroll: () => void
  reveal: (row: number) => void
}

/** Keeps the offset into the rows and the scrollbar together; exact by wheel and key even where the bar is proportional. */
export function useGridScroll(frame: RefObject<HTMLDivElement | null>, rows: number, rowHeight: number, headerHeight: number): GridScroll {
  const [viewport, setViewport] = useState(600)
  const [width, setWidth] = useState(1000)
  const [offset, setOffset] = useState(0)
  const map = useMemo(() => scrollMap(rows, rowHeight, viewport), [rows, rowHeight, viewport])
  const state = useRef({ offset, map, written: -1 })
  state.current.map = map
  state.current.offset = Math.min(offset, map.end)

  useLayoutEffect(() => {
    const element = frame.current
    if (element === null) return
    const measure = () => {
      setViewport(Math.max(rowHeight, element.clientHeight - headerHeight))
      setWidth(element.clientWidth)
    }
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => observer.disconnect()
  }, [frame, headerHeight, rowHeight])

  const moveTo = useCallback(
    (next: number) => {
      const element = frame.current
      const { map: current } = state.current
      const within = Math.min(current.end, Math.max(0, next))
      state.current.offset = within
      state.current.written = Math.round(current.scrollTopAt(within))
      if (element !== null) element.scrollTop = state.current.written
      setOffset(within)
    },
    [frame],
  )

  const onScroll = useCallback(() => {
    const scrollTop = frame.current?.scrollTop ?? 0
    if (Math.abs(scrollTop - state.current.written) <= 1) return
    state.current.written = -1
    state.current.offset = state.current.map.offsetAt(scrollTop)
    setOffset(state.current.offset)
  }, [frame])

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

  const drawn = Math.min(offset, map.end)
  const { first, last } = rowsInView(drawn, viewport, rowHeight, rows)
  const scrollTop = map.mapped ? map.scrollTopAt(drawn) : drawn
  return {
    width,
    height: map.height,
    first,
    last,
    rowsPerPage: Math.max(1, Math.floor(viewport / rowHeight) - 1),
    topOf: (row) => row * rowHeight - drawn + scrollTop,
    onScroll,
    reveal,
  }
}
