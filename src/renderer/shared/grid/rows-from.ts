import type { PagedRows } from './use-paged-rows.ts'

const nothing = () => {}

/** A short list that is wholly here, in the form the grid takes. */
export function rowsFrom<Row>(rows: readonly Row[]): PagedRows<Row> {
  return { total: rows.length, rowAt: (index) => rows[index], loaded: rows, pending: false, error: null, retry: nothing, show: nothing }
}
