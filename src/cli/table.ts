import stringWidth from 'string-width'

/** One column of a table on a terminal. */
export interface Column {
  title: string
  align?: 'right'
  /** Longer cells are cut; the JSON form has everything. */
  atMost?: number
}

/** Rows under titles, aligned, two spaces apart. */
export function table(columns: Column[], rows: (string | number | undefined)[][]): string {
  const cells = rows.map((row) => columns.map((column, index) => shortened(cellOf(row[index]), column.atMost ?? 40)))
  const widths = columns.map((column, index) => Math.max(stringWidth(column.title), ...cells.map((row) => stringWidth(row[index] ?? ''))))
  const line = (row: string[]): string => row.map((cell, index) => padded(cell, widths[index] ?? 0, columns[index]?.align)).join('  ').trimEnd()
  return [line(columns.map(({ title }) => title)), ...cells.map(line)].join('\n')
}

/** Names and values under each other, without titles. */
export function pairs(rows: [string, string | undefined][]): string {
  const shown = rows.filter((row): row is [string, string] => row[1] !== undefined)
  const width = Math.max(0, ...shown.map(([name]) => stringWidth(name)))
  return shown.map(([name, value]) => `  ${padded(name, width)}  ${value}`).join('\n')
}

/** 3410 → 3,410. */
export function count(value: number): string {
  return value.toLocaleString('en-GB')
}

/** 1 record, 2 records. */
export function counted(value: number, one: string, many: string): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

/** A value of a record, as a person reads it in one line. */
export function shownValue(value: unknown): string {
  if (value === null || value === undefined) return '–'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** 2026-11-23 14:05 UTC. */
export function moment(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')} UTC`
}

function cellOf(value: string | number | undefined): string {
  if (value === undefined) return '–'
  return typeof value === 'number' ? count(value) : inOneLine(value)
}

/** Values come from other systems: nothing in them may steer the terminal. */
export function inOneLine(value: string): string {
  return value.replace(/\p{Cc}+/gu, ' ')
}

/** Cut by what the terminal shows: a letter with its accents is one, a Chinese one takes two places. */
function shortened(text: string, atMost: number): string {
  if (stringWidth(text) <= atMost) return text
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(kept + segment) > atMost - 1) break
    kept += segment
  }
  return `${kept}…`
}

function padded(text: string, width: number, align?: 'right'): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)))
  return align === 'right' ? space + text : text + space
}
