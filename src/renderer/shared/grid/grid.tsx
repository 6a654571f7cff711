import { useEffect, useId, useRef } from 'react'
import { ErrorState } from '../states.tsx'
import { Loading } from '../loading.tsx'
import { useColumnWidths } from './column-widths.ts'
import type { GridProps } from './grid-types.ts'
import { GridHeader } from './grid-header.tsx'
import { GridRow } from './grid-row.tsx'
import classes from './grid.module.css'
import { useGridKeys } from './use-grid-keys.ts'
import { useGridScroll } from './use-grid-scroll.ts'

const ROW_PX = 32
const HEADER_PX = 30
const CHECK_PX = 38

/**
 * The one table of the app: any number of rows, of which the engine sends those in view.
 * One tab stop; arrows, Home, End, Page Up and Page Down move; up from the first row reaches the headers.
 */
export function Grid<Row>(props: GridProps<Row>) {
  const { label, rows, active, onActive, sort, onSort, checks, empty } = props
  const frame = useRef<HTMLDivElement>(null)
  const id = useId()
  const scroll = useGridScroll(frame, rows.total, ROW_PX, HEADER_PX)
  const widths = useColumnWidths(props.columns, rows.loaded, scroll.width - (checks === undefined ? 0 : CHECK_PX))
  const columns = widths.shown
  const keys = useGridKeys({ ...props, columns, rowsPerPage: scroll.rowsPerPage })
  const { show } = rows
  useEffect(() => show(scroll.first, Math.max(scroll.first, scroll.last)), [show, scroll.first, scroll.last])
  const { reveal } = scroll
  useEffect(() => {
    if (active >= 0) reveal(active)
  }, [active, reveal])

  if (rows.pending && rows.error !== undefined && rows.error !== null) return <ErrorState error={rows.error} onRetry={rows.retry} />
  const template = checks === undefined ? widths.template : `${CHECK_PX}px ${widths.template}`
  const indexes = Array.from({ length: Math.max(0, scroll.last - scroll.first + 1) }, (_, step) => scroll.first + step)
  const activeId = keys.headerAt !== undefined ? `${id}-h-${columns[keys.headerAt]?.id}` : active >= 0 && active < rows.total ? `${id}-r-${active}` : undefined
  return (
    <div
      ref={frame}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={rows.total + 1}
      aria-colcount={columns.length + (checks === undefined ? 0 : 1)}
      aria-busy={rows.pending}
      aria-activedescendant={activeId}
      className={classes['grid']}
      style={{ '--columns': template, '--least': `${widths.least + (checks === undefined ? 0 : CHECK_PX)}px` }}
      onScroll={scroll.onScroll}
      onKeyDown={keys.onKeyDown}
      onBlur={keys.leaveHeader}
    >
      <GridHeader id={id} columns={columns} checks={checks !== undefined} sort={sort} onSort={onSort} current={keys.headerAt} />
      <div role="rowgroup" className={classes['sizer']} style={{ '--height': `${scroll.height}px` }}>
        {indexes.map((index) => {
          const row = rows.rowAt(index)
          return (
            <GridRow
              key={index}
              id={`${id}-r-${index}`}
              index={index}
              top={scroll.topOf(index)}
              row={row}
              columns={columns}
              checks={checks}
              active={index === active}
              onActive={onActive}
              onOpen={props.onOpen}
            />
          )
        })}
        {rows.total === 0 && (
          <div role="row" className={classes['nothing']}>
            <div role="gridcell" aria-colspan={columns.length}>
              {rows.pending ? <Loading label={`Reading ${label.toLowerCase()}`} rows={6} /> : empty}
            </div>
          </div>
        )}
      </div>
      {rows.error !== undefined && rows.error !== null && !rows.pending && (
        <div className={classes['failed']}>
          <ErrorState error={rows.error} onRetry={rows.retry} />
        </div>
      )}
    </div>
  )
}
