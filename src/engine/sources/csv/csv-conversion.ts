import { csvColumnType } from '../../../contract/csv.ts'
import type { CsvColumnFormat, CsvOptions } from '../../../contract/csv.ts'
import { quoteName, quoteText } from '../../storage/duckdb.ts'

/**
 * What a text of a CSV file means in a column of a type, as SQL. Strict: a value is given only where the text spells just
 * that value. DuckDB's own casts are kinder (042, 42.6, 0x10, 1_3 and 4e1 are whole numbers to them) and are believed only
 * where their result, written again, is the text, or where its form was checked before.
 */
export interface CsvConversion {
  /** The text that counts: without white space around it where the type has none, NULL where it means no value. */
  text: string
  /** The value; NULL where the text spells none. */
  value: string
}

/** A column read as a type: pinned by the file's options, or tried. */
export function convertColumn(column: string, type: string, options: CsvOptions): CsvConversion {
  const format = options.formats?.[column] ?? {}
  const cell = quoteName(column)
  const known = csvColumnType(type) ?? 'VARCHAR'
  const bare = known === 'VARCHAR' && !format.trim ? cell : `trim(${cell}, ' \t')`
  const text = withoutEmpty(bare, [...(options.empty ?? []), ...(format.empty ?? [])])
  return { text, value: known === 'VARCHAR' ? text : spelledValue(text, known, format) }
}

function withoutEmpty(text: string, empty: readonly string[]): string {
  return empty.length === 0 ? `nullif(${text}, '')` : `CASE WHEN ${text} NOT IN (${['', ...empty].map(quoteText).join(', ')}) THEN ${text} END`
}

function spelledValue(text: string, type: string, format: CsvColumnFormat): string {
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(type)
  if (decimal) return decimalValue(text, type, Number(decimal[2]), format)
  switch (type) {
    case 'DOUBLE':
      return doubleValue(text, format)
    case 'BOOLEAN':
      return `CASE lower(${text}) WHEN 'true' THEN TRUE WHEN 'yes' THEN TRUE WHEN 'false' THEN FALSE WHEN 'no' THEN FALSE END`
    case 'DATE':
      return dateValue(text, format)
    case 'TIME':
      return when(`regexp_full_match(${text}, ${quoteText(clock)})`, `TRY_CAST(${text} AS TIME)`)
    case 'TIMESTAMP':
    case 'TIMESTAMP_NS':
    case 'TIMESTAMP WITH TIME ZONE':
      return instantValue(text, type, format)
    case 'JSON':
      return `TRY_CAST(${text} AS JSON)`
    case 'VARCHAR[]':
      return listValue(text, format)
    default:
      return sameAgain(plainNumber(text, format), type)
  }
}

function when(condition: string, value: string): string {
  return `CASE WHEN ${condition} THEN ${value} END`
}

/** The value whose own text is the text. */
function sameAgain(text: string, type: string): string {
  return when(`CAST(TRY_CAST(${text} AS ${type}) AS VARCHAR) = ${text}`, `TRY_CAST(${text} AS ${type})`)
}

const digits = '(?:0|[1-9][0-9]*)'
/** A number in plain decimals; `places` bounds the decimals that are not zeros. */
const numberForm = (places: string) => `-?(?:${digits}(?:[.]${places})?|[.]${places})`

/** A number with a point before its decimals and nothing between its digits; NULL where its groups are not groups. */
function plainNumber(text: string, { thousands, decimal = '.' }: CsvColumnFormat): string {
  if (thousands === undefined) return decimal === '.' ? text : when(`NOT contains(${text}, '.')`, `replace(${text}, ',', '.')`)
  const marks = thousands === ' ' ? ' \u00a0\u202f' : thousands === "'" ? "'’" : thousands
  const ending = decimal === '.' ? '(?:[.][0-9]+)?' : '(?:,[0-9]+)?'
  const grouped = `-?(?:[0-9]{1,3}(?:[${marks}][0-9]{3})+|[0-9]+)${ending}`
  return when(`regexp_full_match(${text}, ${quoteText(grouped)})`, `translate(${text}, ${quoteText(`${decimal}${marks}`)}, '.')`)
}

function decimalValue(text: string, type: string, scale: number, format: CsvColumnFormat): string {
  const plain = plainNumber(text, format)
  const form = scale === 0 ? `-?${digits}` : numberForm(`[0-9]{1,${scale}}0*`)
  return when(`regexp_full_match(${plain}, ${quoteText(form)})`, `TRY_CAST(${plain} AS ${type})`)
}

/** So many digits come back from a double as they were written. */
const EXACT_DIGITS = 15

/** Small numbers may come as 9.8e-05; an exponent that makes a number larger hides digits, or is a code. */
const smallForm = '-?[1-9](?:[.][0-9]{1,14})?[eE]-[0-9]{1,2}'

