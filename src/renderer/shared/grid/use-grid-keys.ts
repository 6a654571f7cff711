import type { KeyboardEvent } from 'react'
import { useState } from 'react'
import { nextSort } from './grid-column.ts'
import type { GridProps } from './grid-types.ts'

type Keys = { onKeyDown: (event: KeyboardEvent) => void; headerAt: number | undefined; leaveHeader: () => void }

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

/** Keyboard of the grid: rows first, and the headers above the first row. */
export function useGridKeys<Row>(grid: GridProps<Row> & { rowsPerPage: number }): Keys {
  const [headerAt, setHeaderAt] = useState<number>()
  const { columns, rows, active, onActive, onOpen, sort, onSort, checks, rowsPerPage } = grid
  const sortable = columns.flatMap((column, index) => (column.sortable === true && onSort !== undefined ? [index] : []))

  const inHeader = (key: string, at: number): boolean => {
    const place = sortable.indexOf(at)
    if (key === 'ArrowDown' || key === 'Escape') setHeaderAt(undefined)
    else if (key === 'ArrowRight') setHeaderAt(sortable[Math.min(sortable.length - 1, place + 1)])
    else if (key === 'ArrowLeft') setHeaderAt(sortable[Math.max(0, place - 1)])
    else if (key === 'Enter' || key === ' ') onSort?.(nextSort(sort, columns[at]?.id ?? ''))
    else return false
    return true
  }
  const inRows = (key: string): boolean => {
    if (key === 'ArrowUp' && active <= 0 && sortable.length > 0) {
      setHeaderAt(sortable[0])
      return true
    }
    const row = rows.rowAt(active)
    if (key === 'Enter' && row !== undefined && onOpen !== undefined) {
      onOpen(row, active)
      return true
    }
    if (key === ' ' && row !== undefined && checks !== undefined && checks.applies?.(row) !== false) {
      checks.onToggle(row, !checks.checked(row))
      return true
    }
    const next = rows.total === 0 ? undefined : rowAfterKey(key, active, rows.total, rowsPerPage)
    if (next === undefined) return false
    onActive(next)
    return true
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.altKey || event.metaKey || event.ctrlKey) return
    const handled = headerAt === undefined ? inRows(event.key) : inHeader(event.key, headerAt)
    if (handled) event.preventDefault()
  }
  return { onKeyDown, headerAt, leaveHeader: () => setHeaderAt(undefined) }
}
