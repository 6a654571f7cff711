import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { GridColumn, GridSort } from './grid-column.ts'
import { nextSort } from './grid-column.ts'
import classes from './grid.module.css'

type Props<Row> = {
  id: string
  columns: readonly GridColumn<Row>[]
  checks: boolean
  sort: GridSort | undefined
  onSort: ((sort: GridSort | undefined) => void) | undefined
  /** Header that the keyboard is on. */
  current: number | undefined
}

/** Sticky header. A press sorts; the order is made by the engine. */
export function GridHeader<Row>({ id, columns, checks, sort, onSort, current }: Props<Row>) {
  return (
    <div role="rowgroup" className={classes['head']}>
      <div role="row" aria-rowindex={1} className={classes['headRow']}>
        {checks && (
          <div role="columnheader" className={classes['headCell']}>
            <span className="visually-hidden">Selected</span>
          </div>
        )}
        {columns.map((column, index) => {
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
              onClick={canSort ? () => onSort(nextSort(sort, column.id)) : undefined}
            >
              <span>{column.header}</span>
              {order === 'ascending' && <IconArrowUp size={12} aria-hidden="true" />}
              {order === 'descending' && <IconArrowDown size={12} aria-hidden="true" />}
            </div>
          )
        })}
      </div>
    </div>
  )
}
