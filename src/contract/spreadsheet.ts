/**
 * What a spreadsheet may read as a formula: a sign at the start, also after white space and in full width, and the
 * control characters that spreadsheets drop before they look (OWASP, CSV injection).
 */
const dangerousStart = /^[\s\u0000\u00a0\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n\u0000]/

/** Text for a cell of a spreadsheet: what would run begins with an apostrophe. */
export function guarded(text: string): string {
  return `${dangerousStart.test(text) ? "'" : ''}${text.replaceAll('\u0000', '')}`
}
