import { guarded } from '../../contract/spreadsheet.ts'

/** A cell of an export. */
export type Cell = string | number | boolean | null | undefined

/** One line of a spreadsheet-safe CSV: text is quoted, and what would run begins with an apostrophe. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: Cell): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : ''
  if (typeof cell === 'boolean') return cell ? 'true' : 'false'
  return `"${guarded(cell).replaceAll('"', '""')}"`
}
