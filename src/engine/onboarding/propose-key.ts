import type { ColumnFigures } from './column-figures.ts'

/** Columns that could be the key as they are, the most likely first: one value a row, none empty, and named like one. */
export function proposeKeys(rows: number, figures: readonly ColumnFigures[]): string[] {
  return rows === 0 ? [] : ranked(figures.filter((figure) => canBeKey(figure) && figure.empty === 0 && figure.distinct === rows))
}

/** Below this share of different values a column tells something else than rows. */
const NEARLY = 0.9

/**
 * The column that people most likely mean by the key. One that is named like a key and is right but for a few rows is meant,
 * rather than a phone number that happens not to repeat: what repeats is shown and asked about.
 */
export function likeliestKey(rows: number, figures: readonly ColumnFigures[]): string | undefined {
  const [fits] = proposeKeys(rows, figures)
  if (fits !== undefined && rankOf(fits) <= 1) return fits
  const nearly = figures.filter((figure) => canBeKey(figure) && rankOf(figure.name) === 0 && figure.distinct >= rows * NEARLY && rows > 0)
  return ranked(nearly)[0] ?? fits
}

/** Why this column is proposed, or what was chosen. */
export function keyBecause(column: string, rows: number, { distinct, empty }: ColumnFigures, chosen: boolean): string {
  if (chosen) return 'Chosen by you'
  const named = rankOf(column) === 0
  if (distinct === rows && empty === 0) return named ? 'It is named like a key, and no value repeats' : 'No value repeats, and none is empty'
  return 'It is named like a key'
}

function canBeKey({ type }: ColumnFigures): boolean {
  return !/^(DOUBLE|FLOAT|BOOLEAN|DATE|TIME|BLOB|STRUCT|MAP|JSON)|\[/.test(type)
}

function ranked(figures: readonly ColumnFigures[]): string[] {
  return figures
    .map(({ name }, place) => ({ name, place, rank: rankOf(name) }))
    .sort((left, right) => left.rank - right.rank || left.place - right.place)
    .map(({ name }) => name)
}

function rankOf(name: string): number {
  if (/(^|[_\s-])(id|key|uuid)$/i.test(name) || /[a-z](Id|Key|ID)$/.test(name)) return 0
  if (/(number|nr|no|code|kennung|nummer)$/i.test(name)) return 1
  return /mail|phone|name/i.test(name) ? 3 : 2
}
