import type { Updater } from '@tanstack/react-table'
import { columnOrderingFeature, columnPinningFeature, columnResizingFeature, columnSizingFeature, columnVisibilityFeature, tableFeatures, useTable } from '@tanstack/react-table'
import { useMemo } from 'react'
import type { ColumnChoices } from './column-choices.ts'
import { boundedWidth, moved, NARROWEST_PX, noChoices, rememberColumns, useRememberedColumns, WIDEST_PX } from './column-choices.ts'
import type { GridColumn } from './grid-column.ts'

const features = tableFeatures({ columnVisibilityFeature, columnOrderingFeature, columnPinningFeature, columnSizingFeature, columnResizingFeature })
/** Rows are paged from the engine and never in the table's own model. */
const noRows: never[] = []
const defaultColumn = { minSize: NARROWEST_PX, maxSize: WIDEST_PX }

export type GridColumns<Row> = {
  /** Every column in the order of the table, hidden ones too. */
  all: readonly GridColumn<Row>[]
  choices: ColumnChoices
  isPinned: (id: string) => boolean
  show: (id: string, shown: boolean) => void
  move: (id: string, by: -1 | 1) => void
  pin: (id: string, pinned: boolean) => void
  resize: (id: string, width: number) => void
  /** Starts dragging an edge; the width of the column must have been set before. */
  dragFrom: (id: string) => ((event: unknown) => void) | undefined
  reset: () => void
}

function valueOf<Value>(updater: Updater<Value>, before: Value): Value {
  return typeof updater === 'function' ? (updater as (before: Value) => Value)(before) : updater
}

/** The columns of a table as a person arranged them; remembered at this machine under the table's name. */
export function useGridColumns<Row>(table: string, columns: readonly GridColumn<Row>[]): GridColumns<Row> {
  const choices = useRememberedColumns(({ tables }) => tables[table]) ?? noChoices
  const defs = useMemo(() => columns.map(({ id, header, width }) => ({ id, header, size: width })), [columns])
  const state = useMemo(
    () => ({ columnVisibility: choices.shown, columnOrder: choices.order, columnPinning: { start: choices.pinned, end: [] }, columnSizing: choices.widths }),
    [choices],
  )
  const choose = (change: (before: ColumnChoices) => Partial<ColumnChoices>) => {
    const before = useRememberedColumns.getState().tables[table] ?? noChoices
    rememberColumns(table, { ...before, ...change(before) })
  }
  const model = useTable({
    features,
    columns: defs,
    data: noRows,
    defaultColumn,
    columnResizeMode: 'onChange',
    state,
    onColumnVisibilityChange: (next) => choose(({ shown }) => ({ shown: valueOf(next, shown) })),
    onColumnOrderChange: (next) => choose(({ order }) => ({ order: valueOf(next, order) })),
    onColumnPinningChange: (next) => choose(({ pinned }) => ({ pinned: valueOf(next, { start: pinned, end: [] }).start })),
    onColumnSizingChange: (next) => choose(({ widths }) => ({ widths: boundedWidths(valueOf(next, widths)) })),
  })
  const ids = model.getAllLeafColumns().map(({ id }) => id)
  const order = JSON.stringify([...choices.pinned.filter((id) => ids.includes(id)), ...ids.filter((id) => !choices.pinned.includes(id))])
  const all = useMemo(() => (JSON.parse(order) as string[]).flatMap((id) => columns.find((column) => column.id === id) ?? []), [columns, order])
  return {
    all,
    choices,
    isPinned: (id) => choices.pinned.includes(id),
    show: (id, shown) => model.setColumnVisibility((before) => ({ ...before, [id]: shown })),
    move: (id, by) =>
      choices.pinned.includes(id)
        ? model.setColumnPinning({ start: moved(choices.pinned, id, by), end: [] })
        : model.setColumnOrder([...choices.pinned, ...moved(all.map((column) => column.id).filter((one) => !choices.pinned.includes(one)), id, by)]),
    pin: (id, pinned) => model.getColumn(id)?.pin(pinned ? 'start' : false),
    resize: (id, width) => model.setColumnSizing((before) => ({ ...before, [id]: boundedWidth(width) })),
    dragFrom: (id) => model.getFlatHeaders().find((header) => header.column.id === id)?.getResizeHandler(),
    reset: () => rememberColumns(table, noChoices),
  }
}

function boundedWidths(widths: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(widths).map(([id, width]) => [id, boundedWidth(width)]))
}
