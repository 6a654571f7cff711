import type { KeyboardEvent } from 'react'
import { useState } from 'react'
import { nextSort } from './grid-column.ts'
import type { GridProps } from './grid-types.ts'
import type { GridSelection } from './use-grid-selection.ts'
import type { GridColumns } from './use-grid-columns.ts'

const WIDTH_STEP_PX = 16

type Keys = { onKeyDown: (event: KeyboardEvent<HTMLElement>) => void; headerAt: number | undefined; cellAt: number | undefined; leave: () => void }
type Options<Row> = GridProps<Row> & { rowsPerPage: number; arranged: GridColumns<Row>; selection: GridSelection<Row>; widthAt: (header: number) => number }

/** The row a key leads to, or undefined when the key does not move. */
export function rowAfterKey(key: string, active: number, total: number, page: number): number | undefined {
  const last = total - 1
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, active + 1)
    case 'ArrowUp':
      return Math.max(0, active - 1)
    case 'PageDown':
      return Math.min(last, Math.max(0, active) + page)
    case 'PageUp':
      return Math.max(0, active - page)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return undefined
  }
}

/** The cell an arrow leads to; left of the first one it is the whole row again. Undefined when the key does not move. */
export function cellAfterKey(key: string, at: number | undefined, cells: number): { cellAt: number | undefined } | undefined {
  if (key === 'ArrowRight') return { cellAt: Math.min(cells - 1, (at ?? -1) + 1) }
  if (key === 'ArrowLeft' && at !== undefined) return { cellAt: at === 0 ? undefined : at - 1 }
  return undefined
}

/** Keyboard of the grid: rows first, their cells by left and right, and the headers above the first row. */
export function useGridKeys<Row>(grid: Options<Row>): Keys {
  const [headerAt, setHeaderAt] = useState<number>()
  const [cellAt, setCellAt] = useState<number>()
  const { columns, rows, active, onActive, onOpen, sort, onSort, rowsPerPage, arranged, selection } = grid

  const inHeader = ({ key, shiftKey }: KeyboardEvent, at: number): boolean => {
    const column = columns[at]
    const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0
    if (key === 'ArrowDown' || key === 'Escape') setHeaderAt(undefined)
    else if (step !== 0 && shiftKey && column !== undefined) arranged.resize(column.id, grid.widthAt(at) + step * WIDTH_STEP_PX)
    else if (step !== 0) setHeaderAt(Math.min(columns.length - 1, Math.max(0, at + step)))
    else if (key === 'Enter' || key === ' ') {
      if (column?.sortable === true) onSort?.(nextSort(sort, column.id))
    } else return false
    return true
  }
  const inRows = ({ key, shiftKey }: KeyboardEvent): boolean => {
    if (key === 'ArrowUp' && active <= 0 && !shiftKey && columns.length > 0) {
      setHeaderAt(0)
      return true
    }
    const row = rows.rowAt(active)
    if (key === 'Enter' && row !== undefined && onOpen !== undefined) {
      onOpen(row, active)
      return true
    }
    if (key === ' ' && selection.toggle()) return true
    const cell = row === undefined ? undefined : cellAfterKey(key, cellAt, columns.length)
    if (cell !== undefined) setCellAt(cell.cellAt)
    if (cell !== undefined) return true
    const next = rows.total === 0 ? undefined : rowAfterKey(key, active, rows.total, rowsPerPage)
    if (next === undefined) return false
    if (shiftKey) selection.extendTo(next)
    else selection.clear()
    onActive(next)
    return true
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || event.altKey || event.metaKey || event.ctrlKey) return
    const handled = headerAt === undefined ? inRows(event) : inHeader(event, headerAt)
    if (handled) event.preventDefault()
  }
  const leave = () => {
    setHeaderAt(undefined)
    setCellAt(undefined)
  }
  return { onKeyDown, headerAt, cellAt: headerAt === undefined ? cellAt : undefined, leave }
}
