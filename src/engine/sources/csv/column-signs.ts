import { quoteName, quoteText } from '../../storage/duckdb.ts'
import type { DuckDb } from '../../storage/duckdb.ts'
import { readTable, toCount } from '../../storage/raw-values.ts'

/**
 * What a text may show that a type would lose, or that keeps a column from a type. One text can show several. Each is a
 * condition on `text`.
 */
const signs = {
  whole: full('-?(?:0|[1-9][0-9]*)'),
  decimals: full('-?(?:0|[1-9][0-9]*)?[.][0-9]+'),
  'leading zeros': full('[+-]?0[0-9]+(?:[.,][0-9]+)?'),
  'plus signs': full('[+][0-9. ()/-]*[0-9]'),
  'numbers of more than 15 digits': `(length(text) > 15 AND ${full('[+-]?[0-9.]+')} AND length(ltrim(translate(text, '+-.', ''), '0')) > 15)`,
  'exponents such as 12E5': full('[+-]?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+'),
  'hexadecimal numbers such as 0x1A': full('0[xX][0-9a-fA-F]+'),
  'underscores between digits': full('[0-9]+(?:_[0-9]+)+'),
  'a sign before zero': full('-0+'),
  'thousands marks': full("-?[0-9]{1,3}(?:(?:,[0-9]{3})+(?:[.][0-9]+)?|(?:[.][0-9]{3})+,[0-9]+|(?:[.][0-9]{3}){2,}|(?:[ \u00a0\u202f'’][0-9]{3})+(?:[.,][0-9]+)?)"),
  'decimal commas': full('-?[0-9]+,[0-9]+'),
  'values that begin with #': full('#.*'),
  'currency or percent signs': full('[€$£¥] ?-?[0-9.,]+|-?[0-9.,]+ ?(?:[€$£¥%]|EUR|USD|GBP|CHF)'),
  'NaN or infinity': full('(?i)[+-]?(?:nan|inf|infinity)'),
  /** 4.47911E+11: how a spreadsheet shortens a long number. */
  shortened: full('-?[1-9][.,][0-9]+E[+][0-9]{2}'),
  letters: full('[TtFf]'),
  'yes letters': full('[YyNn]'),
  truth: `lower(text) IN ('true', 'false', 'yes', 'no')`,
  day: full('[0-9]{4}-[0-9]{2}-[0-9]{2}'),
  moment: full('[0-9]{4}-[0-9]{2}-[0-9]{2}[ T].*'),
  'local date': full('[0-9]{1,2}[./-][0-9]{1,2}[./-](?:[0-9]{2}|[0-9]{4})(?:[T ,].*)?|[0-9]{4}[./][0-9]{1,2}[./][0-9]{1,2}(?:[T ,].*)?'),
  brackets: full('\\[.*\\]'),
} as const

export type Sign = keyof typeof signs

function full(form: string): string {
  return `regexp_full_match(text, ${quoteText(form)}, 's')`
}

/** What the texts of one column show: how many show each sign, and the smallest that does. */
export interface ColumnSigns {
  /** Texts that mean a value. */
  values: number
  counts: Partial<Record<Sign, number>>
  examples: Partial<Record<Sign, string>>
  /** A text that shows no sign at all. */
  word?: string
}

const names = Object.keys(signs) as Sign[]

/** Signs of some columns; `texts` gives for each the text that counts, as SQL over `from`. */
export async function readSigns(db: DuckDb, from: string, texts: ReadonlyMap<string, string>): Promise<Map<string, ColumnSigns>> {
  const found = new Map<string, ColumnSigns>()
  // A column at a time, so that only one column's texts are looked at in one go.
  for (const [column, text] of texts) {
    const shows = names.map((name, at) => `${signs[name]} AS s${at}`)
    const asked = names.map((_, at) => `count(*) FILTER (s${at}), min(text) FILTER (s${at})`)
    const none = `min(text) FILTER (NOT (${names.map((_, at) => `s${at}`).join(' OR ')}))`
    const bare = `SELECT nullif(trim(${text}, ' \t'), '') AS text FROM ${from}`
    const { rows } = await readTable(db, `SELECT count(*), ${none}, ${asked.join(', ')} FROM (SELECT text, ${shows.join(', ')} FROM (${bare}) WHERE text IS NOT NULL)`)
    const [values, word, ...figures] = rows[0] ?? []
    const signsOf: ColumnSigns = { values: toCount(values), counts: {}, examples: {}, ...(typeof word === 'string' ? { word } : {}) }
    names.forEach((name, at) => {
      const count = toCount(figures[2 * at])
      if (count === 0) return
      signsOf.counts[name] = count
      signsOf.examples[name] = String(figures[2 * at + 1])
    })
    found.set(column, signsOf)
  }
  return found
}

/** Words by which other programs say that there is no value. A person may be called Null, so none of them means that by itself. */
const emptyWords = ['\\N', '#N/A', '#NULL!', '#VALUE!', '#REF!', '#NAME?', '#DIV/0!', '<NA>', '(null)', 'NULL', 'null', 'N/A', 'n/a', 'NaN', 'nan', 'None', 'nil', '-', '--']

/** For each column, which of the words for nothing stand in it, and how often. */
export async function readEmptyWords(db: DuckDb, from: string, columns: readonly string[]): Promise<Map<string, { text: string; count: number }[]>> {
  const list = emptyWords.map(quoteText).join(', ')
  if (columns.length === 0) return new Map()
  const parts = columns.map((column) => `histogram(${quoteName(column)}) FILTER (length(${quoteName(column)}) < 9 AND ${quoteName(column)} IN (${list}))`)
  const asText = parts.map((part) => `CAST(to_json(map_entries(${part})) AS VARCHAR)`)
  const { rows } = await readTable(db, `SELECT ${asText.join(', ')} FROM ${from}`)
  return new Map(
    columns.map((column, at) => {
      const entries = JSON.parse(String(rows[0]?.[at] ?? '[]')) as { key: string; value: number }[] | null
      return [column, (entries ?? []).map(({ key, value }) => ({ text: key, count: value }))]
    }),
  )
}
