import { useMemo, useRef } from 'react'
import type { ColumnChoices } from './column-choices.ts'
import type { GridColumn } from './grid-column.ts'

const PADDING_PX = 24
const SORT_MARK_PX = 16
const WIDEST_PX = 340
/** What an important column keeps when there is little room. */
const TIGHT_PX = 150
/** As strong as the strongest cell, so that it fits too. */
const FONT = '600 13px "Inter Variable"'

let canvas: CanvasRenderingContext2D | null | undefined
function textWidth(text: string): number {
  canvas ??= document.createElement('canvas').getContext('2d')
  if (canvas === null || canvas === undefined) return text.length * 7
  canvas.font = FONT
  return canvas.measureText(text).width
}

/** A column that is drawn; a pinned one stands still at `pin` pixels from the start. */
export type DrawnColumn<Row> = GridColumn<Row> & { pin?: number }
export type ColumnLayout<Row> = { shown: readonly DrawnColumn<Row>[]; template: string; least: number }

/** What a column needs, in pixels, kept while the same columns are shown: scrolling never makes them jump back. */
function useNeededWidths<Row>(columns: readonly GridColumn<Row>[], loaded: readonly Row[]): ReadonlyMap<string, number> {
  const seen = useRef({ columns, widths: new Map<string, number>(), rows: undefined as readonly Row[] | undefined })
  if (seen.current.columns !== columns) seen.current = { columns, widths: new Map(), rows: undefined }
  if (seen.current.rows !== loaded) {
    seen.current.rows = loaded
    for (const column of columns) {
      const header = textWidth(column.header) + (column.sortable === true ? SORT_MARK_PX : 0)
      const needed = loaded.reduce((most, row) => Math.max(most, textWidth(column.text?.(row) ?? '')), header)
      const width = Math.min(column.widest ?? WIDEST_PX, Math.ceil(needed) + PADDING_PX)
      seen.current.widths.set(column.id, Math.max(column.width, width, seen.current.widths.get(column.id) ?? 0))
    }
  }
  return seen.current.widths
}

/**
 * Widths from what is loaded: a fixed column is never clipped, a growing one shares the rest by need and gives way
 * first. A width that a person chose stands, and a pinned column has a fixed one.
 */
export function useColumnLayout<Row>(columns: readonly GridColumn<Row>[], choices: ColumnChoices, loaded: readonly Row[], room: number, before: number): ColumnLayout<Row> {
  const needed = useNeededWidths(columns, loaded)
  const { shown, widths, pinned } = choices
  const listed = columns.filter(({ id }) => shown[id] !== false)
  const widthOf = (column: GridColumn<Row>) => widths[column.id] ?? needed.get(column.id) ?? column.width
  const isSet = ({ id }: GridColumn<Row>) => widths[id] !== undefined || pinned.includes(id)
  const fixed = (column: GridColumn<Row>) => isSet(column) || column.grow === undefined || column.important === true
  const wanted = listed.reduce((sum, column) => sum + (fixed(column) ? widthOf(column) : column.width), 0)
  const tight = wanted > room
  const drawn = tight ? listed.filter((column) => column.secondary !== true || shown[column.id] === true) : listed
  const leastWidth = (column: GridColumn<Row>) => {
    if (!fixed(column)) return column.width
    return tight && column.grow !== undefined && !isSet(column) ? Math.min(widthOf(column), Math.max(column.width, TIGHT_PX)) : widthOf(column)
  }
  const track = (column: GridColumn<Row>) =>
    isSet(column) || column.grow === undefined ? `${widthOf(column)}px` : `minmax(${leastWidth(column)}px, ${Math.round(widthOf(column) * column.grow)}fr)`
  let edge = before
  const places = drawn.map((column) => {
    if (!pinned.includes(column.id)) return [column.id]
    const place = edge
    edge += widthOf(column)
    return [column.id, place]
  })
  const key = JSON.stringify(places)
  return {
    shown: useMemo(() => drawnColumns(columns, JSON.parse(key) as [string, number?][]), [columns, key]),
    template: drawn.map(track).join(' '),
    least: drawn.reduce((sum, column) => sum + leastWidth(column), 0),
  }
}

/** The same array while the same columns stand in the same places, so that rows need not be drawn again. */
function drawnColumns<Row>(columns: readonly GridColumn<Row>[], places: readonly [string, number?][]): DrawnColumn<Row>[] {
  return places.flatMap(([id, pin]) => {
    const column = columns.find((one) => one.id === id)
    return column === undefined ? [] : [pin === undefined ? column : { ...column, pin }]
  })
}
