/**
 * What of a person's file may stand in a message: short words of definitions, never a text that may be somebody's record.
 * A file that is no definition at all is only described by its form.
 */

const LONGEST = 60

/** A value as a message shows it: as it is while it is a short line, else how long it is. */
export function saidText(value: string): string {
  if (value.includes('\n') || value.includes('\r')) return `a text of ${value.split(/\r\n|\r|\n/).length} lines`
  return value.length > LONGEST ? `a text of ${value.length} characters` : `'${value}'`
}

/** Whether a value may be repeated as it is. */
export function isShortLine(value: string): boolean {
  return value.length <= LONGEST && !/[\r\n]/.test(value)
}

/** A key of a file: one word of a definition, which may hold a slip. Everything else may be a name or an address. */
export function isWord(key: string): boolean {
  return /^[\p{L}\p{N}_-]{1,40}$/u.test(key)
}

const MARKS: [mark: string, name: string][] = [
  [',', 'commas'],
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'upright strokes'],
]

/** Of a text that is no definition, what its first line looks like: no word of it. */
export function formOfText(text: string): string {
  const line = text.split(/\r\n|\r|\n/)[0] ?? ''
  const most = MARKS.map(([mark, name]) => ({ name, count: line.split(mark).length - 1 })).reduce((one, other) => (other.count > one.count ? other : one))
  if (most.count === 0) return `its first line is a text of ${line.length} characters`
  return `its first line has ${most.count + 1} values between ${most.name}, as a table has`
}

/** Messages of the parser without what they quote of the file. */
export function withoutQuotes(message: string): string {
  return message.replace(/:\s*"[\s\S]*$/, '').replace(/"[^"]*"/g, '…').replace(/(alias|tag|anchor)([^:]*): [\s\S]*$/i, '$1$2').split('\n')[0] ?? ''
}
