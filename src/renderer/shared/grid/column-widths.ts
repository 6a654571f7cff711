import { useMemo, useRef } from 'react'
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

/**
 * Widths from what is loaded: a fixed column is never clipped, a growing one shares the rest by need and gives way
 * first. They only grow while the same columns are shown, so that scrolling never makes them jump back.
 */
export function useColumnWidths<Row>(columns: readonly GridColumn<Row>[], loaded: readonly Row[], room: number): { shown: readonly GridColumn<Row>[]; template: string; least: number } {
  const seen = useRef({ columns, widths: new Map<string, number>(), rows: loaded })
  if (seen.current.columns !== columns) seen.current = { columns, widths: new Map(), rows: [] }
  if (seen.current.rows !== loaded) {
    seen.current.rows = loaded
    for (const column of columns) {
      const header = textWidth(column.header) + (column.sortable === true ? SORT_MARK_PX : 0)
      const needed = loaded.reduce((most, row) => Math.max(most, textWidth(column.text?.(row) ?? '')), header)
      const width = Math.min(column.widest ?? WIDEST_PX, Math.ceil(needed) + PADDING_PX)
      seen.current.widths.set(column.id, Math.max(column.width, width, seen.current.widths.get(column.id) ?? 0))
    }
  }
  const widthOf = (column: GridColumn<Row>) => seen.current.widths.get(column.id) ?? column.width
  const fixed = (column: GridColumn<Row>) => column.grow === undefined || column.important === true
  const wanted = columns.reduce((sum, column) => sum + (fixed(column) ? widthOf(column) : column.width), 0)
  const tight = wanted > room
  const leastWidth = (column: GridColumn<Row>) => {
    if (!fixed(column)) return column.width
    return tight && column.grow !== undefined ? Math.min(widthOf(column), Math.max(column.width, TIGHT_PX)) : widthOf(column)
  }
  const track = (column: GridColumn<Row>) =>
    column.grow === undefined ? `${widthOf(column)}px` : `minmax(${leastWidth(column)}px, ${Math.round(widthOf(column) * column.grow)}fr)`
  const primary = useMemo(() => columns.filter((column) => column.secondary !== true), [columns])
  const shown = tight ? primary : columns
  return { shown, template: shown.map(track).join(' '), least: shown.reduce((sum, column) => sum + leastWidth(column), 0) }
}