function doubleValue(text: string, format: CsvColumnFormat): string {
  const plain = plainNumber(text, format)
  const exact = `(length(${plain}) <= ${EXACT_DIGITS} OR length(ltrim(translate(${plain}, '-.', ''), '0')) <= ${EXACT_DIGITS})`
  const spelled = `regexp_full_match(${plain}, ${quoteText(numberForm('[0-9]+'))}) AND ${exact}`
  return when(`(${spelled}) OR regexp_full_match(${plain}, ${quoteText(smallForm)})`, `TRY_CAST(${plain} AS DOUBLE)`)
}

const dateOrders: Readonly<Record<NonNullable<CsvColumnFormat['dates']>, { form: string; iso: string }>> = {
  'DD.MM.YYYY': { form: '([0-9]{1,2})[.]([0-9]{1,2})[.]([1-9][0-9]{3})', iso: '\\3-\\2-\\1' },
  'DD/MM/YYYY': { form: '([0-9]{1,2})/([0-9]{1,2})/([1-9][0-9]{3})', iso: '\\3-\\2-\\1' },
  'DD-MM-YYYY': { form: '([0-9]{1,2})-([0-9]{1,2})-([1-9][0-9]{3})', iso: '\\3-\\2-\\1' },
  'MM/DD/YYYY': { form: '([0-9]{1,2})/([0-9]{1,2})/([1-9][0-9]{3})', iso: '\\3-\\1-\\2' },
  'MM-DD-YYYY': { form: '([0-9]{1,2})-([0-9]{1,2})-([1-9][0-9]{3})', iso: '\\3-\\1-\\2' },
  'YYYY/MM/DD': { form: '([1-9][0-9]{3})/([0-9]{1,2})/([0-9]{1,2})', iso: '\\1-\\2-\\3' },
  'YYYY.MM.DD': { form: '([1-9][0-9]{3})[.]([0-9]{1,2})[.]([0-9]{1,2})', iso: '\\1-\\2-\\3' },
  YYYYMMDD: { form: '([1-9][0-9]{3})([0-9]{2})([0-9]{2})', iso: '\\1-\\2-\\3' },
}

function dateValue(text: string, { dates }: CsvColumnFormat): string {
  // Ten characters: also "infinity" and years before Christ come back as they are written.
  if (dates === undefined) return when(`length(${text}) = 10`, sameAgain(text, 'DATE'))
  const { form, iso } = dateOrders[dates]
  return when(`regexp_full_match(${text}, ${quoteText(form)})`, `TRY_CAST(regexp_replace(${text}, ${quoteText(form)}, ${quoteText(iso)}) AS DATE)`)
}

const clock = '(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.][0-9]{1,6}0*)?)?'
const finerClock = clock.replace('{1,6}', '{1,9}')
const zone = '(?: ?(?:Z|UTC|[+-](?:0[0-9]|1[0-4])(?::?[0-5][0-9])?))'

function instantValue(text: string, type: string, { dates, offset = '+00:00' }: CsvColumnFormat): string {
  const order = dates === undefined ? undefined : dateOrders[dates]
  const form = `${order?.form ?? '[0-9]{4}-[0-9]{2}-[0-9]{2}'}(?:[ T]|, ?)${type === 'TIMESTAMP_NS' ? finerClock : clock}`
  const iso = order === undefined ? text : `regexp_replace(${text}, ${quoteText(`^${order.form}`)}, ${quoteText(order.iso)})`
  // A zone in the text counts; DuckDB's own TIMESTAMP would leave it out in silence.
  const utc = (moment: string) => (type === 'TIMESTAMP WITH TIME ZONE' ? moment : `timezone('UTC', ${moment})`)
  const zoned = (moment: string) => (type === 'TIMESTAMP_NS' ? `TRY_CAST(${moment} AS TIMESTAMP_NS)` : utc(`TRY_CAST(${moment} AS TIMESTAMP WITH TIME ZONE)`))
  const plain = offset === '+00:00' && type !== 'TIMESTAMP WITH TIME ZONE' ? `TRY_CAST(${iso} AS ${type})` : zoned(`${iso} || ${quoteText(offset)}`)
  return `CASE WHEN starts_with(${text}, '0000') THEN NULL
    WHEN regexp_full_match(${text}, ${quoteText(form)}) THEN ${plain}
    WHEN regexp_full_match(${text}, ${quoteText(`${form}${zone}`)}) THEN ${zoned(iso)} END`
}

/** Items are texts; a list of anything else, or with nothing in a place, spells no list of texts. */
function listValue(text: string, { separator }: CsvColumnFormat): string {
  if (separator !== undefined) return `list_filter(list_transform(string_split(${text}, ${quoteText(separator)}), lambda item: trim(item, ' \t')), lambda item: item <> '')`
  const texts = `array_to_string(list_distinct(json_type(${text}, '$[*]')), ',') IN ('', 'VARCHAR')`
  return when(`CASE WHEN json_valid(${text}) THEN json_type(${text}) = 'ARRAY' AND ${texts} END`, `json_extract_string(${text}, '$[*]')`)
}
