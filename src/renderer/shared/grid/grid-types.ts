import type { ReactNode } from 'react'
import type { GridColumn, GridSort } from './grid-column.ts'
import type { PagedRows } from './use-paged-rows.ts'

export type GridProps<Row> = {
  /** What the rows are, for screen readers. */
  label: string
  /** Under which its columns are remembered; also the identity of what is listed. */
  name: string
  columns: readonly GridColumn<Row>[]
  rows: PagedRows<Row>
  /** The row the detail shows; −1 for none. */
  active: number
  onActive: (index: number) => void
  onOpen?: (row: Row, index: number) => void
  sort?: GridSort | undefined
  onSort?: (sort: GridSort | undefined) => void
  /** A checkbox column, and the space key. */
  checks?: GridChecks<Row>
  empty: ReactNode
}

export type GridChecks<Row> = {
  label: (row: Row) => string
  checked: (row: Row) => boolean
  /** One row, or all that were marked together. */
  onToggle: (rows: readonly Row[], checked: boolean) => void
  /** Whether a row has a checkbox at all; without it, every row. */
  applies?: (row: Row) => boolean
}
