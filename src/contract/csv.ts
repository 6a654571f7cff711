import { z } from 'zod'

/** How a CSV file spells its values: part of a source, pinned when the file was loaded, true at every later load. */

const aliases: Readonly<Record<string, string>> = {
  TEXT: 'VARCHAR', STRING: 'VARCHAR', CHAR: 'VARCHAR', BPCHAR: 'VARCHAR', UUID: 'VARCHAR',
  INT1: 'TINYINT', INT2: 'SMALLINT', SHORT: 'SMALLINT', INT: 'INTEGER', INT4: 'INTEGER', SIGNED: 'INTEGER', INT8: 'BIGINT', LONG: 'BIGINT',
  // 128-bit integers have no form in a data file that keeps them; all that can be kept has 38 digits.
  HUGEINT: 'DECIMAL(38,0)', UHUGEINT: 'DECIMAL(38,0)', DECIMAL: 'DECIMAL(18,3)', NUMERIC: 'DECIMAL(18,3)',
  // A number of 7 digits would not come back as it is written.
  FLOAT: 'DOUBLE', REAL: 'DOUBLE', FLOAT4: 'DOUBLE', FLOAT8: 'DOUBLE', 'DOUBLE PRECISION': 'DOUBLE',
  BOOL: 'BOOLEAN', LOGICAL: 'BOOLEAN',
  DATETIME: 'TIMESTAMP', TIMESTAMP_S: 'TIMESTAMP', TIMESTAMP_MS: 'TIMESTAMP', TIMESTAMPTZ: 'TIMESTAMP WITH TIME ZONE',
  'TEXT[]': 'VARCHAR[]', 'STRING[]': 'VARCHAR[]',
}

const whole = /^U?(TINYINT|SMALLINT|INTEGER|BIGINT)$/
const plainTypes = /^(VARCHAR|U?(TINYINT|SMALLINT|INTEGER|BIGINT)|DOUBLE|BOOLEAN|DATE|TIME|TIMESTAMP|TIMESTAMP_NS|TIMESTAMP WITH TIME ZONE|JSON|VARCHAR\[\])$/

/** The type that a column of a CSV file gets under this name, in one spelling; undefined: it cannot have it. */
export function csvColumnType(name: string): string | undefined {
  const written = name.trim().replaceAll(/\s+/g, ' ').toUpperCase()
  const digits = /^(?:DECIMAL|NUMERIC) ?\( ?(\d{1,2}) ?(?:, ?(\d{1,2}) ?)?\)$/.exec(written)
  if (digits) {
    const [precision, scale] = [Number(digits[1]), Number(digits[2] ?? 0)]
    return precision >= 1 && precision <= 38 && scale <= precision ? `DECIMAL(${precision},${scale})` : undefined
  }
  const known = aliases[written] ?? (/^(VARCHAR|CHAR) ?\(\d+\)$/.test(written) ? 'VARCHAR' : written)
  return plainTypes.test(known) || /^DECIMAL\(\d+,\d+\)$/.test(known) ? known : undefined
}

/** How the texts of one column spell its values, where they do not do it plainly. */
export const csvColumnFormat = z.strictObject({
  /** What stands between groups of three digits; a space also means the narrow ones. */
  thousands: z.enum([',', '.', ' ', "'"]).optional(),
  /** What stands before decimals; a point unless said otherwise. */
  decimal: z.enum(['.', ',']).optional(),
  /** Order and marks of day, month and year; year-month-day unless said otherwise. */
  dates: z.enum(['DD.MM.YYYY', 'DD/MM/YYYY', 'DD-MM-YYYY', 'MM/DD/YYYY', 'MM-DD-YYYY', 'YYYY/MM/DD', 'YYYY.MM.DD', 'YYYYMMDD']).optional(),
  /** Offset from UTC of times that say none; +00:00 unless said otherwise. */
  offset: z.string().regex(/^[+-](0\d|1[0-4]):[0-5]\d$/, 'write it as +02:00').optional(),
  /** What stands between the items of a list; a list is written as JSON unless said otherwise. */
  separator: z.string().min(1).max(4).optional(),
  /** Leaves out white space around texts. */
  trim: z.boolean().optional(),
  /** Texts that mean no value in this column, besides those of the file. */
  empty: z.array(z.string().min(1)).max(100).optional(),
})
export type CsvColumnFormat = z.infer<typeof csvColumnFormat>

/** How many different texts of a column can be decided about one by one. */
export const DECIDED_TEXTS = 100

