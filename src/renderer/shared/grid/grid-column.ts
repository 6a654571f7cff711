import type { ReactNode } from 'react'

/** One column. `id` is also what the engine sorts by. */
export type GridColumn<Row> = {
  id: string
  header: string
  /** Narrowest width in pixels; grows with the text that is loaded, up to `widest`. */
  width: number
  widest?: number
  /** Takes a share of the room, weighed by what its text needs; without it the column is as wide as its text. */
  grow?: number
  /** A growing column that still is never narrower than its text. */
  important?: boolean
  /** Not drawn while the table is too narrow for all columns; the detail has it too. */
  secondary?: boolean
  align?: 'start' | 'end'
  sortable?: boolean
  cell: (row: Row) => ReactNode
  /** The cell as text: sizes the column and fills the hover title. */
  text?: (row: Row) => string
  /** The cell as it is copied, where `text` says more than is read in it. */
  copied?: (row: Row) => string
}

export type GridSort = { by: string; descending: boolean }

/** The next order when a header is pressed: ascending, descending, the engine's own. */
export function nextSort(current: GridSort | undefined, by: string): GridSort | undefined {
  if (current?.by !== by) return { by, descending: false }
  return current.descending ? undefined : { by, descending: true }
}
