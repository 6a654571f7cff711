import type { CsvOptions } from '../../../contract/csv.ts'
import type { DuckDb } from '../../storage/duckdb.ts'
import { readEmptyWords, readSigns } from './column-signs.ts'
import type { ColumnSigns, Sign } from './column-signs.ts'
import { convertColumn } from './csv-conversion.ts'
import { readTable } from '../../storage/raw-values.ts'

/** What a column of texts may load as without losing anything that its texts say. */
export interface SpelledColumn {
  name: string
  type: string
  /** Why it is text although it looks like something else: "it has leading zeros". */
  textBecause?: string
  /** What is likely wrong with the texts themselves, whatever they load as. */
  warnings: string[]
  /** Words that often mean no value, and how often they stand there; one that the options declare is not among them. */
  emptyWords: { text: string; count: number }[]
}

/** Types that a column is given by itself, the plainest first. */
const candidates = ['BOOLEAN', 'BIGINT', 'DOUBLE', 'DATE', 'TIMESTAMP', 'TIMESTAMP WITH TIME ZONE', 'VARCHAR[]'] as const
type Candidate = (typeof candidates)[number]

/** Rows that rule out what a column cannot be, before the whole file is read for the rest. */
const FIRST_ROWS = 2000

/**
 * What each column of a CSV file loads as: the plainest type of which every text spells a value, and text otherwise. A type is
 * never guessed against what a spelling would lose; the column decides, not the single value.
 * `from` gives every value as text.
 */
export async function spelledColumns(db: DuckDb, from: string, columns: readonly string[], options: CsvOptions): Promise<SpelledColumn[]> {
  const emptyWords = await readEmptyWords(db, from, columns)
  const spelled = await spelledTypes(db, from, columns, options)
  return spelled.map((column) => ({ ...column, emptyWords: declaredAway(emptyWords.get(column.name) ?? [], column.name, options) }))
}

/** {@link spelledColumns} without what only a person who looks at the file asks for. */
export async function spelledTypes(db: DuckDb, from: string, columns: readonly string[], options: CsvOptions): Promise<Omit<SpelledColumn, 'emptyWords'>[]> {
  const first = `(SELECT * FROM ${from} LIMIT ${FIRST_ROWS})`
  const open = await fitting(db, first, new Map(columns.map((column) => [column, candidates])), options)
  const sure = await plainestFitting(db, from, open, options)
  const versions = await versionColumns(db, from, columns.filter((column) => sure.get(column)?.[0] === 'DOUBLE'), options)
  for (const { column } of versions) sure.set(column, [])
  // A text of the first rows is reason enough where these already rule out every type.
  const early = columns.filter((column) => open.get(column)?.length === 0)
  const late = columns.filter((column) => !early.includes(column) && sure.get(column)?.length === 0)
  const texts = (names: readonly string[]) => new Map(names.map((name) => [name, convertColumn(name, 'VARCHAR', options).text]))
  const signs = new Map([...(await readSigns(db, first, texts(early))), ...(await readSigns(db, from, texts(late)))])
  return columns.map((name) => {
    const left = sure.get(name) ?? []
    // Of a column without a value, everything is left.
    const type = left.length === candidates.length ? undefined : left[0]
    const found = signs.get(name)
    const version = versions.find(({ column }) => column === name)
    const because = version ? `it has zeros at the end that count, such as ${version.example}` : type === undefined && found ? textBecause(found) : undefined
    return { name, type: type ?? 'VARCHAR', ...(because === undefined ? {} : { textBecause: because }), warnings: found ? warningsOf(found) : [] }
  })
}

/** Of the candidates of each column, those of which every text spells a value. Nothing rules nothing out. */
async function fitting(db: DuckDb, from: string, asked: ReadonlyMap<string, readonly Candidate[]>, options: CsvOptions): Promise<Map<string, readonly Candidate[]>> {
  const parts = [...asked].flatMap(([column, left]) => left.map((type) => ({ column, type, ...proposed(column, type, options) })))
  const found = new Map([...asked].map(([column]): [string, Candidate[]] => [column, []]))
  if (parts.length === 0) return found
  const { rows } = await readTable(db, `SELECT ${parts.map(({ text, fits }) => `count(${text}) = count(*) FILTER (${fits})`).join(', ')} FROM ${from}`)
  parts.forEach(({ column, type }, at) => {
    if (rows[0]?.[at] === true) found.get(column)?.push(type)
  })
  return found
}

/** The plainest candidate of each column that also fits all rows; most columns need one look. */
async function plainestFitting(db: DuckDb, from: string, open: ReadonlyMap<string, readonly Candidate[]>, options: CsvOptions): Promise<Map<string, readonly Candidate[]>> {
  const sure = new Map(open)
  let asked = new Map([...open].filter(([, left]) => left.length > 0 && left.length < candidates.length))
  // A column without a value in the first rows may still be anything.
  const anything = await fitting(db, from, new Map([...open].filter(([, left]) => left.length === candidates.length)), options)
  for (const [column, left] of anything) sure.set(column, left)
  while (asked.size > 0) {
    const fit = await fitting(db, from, new Map([...asked].map(([column, left]) => [column, left.slice(0, 1)])), options)
    const next = new Map<string, readonly Candidate[]>()
    for (const [column, left] of asked) {
      const found = fit.get(column) ?? []
      sure.set(column, found)
      if (found.length === 0 && left.length > 1) next.set(column, left.slice(1))
    }
    asked = next
  }
  return sure
}

