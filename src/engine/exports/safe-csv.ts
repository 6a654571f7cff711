/** A cell of an export. */
export type Cell = string | number | boolean | null | undefined

/**
 * What a spreadsheet may read as a formula: a sign at the start, also after white space and in full width, and the
 * control characters that spreadsheets drop before they look (OWASP, CSV injection).
 */
const dangerousStart = /^[\s\u0000\u00a0\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n\u0000]/

/** One line of a spreadsheet-safe CSV: text is quoted, and what would run begins with an apostrophe. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: Cell): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : ''
  if (typeof cell === 'boolean') return cell ? 'true' : 'false'
  const text = cell.replaceAll('\u0000', '')
  return `"${dangerousStart.test(cell) ? "'" : ''}${text.replaceAll('"', '""')}"`
}
