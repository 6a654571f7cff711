import type { InspectedFile, LoadedRow } from '../../contract/shapes.ts'
import type { CsvText } from '../sources/csv/csv-text.ts'

type Numbered = Pick<InspectedFile, 'columns' | 'unfit' | 'key' | 'first' | 'blockedRows'>

/** What was found by the numbers of its rows, with the lines of the file on which these stand instead. */
export async function withLines<Found extends Numbered>(text: CsvText, found: Found): Promise<Found> {
  const { unfit, key, first, blockedRows } = found
  const records = [...unfit.flatMap(({ lines }) => lines), ...first, ...blockedRows].map(({ line }) => line ?? 0)
  const lines = await text.linesOf([...records, ...(key?.examples ?? []).flatMap((example) => example.lines)])
  const lineOf = (record: number | undefined, column = 0): number => lines.get(record ?? 0)?.[column] ?? (record ?? 0) + 1
  const row = (loaded: LoadedRow): LoadedRow => ({ ...loaded, line: lineOf(loaded.line) })
  return {
    ...found,
    unfit: unfit.map((column) => ({ ...column, lines: column.lines.map((at) => ({ ...at, line: lineOf(at.line, text.columns.indexOf(column.column)) })) })),
    ...(key === undefined ? {} : { key: { ...key, examples: key.examples.map((example) => ({ ...example, lines: example.lines.map((line) => lineOf(line)) })) } }),
    first: first.map(row),
    blockedRows: blockedRows.map(row),
  }
}
