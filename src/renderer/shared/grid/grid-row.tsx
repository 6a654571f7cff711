import { Checkbox } from '@mantine/core'
import { memo } from 'react'
import type { GridColumn } from './grid-column.ts'
import type { GridChecks } from './grid-types.ts'
import classes from './grid.module.css'

type Props<Row> = {
  id: string
  index: number
  top: number
  row: Row | undefined
  columns: readonly GridColumn<Row>[]
  checks: GridChecks<Row> | undefined
  active: boolean
  onActive: (index: number) => void
  onOpen: ((row: Row, index: number) => void) | undefined
}

function PlainRow<Row>({ id, index, top, row, columns, checks, active, onActive, onOpen }: Props<Row>) {
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={active}
      className={classes['row']}
      data-active={active || undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onActive(index)}
      onDoubleClick={row === undefined || onOpen === undefined ? undefined : () => onOpen(row, index)}
    >
      {checks !== undefined && (
        <div role="gridcell" className={classes['checkCell']} onClick={(event) => event.stopPropagation()}>
          {row !== undefined && checks.applies?.(row) !== false && (
            <Checkbox
              tabIndex={-1}
              aria-label={checks.label(row)}
              checked={checks.checked(row)}
              onChange={(event) => checks.onToggle(row, event.currentTarget.checked)}
            />
          )}
        </div>
      )}
      {columns.map((column) => (
        <div key={column.id} role="gridcell" className={classes['cell']} data-align={column.align} title={row === undefined ? undefined : column.text?.(row)}>
          {row === undefined ? <span className={classes['waiting']} /> : column.cell(row)}
        </div>
      ))}
    </div>
  )
}

/** One row; a quiet bar in each cell until the engine has sent it. Drawn again only when something of it changed. */
export const GridRow = memo(PlainRow) as typeof PlainRow
