import type { MouseEvent } from 'react'
import { useEffect, useId, useRef } from 'react'
import { ErrorState } from '../states.tsx'
import { Loading } from '../loading.tsx'
import { useColumnLayout } from './column-widths.ts'
import { ColumnsMenu } from './columns-menu.tsx'
import type { GridProps } from './grid-types.ts'
import { GridHeader } from './grid-header.tsx'
import { GridRow } from './grid-row.tsx'
import classes from './grid.module.css'
import { isMarked } from './marked-rows.ts'
import { useGridColumns } from './use-grid-columns.ts'
import { useGridKeys } from './use-grid-keys.ts'
import { useGridScroll } from './use-grid-scroll.ts'
import { useGridSelection } from './use-grid-selection.ts'

const ROW_PX = 32
const HEADER_PX = 30
const CHECK_PX = 38
/** Where the columns button stands; nothing is drawn beneath it. */
const MENU_PX = 28

/**
 * The one table of the app: any number of rows, of which the engine sends those in view.
 * One tab stop; arrows, Home, End, Page Up and Page Down move; left and right reach the cells, up from the first row the headers.
 */
export function Grid<Row>(props: GridProps<Row>) {
  // Another table starts at its top, with columns and marks of its own.
  return <NamedGrid key={props.name} {...props} />
}

/** Shift marks rows, not the text between. */
function markWithoutText(event: MouseEvent<HTMLElement>): void {
  if (!event.shiftKey) return
  event.preventDefault()
  event.currentTarget.focus()
}

function NamedGrid<Row>(props: GridProps<Row>) {
  const { label, name, rows, active, sort, onSort, checks, empty } = props
  const frame = useRef<HTMLDivElement>(null)
  const id = useId()
  const checkWidth = checks === undefined ? 0 : CHECK_PX
  const scroll = useGridScroll(frame, rows.total, ROW_PX, HEADER_PX)
  const arranged = useGridColumns(name, props.columns)
  const layout = useColumnLayout(arranged.all, arranged.choices, rows.loaded, scroll.width - checkWidth - MENU_PX, checkWidth)
  const columns = layout.shown
  const selection = useGridSelection(props)
  const widthAt = (header: number) => document.getElementById(`${id}-h-${columns[header]?.id}`)?.offsetWidth ?? 0
  const keys = useGridKeys({ ...props, columns, rowsPerPage: scroll.rowsPerPage, arranged, selection, widthAt })
  const { show } = rows
  useEffect(() => show(scroll.first, Math.max(scroll.first, scroll.last)), [show, scroll.first, scroll.last])
  const { reveal } = scroll
  useEffect(() => {
    if (active >= 0) reveal(active)
  }, [active, reveal])

  if (rows.pending && rows.error !== undefined && rows.error !== null) return <ErrorState error={rows.error} onRetry={rows.retry} />
  const template = checks === undefined ? layout.template : `${CHECK_PX}px ${layout.template}`
  const indexes = Array.from({ length: Math.max(0, scroll.last - scroll.first + 1) }, (_, step) => scroll.first + step)
  const activeRow = active >= 0 && active < rows.total ? `${id}-r-${active}` : undefined
  const activeCell = activeRow === undefined || keys.cellAt === undefined ? activeRow : `${activeRow}-c-${columns[keys.cellAt]?.id}`
  return (
    <div className={classes['frame']} style={{ '--seen': `${scroll.width}px` }}>
      <div
        ref={frame}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-multiselectable="true"
        aria-rowcount={rows.total + 1}
        aria-colcount={columns.length + (checks === undefined ? 0 : 1)}
        aria-busy={rows.pending}
        aria-activedescendant={keys.headerAt === undefined ? activeCell : `${id}-h-${columns[keys.headerAt]?.id}`}
        className={classes['grid']}
        style={{ '--columns': template, '--least': `${layout.least + checkWidth + MENU_PX}px` }}
        onKeyDown={keys.onKeyDown}
        onBlur={keys.leave}
        onMouseDown={markWithoutText}
        onCopy={(event) => selection.copy(event, columns, keys.cellAt)}
      >
        <GridHeader id={id} shown={columns} columns={arranged} checks={checks !== undefined} sort={sort} onSort={onSort} current={keys.headerAt} />
        <div role="rowgroup" className={classes['sizer']} style={{ '--height': `${scroll.height}px` }}>
          {indexes.map((index) => (
            <GridRow
              key={index}
              id={`${id}-r-${index}`}
              index={index}
              top={scroll.topOf(index)}
              row={rows.rowAt(index)}
              columns={columns}
              checks={checks}
              active={index === active}
              marked={isMarked(selection.marked, index)}
              cellAt={index === active ? keys.cellAt : undefined}
              onPress={selection.press}
              onCheck={selection.check}
              onOpen={props.onOpen}
            />
          ))}
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
      <ColumnsMenu label={label} columns={arranged} shown={columns} />
    </div>
  )
}