/** Columns with 1.9 and 1.10: their zeros count, as those of versions do. 12.50 beside 7, and 3.0 beside 2.25, are numbers. */
async function versionColumns(db: DuckDb, from: string, columns: readonly string[], options: CsvOptions): Promise<{ column: string; example: string }[]> {
  if (columns.length === 0) return []
  const parts = columns.map((column) => {
    const { text } = convertColumn(column, 'DOUBLE', options)
    const places = `CASE WHEN contains(${text}, '.') THEN length(${text}) - instr(${text}, '.') END`
    return `min(${places}) <> max(${places}), min(${text}) FILTER (${places} > 1 AND ends_with(${text}, '0'))`
  })
  const { rows } = await readTable(db, `SELECT ${parts.join(', ')} FROM ${from}`)
  return columns.flatMap((column, at) => {
    const [differ, example] = [rows[0]?.[2 * at], rows[0]?.[2 * at + 1]]
    return differ === true && typeof example === 'string' ? [{ column, example }] : []
  })
}

/** A type by itself takes less than one that a person chooses: numbers of so many digits are numbers of something. */
function proposed(column: string, type: Candidate, options: CsvOptions): { text: string; fits: string } {
  const { text, value } = convertColumn(column, type, options)
  const zoned = `regexp_matches(${text}, '(?:Z|UTC|[+-][0-9:]+)$')`
  const more: Partial<Record<Candidate, string>> = {
    BIGINT: `length(ltrim(${text}, '-')) <= 15`,
    DOUBLE: `NOT contains(lower(${text}), 'e') AND ${text} <> '-0'`,
    TIMESTAMP: `NOT ${zoned}`,
    'TIMESTAMP WITH TIME ZONE': zoned,
  }
  return { text, fits: `${value} IS NOT NULL AND ${more[type] ?? 'TRUE'}` }
}

function declaredAway(words: { text: string; count: number }[], column: string, options: CsvOptions): { text: string; count: number }[] {
  const declared = new Set([...(options.empty ?? []), ...(options.formats?.[column]?.empty ?? [])])
  return words.filter(({ text }) => !declared.has(text))
}

/** Spellings that a number would lose. */
const lost: readonly Sign[] = ['leading zeros', 'plus signs', 'numbers of more than 15 digits', 'exponents such as 12E5', 'hexadecimal numbers such as 0x1A', 'underscores between digits', 'a sign before zero', 'thousands marks', 'decimal commas', 'currency or percent signs', 'NaN or infinity', 'values that begin with #']

/** Why a column of no type is text; undefined: because it is just text. */
export function textBecause({ values, counts, examples, word }: ColumnSigns): string | undefined {
  const all = (...names: Sign[]) => values > 0 && names.reduce((sum, name) => sum + (counts[name] ?? 0), 0) === values
  if (all('letters')) return 'T and F are letters; only true and false, yes and no are truth values'
  if (all('yes letters')) return 'Y and N are letters; only true and false, yes and no are truth values'
  if (all('local date')) return 'its dates are not written as 2026-01-31'
  if (all('day')) return 'it has days that do not exist'
  if (all('day', 'moment')) return counts.day === undefined ? 'its times are written in several ways' : 'it has dates with and without a time'
  if (all('brackets')) return 'its lists hold more than texts'
  const present = lost.filter((name) => counts[name] !== undefined)
  const numbers = counts.whole !== undefined || counts.decimals !== undefined
  if (word === undefined && !hasOther(counts) && present.length > 0) return `it has ${present.map((name) => named(name, examples)).join(' and ')}`
  if (numbers) return `it has numbers and other texts, such as ${shown(word ?? otherExample(examples))}`
  if (counts.truth !== undefined) return `it has values besides true and false, such as ${shown(word ?? otherExample(examples))}`
  if (counts.day !== undefined || counts.moment !== undefined) return `it has dates and other texts, such as ${shown(word ?? otherExample(examples))}`
  return undefined
}

const other: readonly Sign[] = ['letters', 'yes letters', 'truth', 'day', 'moment', 'local date', 'brackets']

function hasOther(counts: ColumnSigns['counts']): boolean {
  return other.some((name) => counts[name] !== undefined)
}

function otherExample(examples: ColumnSigns['examples']): string {
  return [...other, ...lost].map((name) => examples[name]).find((text) => text !== undefined) ?? ''
}

function named(sign: Sign, examples: ColumnSigns['examples']): string {
  if (sign === 'exponents such as 12E5') return `exponents, such as ${shown(examples[sign] ?? '')}`
  if (sign === 'hexadecimal numbers such as 0x1A') return `hexadecimal numbers, such as ${shown(examples[sign] ?? '')}`
  if (sign === 'values that begin with #') return `values that begin with #, such as ${shown(examples[sign] ?? '')}`
  return sign
}

function shown(text: string): string {
  return text.length > 30 ? `${text.slice(0, 29)}…` : text
}

function warningsOf({ counts, examples }: ColumnSigns): string[] {
  const shortened = counts.shortened
  if (shortened === undefined) return []
  return [`${shortened.toLocaleString('en')} ${shortened === 1 ? 'value' : 'values'} such as ${shown(examples.shortened ?? '')} ${shortened === 1 ? 'has' : 'have'} lost digits: a spreadsheet shortened ${shortened === 1 ? 'it' : 'them'}. Export the file again from where it came from.`]
}
