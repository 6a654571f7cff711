import { Checkbox } from '@mantine/core'
import type { MouseEvent } from 'react'
import { memo } from 'react'
import type { DrawnColumn } from './column-widths.ts'
import type { GridChecks } from './grid-types.ts'
import classes from './grid.module.css'

type Props<Row> = {
  id: string
  index: number
  top: number
  row: Row | undefined
  columns: readonly DrawnColumn<Row>[]
  checks: GridChecks<Row> | undefined
  active: boolean
  /** Among the rows that were marked together. */
  marked: boolean
  /** The cell that the keyboard is on. */
  cellAt: number | undefined
  onPress: (index: number, event: MouseEvent) => void
  onCheck: (index: number, checked: boolean, ranged: boolean) => void
  onOpen: ((row: Row, index: number) => void) | undefined
}

function PlainRow<Row>({ id, index, top, row, columns, checks, active, marked, cellAt, onPress, onCheck, onOpen }: Props<Row>) {
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={active || marked}
      className={classes['row']}
      data-active={active || undefined}
      data-marked={marked || undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={(event) => onPress(index, event)}
      onDoubleClick={row === undefined || onOpen === undefined ? undefined : () => onOpen(row, index)}
    >
      {checks !== undefined && (
        <div role="gridcell" className={classes['checkCell']} onClick={(event) => event.stopPropagation()}>
          {row !== undefined && checks.applies?.(row) !== false && (
            <Checkbox
              tabIndex={-1}
              aria-label={checks.label(row)}
              checked={checks.checked(row)}
              onChange={(event) => onCheck(index, event.currentTarget.checked, (event.nativeEvent as PointerEvent).shiftKey)}
            />
          )}
        </div>
      )}
      {columns.map((column, at) => (
        <div
          key={column.id}
          id={`${id}-c-${column.id}`}
          role="gridcell"
          className={classes['cell']}
          data-align={column.align}
          data-current={cellAt === at || undefined}
          data-pinned={column.pin !== undefined || undefined}
          style={column.pin === undefined ? undefined : { left: column.pin }}
          title={row === undefined ? undefined : column.text?.(row)}
        >
          {row === undefined ? <span className={classes['waiting']} /> : column.cell(row)}
        </div>
      ))}
    </div>
  )
}

/** One row; a quiet bar in each cell until the engine has sent it. Drawn again only when something of it changed. */
export const GridRow = memo(PlainRow) as typeof PlainRow
