import { z } from 'zod'
import { csvColumnFormat } from '../csv.ts'
import { raw } from '../states.ts'
import { fileForm } from './sources.ts'

/** What becomes of rows whose text a column does not take: they are left out, or the column is empty in them. */
export const unfitChoice = z.enum(['block', 'empty'])
export type UnfitChoice = z.infer<typeof unfitChoice>

/** Which of several rows with one key is taken. */
export const repeatedChoice = z.enum(['last', 'first', 'none'])
export type RepeatedChoice = z.infer<typeof repeatedChoice>

export const fileOptions = z.object({
  delimiter: z.string().optional(),
  encoding: z.enum(['utf-8', 'utf-16', 'latin-1']).optional(),
  header: z.boolean().optional(),
  /** Table inside a DuckDB file. */
  table: z.string().optional(),
  types: z.record(z.string(), z.string()).optional(),
  /** Column → how its texts spell its values; of others, what fits the most of them. */
  formats: z.record(z.string(), csvColumnFormat).optional(),
  /** What stands before decimals, and which comes first in a date, where texts can be read both ways. */
  decimal: z.enum(['.', ',']).optional(),
  dates: z.enum(['day first', 'month first']).optional(),
  /** Texts that count as empty, whatever the column. */
  emptyTexts: z.array(z.string().min(1)).max(50).optional(),
  /** Column → what becomes of the rows that do not fit. Without an answer they are shown as blocked, and nothing is made of the file. */
  unfit: z.record(z.string(), unfitChoice).optional(),
  /** The key; absent: the first one proposed. */
  key: z.string().optional(),
  /** Without an answer, a key that repeats blocks all of its rows, and nothing is made of the file. */
  repeated: repeatedChoice.optional(),
})
export type FileOptions = z.infer<typeof fileOptions>

/** One value as it stands in the file and as it loads. */
export const loadedCell = z.object({
  /** Absent where the file holds typed values. */
  before: z.string().nullable().optional(),
  after: raw,
  /** `warned`: it loads, but cannot be used as what its column says. */
  state: z.enum(['same', 'changed', 'emptied', 'unfit', 'warned']),
})
export type LoadedCell = z.infer<typeof loadedCell>

export const loadedRow = z.object({
  /** Line in the file on which the row begins; absent where the file has no lines. */
  line: z.number().int().optional(),
  cells: z.array(loadedCell),
  /** Why the row does not load. */
  blocked: z.string().optional(),
})
export type LoadedRow = z.infer<typeof loadedRow>

export const fileColumn = z.object({
  name: z.string(),
  detectedType: z.string(),
  type: z.string(),
  /** Why it loads as text although it looks like something else: leading zeros, plus signs, long numbers. */
  textBecause: z.string().optional(),
  /** Why it loads as it does, in a few words. */
  why: z.string(),
  distinct: z.number().int(),
  empty: z.number().int(),
  /** Rows that hold a text which the column does not take. */
  unfit: z.number().int(),
  /** What somebody should look at although it loads. */
  warnings: z.array(z.string()),
  /** Words that often mean no value, and how often they stand there. */
  emptyWords: z.array(z.object({ text: z.string(), count: z.number().int() })),
  /** How its texts spell its values, where they do not do it plainly. */
  format: csvColumnFormat.optional(),
  samples: z.array(loadedCell),
})
export type FileColumn = z.infer<typeof fileColumn>

/** The rows that do not fit one column, and what each choice would do. */
export const unfitColumn = z.object({
  column: z.string(),
  rows: z.number().int(),
  /** What holds now. */
  choice: unfitChoice,
  /** Too many different texts to decide about one by one: load the column as text, or correct the file. */
  tooMany: z.boolean(),
  lines: z.array(z.object({ line: z.number().int(), key: z.string().nullable(), text: z.string() })),
})
export type UnfitColumn = z.infer<typeof unfitColumn>

/** A column as the key, counted exactly. */
export const fileKey = z.object({
  column: z.string(),
  /** Why this one. */
  because: z.string(),
  distinct: z.number().int(),
  empty: z.number().int(),
  /** Values that stand on more than one row. */
  repeated: z.number().int(),
  choice: repeatedChoice.optional(),
  examples: z.array(z.object({ value: z.string(), lines: z.array(z.number().int()), differ: z.array(z.string()) })),
  /** Rows each choice would block because of the key. */
  choices: z.array(z.object({ choice: repeatedChoice, blocked: z.number().int() })),
})
export type FileKey = z.infer<typeof fileKey>

export const inspectedFile = z.object({
  path: z.string(),
  /** The kind of source that reads it, and its name for people. */
  format: z.string(),
  label: z.string(),
  form: fileForm,
  bytes: z.number().int(),
  tables: z.array(z.string()).optional(),
  delimiter: z.string().optional(),
  encoding: z.string().optional(),
  header: z.boolean().optional(),
  columns: z.array(fileColumn),
  /** load + blocked = rows. */
  rows: z.number().int(),
  load: z.number().int(),
  blocked: z.number().int(),
  unfit: z.array(unfitColumn),
  key: fileKey.optional(),
  /** The first rows as they load. */
  preview: z.array(z.array(raw)),
  first: z.array(loadedRow),
  /** Some of the rows that are blocked. */
  blockedRows: z.array(loadedRow),
  /** Columns that could be the key as they are, the most likely first. */
  keyProposal: z.array(z.string()),
  /** The columns by which people would know a row. */
  labelProposal: z.array(z.string()),
})
export type InspectedFile = z.infer<typeof inspectedFile>

/** What a new file would change for a source that is in use; asking changes nothing. */
export const replacement = z.object({
  source: z.string(),
  file: z.string(),
  /** Rows that load now; absent where the file in use can no longer be read. */
  before: z.number().int().optional(),
  /** load + blocked = rows. */
  rows: z.number().int(),
  load: z.number().int(),
  blocked: z.number().int(),
  columns: z.object({ added: z.array(z.string()), missing: z.array(z.string()) }),
  /** Values that are not what their column was loaded as, with their lines. */
  broken: z.array(z.object({ column: z.string(), type: z.string(), rows: z.number().int(), lines: z.array(z.object({ line: z.number().int(), text: z.string() })) })),
  /** Per data product over the source: keys that come, go and stay, and what makes them no keys. */
  keys: z.array(z.object({ product: z.string(), key: z.string(), added: z.number().int(), gone: z.number().int(), stay: z.number().int(), repeated: z.number().int(), empty: z.number().int() })),
  /** Nothing that was promised breaks. */
  fits: z.boolean(),
})
export type Replacement = z.infer<typeof replacement>
