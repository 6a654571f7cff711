import { guarded } from '../../../contract/spreadsheet.ts'
import type { GridColumn } from './grid-column.ts'

/** A cell as it is copied: what is read in it, without what only sizes the column. */
export function copiedCell<Row>(column: GridColumn<Row>, row: Row): string {
  const text = (column.copied ?? column.text)?.(row) ?? ''
  return guarded(text.trim().replace(/[\t\r\n]+/g, ' '))
}

/** Rows as tab-separated text with their headers, for a spreadsheet. */
export function copiedRows<Row>(columns: readonly GridColumn<Row>[], rows: readonly Row[]): string {
  const lines = [columns.map((column) => column.header), ...rows.map((row) => columns.map((column) => copiedCell(column, row)))]
  return lines.map((cells) => cells.join('\t')).join('\n')
}
