import type { ClipboardEvent, MouseEvent } from 'react'
import { useRef, useState } from 'react'
import { formatNumber } from '../format.ts'
import { notifyError } from '../notify.tsx'
import { copiedCell, copiedRows } from './grid-copy.ts'
import type { GridProps } from './grid-types.ts'
import type { Marked } from './marked-rows.ts'
import { markedTo, rowsOf } from './marked-rows.ts'

export type GridSelection<Row> = {
  marked: Marked | undefined
  extendTo: (index: number) => void
  clear: () => void
  /** Ticks what is marked, or takes the ticks away where all have one; false where nothing can be ticked. */
  toggle: () => boolean
  press: (index: number, event: MouseEvent) => void
  check: (index: number, checked: boolean, ranged: boolean) => void
  copy: (event: ClipboardEvent, columns: GridProps<Row>['columns'], cellAt: number | undefined) => void
}

/** Several rows marked together, ticked together, copied together. Handlers stay the same, so that rows are not drawn again. */
export function useGridSelection<Row>(props: GridProps<Row>): GridSelection<Row> {
  const [marked, setMarked] = useState<Marked>()
  const latest = useRef({ props, marked })
  latest.current = { props, marked }
  const [handlers] = useState(() => ({
    extendTo: (index: number) => setMarked((before) => markedTo(before, latest.current.props.active, index)),
    clear: () => setMarked(undefined),
    toggle: () => {
      const { active } = latest.current.props
      return tick(latest.current.props, latest.current.marked ?? { from: active, to: active })
    },
    press: (index: number, event: MouseEvent) => {
      const { onActive } = latest.current.props
      if (event.shiftKey) handlers.extendTo(index)
      else handlers.clear()
      if (event.ctrlKey || event.metaKey) tick(latest.current.props, { from: index, to: index })
      onActive(index)
    },
    check: (index: number, checked: boolean, ranged: boolean) => {
      const { props: now } = latest.current
      const range = ranged ? markedTo(latest.current.marked, now.active, index) : { from: index, to: index }
      tick(now, range, checked)
      if (ranged) now.onActive(index)
    },
    copy: (event: ClipboardEvent, columns: GridProps<Row>['columns'], cellAt: number | undefined) => {
      const { active, rows: paged } = latest.current.props
      const { rows, missing } = rowsOf(latest.current.marked, active, paged.rowAt)
      const first = rows[0]
      // Text that was marked with the mouse is copied as everywhere else.
      if (first === undefined || window.getSelection()?.isCollapsed === false) return
      if (missing > 0) {
        notifyError(new Error(`Nothing was copied: ${formatNumber(missing)} of the marked rows are no longer loaded. Mark fewer rows, or export them.`))
        return
      }
      const cell = latest.current.marked === undefined && cellAt !== undefined ? columns[cellAt] : undefined
      event.clipboardData.setData('text/plain', cell === undefined ? copiedRows(columns, rows) : copiedCell(cell, first))
      event.preventDefault()
    },
  }))
  return { marked, ...handlers }
}

function tick<Row>({ checks, rows: paged }: GridProps<Row>, range: Marked, to?: boolean): boolean {
  if (checks === undefined) return false
  const rows = rowsOf(range, range.to, paged.rowAt).rows.filter((row) => checks.applies?.(row) !== false)
  if (rows.length === 0) return false
  const checked = to ?? !rows.every((row) => checks.checked(row))
  checks.onToggle(rows, checked)
  return true
}