/** Which rows load, as somebody decided who saw the others. Any other row that does not fit its column is still an error. */
export const csvRows = z
  .strictObject({
    /** Column → texts; rows that hold one of them are left out. */
    leaveOut: z.record(z.string(), z.array(z.string().min(1)).min(1).max(DECIDED_TEXTS)).optional(),
    /** Rows without a value here are left out. */
    key: z.string().min(1).optional(),
    /** Which of several rows with one key loads, by their order in the file. */
    repeated: z.enum(['last', 'first', 'none']).optional(),
  })
  .refine((rows) => rows.repeated === undefined || rows.key !== undefined, { path: ['key'], message: 'name the key that repeats' })
export type CsvRows = z.infer<typeof csvRows>

export const csvOptions = z
  .strictObject({
    delimiter: z.string().min(1).max(4).optional(),
    encoding: z.enum(['utf-8', 'utf-16', 'latin-1']).optional(),
    header: z.boolean().optional(),
    /** Empty: no quotes, every character counts. */
    quote: z.string().max(1).optional(),
    /** Lines that begin with it are left out; without it, no line is a comment. */
    comment: z.string().length(1).optional(),
    /** Column → type as shown and changed by a person, kept at every load; of others, what all their texts spell. */
    types: z.record(z.string(), z.string()).optional(),
    /** Column → how its texts spell its values. */
    formats: z.record(z.string(), csvColumnFormat).optional(),
    /** Texts that mean no value, in any column; a blank always does. */
    empty: z.array(z.string().min(1)).max(100).optional(),
    rows: csvRows.optional(),
  })
  .superRefine((csv, context) => {
    for (const { path, message, input } of [...formProblems(csv), ...typeProblems(csv), ...formatProblems(csv)]) {
      context.addIssue({ code: 'custom', path, message, input })
    }
  })
export type CsvOptions = z.infer<typeof csvOptions>

interface CsvProblem {
  path: string[]
  message: string
  input: unknown
}

function formProblems({ delimiter = ',', quote = '"', comment }: CsvOptions): CsvProblem[] {
  const problems: CsvProblem[] = []
  const outside = /[\r\n\0]/
  if (outside.test(delimiter)) problems.push({ path: ['delimiter'], message: 'a line end cannot stand between values', input: delimiter })
  if (quote !== '' && (outside.test(quote) || quote > '~' || delimiter.includes(quote))) problems.push({ path: ['quote'], message: 'use one plain character that is not the delimiter, or none', input: quote })
  if (comment !== undefined && (outside.test(comment) || comment === quote || delimiter.includes(comment))) problems.push({ path: ['comment'], message: 'use a character that is neither delimiter nor quote', input: comment })
  return problems
}

function typeProblems({ types = {} }: CsvOptions): CsvProblem[] {
  return Object.entries(types).flatMap(([column, type]) =>
    csvColumnType(type) === undefined
      ? [{ path: ['types', column], message: `'${type}' is no type that a column of a CSV file can have: use VARCHAR, BIGINT, DECIMAL(18,2), DOUBLE, BOOLEAN, DATE, TIMESTAMP or VARCHAR[]`, input: type }]
      : [],
  )
}

function formatProblems({ types = {}, formats = {} }: CsvOptions): CsvProblem[] {
  return Object.entries(formats).flatMap(([column, format]): CsvProblem[] => {
    const type = types[column] === undefined ? undefined : csvColumnType(types[column])
    if (types[column] === undefined) return [{ path: ['formats', column], message: `give '${column}' a type too`, input: format }]
    return type === undefined ? [] : misplaced(type, format).map(({ part, message }) => ({ path: ['formats', column, part], message, input: format[part] }))
  })
}

type Misplaced = { part: keyof CsvColumnFormat; message: string }

/** What a format says that a column of this type cannot have. */
function misplaced(type: string, format: CsvColumnFormat): Misplaced[] {
  const isWhole = whole.test(type)
  const isNumber = isWhole || type === 'DOUBLE' || type.startsWith('DECIMAL(')
  const isTime = type.startsWith('TIMESTAMP')
  const belongs: Record<keyof CsvColumnFormat, boolean> = {
    thousands: isNumber,
    decimal: isNumber && !isWhole,
    dates: type === 'DATE' || isTime,
    offset: isTime,
    separator: type === 'VARCHAR[]',
    trim: type === 'VARCHAR',
    empty: true,
  }
  const parts = (Object.keys(belongs) as (keyof CsvColumnFormat)[]).filter((part) => format[part] !== undefined)
  const wrong = parts.filter((part) => !belongs[part]).map((part) => ({ part, message: `a column of type ${type} has none` }))
  if (wrong.length > 0 || isWhole || format.thousands === undefined || format.thousands !== (format.decimal ?? '.')) return wrong
  return [{ part: 'thousands', message: 'thousands and decimals cannot have the same mark' }]
}
