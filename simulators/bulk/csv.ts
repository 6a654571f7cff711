/** The rows of an upload by the names of its first line. Cells hold no line ends here. */
export function readLines(text: string): Record<string, string>[] {
  const [names, ...rows] = text.split('\n').filter((line) => line !== '').map(cellsOf)
  return rows.map((cells) => Object.fromEntries((names ?? []).map((name, place) => [name, cells[place] ?? ''])))
}

function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '')
}

/** Lines with quotes around every cell, as the results of bulk systems have them. */
export function writeLines(names: readonly string[], rows: readonly Record<string, string>[]): string {
  const line = (cells: readonly string[]): string => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`
  return line(names) + rows.map((row) => line(names.map((name) => row[name] ?? ''))).join('')
}
