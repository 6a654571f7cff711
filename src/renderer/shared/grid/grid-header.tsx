import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { MouseEvent, TouchEvent } from 'react'
import { flushSync } from 'react-dom'
import type { DrawnColumn } from './column-widths.ts'
import type { GridSort } from './grid-column.ts'
import { nextSort } from './grid-column.ts'
import classes from './grid.module.css'
import type { GridColumns } from './use-grid-columns.ts'

type Props<Row> = {
  id: string
  shown: readonly DrawnColumn<Row>[]
  columns: GridColumns<Row>
  checks: boolean
  sort: GridSort | undefined
  onSort: ((sort: GridSort | undefined) => void) | undefined
  /** Header that the keyboard is on. */
  current: number | undefined
}

/** Sticky header. A press sorts, and the order is made by the engine; an edge drags. */
export function GridHeader<Row>({ id, shown, columns, checks, sort, onSort, current }: Props<Row>) {
  return (
    <div role="rowgroup" className={classes['head']}>
      <div role="row" aria-rowindex={1} className={classes['headRow']}>
        {checks && (
          <div role="columnheader" className={classes['headCell']} data-check>
            <span className="visually-hidden">Selected</span>
          </div>
        )}
        {shown.map((column, index) => {
          const canSort = column.sortable === true && onSort !== undefined
          const order = sort?.by === column.id ? (sort.descending ? 'descending' : 'ascending') : undefined
          return (
            <div
              key={column.id}
              id={`${id}-h-${column.id}`}
              role="columnheader"
              aria-sort={canSort ? (order ?? 'none') : undefined}
              className={classes['headCell']}
              data-align={column.align}
              data-sortable={canSort || undefined}
              data-current={current === index || undefined}
              data-pinned={column.pin !== undefined || undefined}
              style={column.pin === undefined ? undefined : { left: column.pin }}
              onClick={canSort ? () => onSort(nextSort(sort, column.id)) : undefined}
            >
              <span>{column.header}</span>
              {order === 'ascending' && <IconArrowUp size={12} aria-hidden="true" />}
              {order === 'descending' && <IconArrowDown size={12} aria-hidden="true" />}
              <Edge id={column.id} columns={columns} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** The edge of a column, for the mouse; by keyboard it is Shift with an arrow on the header. */
function Edge<Row>({ id, columns }: { id: string; columns: GridColumns<Row> }) {
  const begin = (event: MouseEvent<HTMLElement> | TouchEvent<HTMLElement>) => {
    const { width } = event.currentTarget.parentElement?.getBoundingClientRect() ?? { width: 0 }
    // From here on the column has a width of its own, so that it follows the pointer from where it stands.
    flushSync(() => columns.resize(id, width))
    columns.dragFrom(id)?.(event)
  }
  return <span aria-hidden="true" className={classes['edge']} data-edge={id} onMouseDown={begin} onTouchStart={begin} onClick={(event) => event.stopPropagation()} />
}
