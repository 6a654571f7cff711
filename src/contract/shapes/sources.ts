import { z } from 'zod'
import { valueType } from '../definitions.ts'
import { raw } from '../states.ts'
import { instant } from './instant.ts'

export const columnInfo = z.object({
  name: z.string(),
  /** The warehouse's own word. */
  nativeType: z.string(),
  type: valueType,
})

export const tableInfo = z.object({
  name: z.string(),
  rows: z.number().int().optional(),
  columns: z.array(columnInfo),
  /** Why a view cannot be read, in the database's own words; it has no columns then. */
  unreadable: z.string().optional(),
})

/** Rows as text-safe JSON values, at most what was asked for. */
export const preview = z.object({
  columns: z.array(columnInfo),
  rows: z.array(z.array(raw)),
  /** All rows, when it was counted. */
  total: z.number().int().optional(),
  readAt: instant,
})
export type Preview = z.infer<typeof preview>

/** What a file holds: a database, one table, or texts of which a person says what they mean. */
export const fileForm = z.enum(['database', 'table', 'text'])

/** A kind of source: what it needs and what it can do. */
export const sourceCard = z.object({
  id: z.string(),
  label: z.string(),
  summary: z.string(),
  /** Settings as a JSON schema, for the form. */
  settings: z.record(z.string(), z.unknown()),
  secrets: z.record(z.string(), z.string()),
  /** "DuckDB", "PostgreSQL": the SQL that products over it are written in. */
  dialect: z.string(),
  capabilities: z.object({ readsInPlace: z.boolean(), costEstimate: z.boolean(), freshness: z.boolean(), stateInSource: z.boolean(), changeCapture: z.boolean() }),
  /** Set where it is one file that a person chooses: how such files end, and whether their values are texts. */
  file: z.object({ endings: z.array(z.string()), form: fileForm }).optional(),
})
export type SourceCard = z.infer<typeof sourceCard>

export const sourceSummary = z.object({
  id: z.string(),
  name: z.string(),
  /** Its kind, and that in words: "CSV file". */
  type: z.string(),
  label: z.string(),
  /** Two letters that stand for the kind. */
  mark: z.string(),
  /** Where it reads: a path, an address. */
  place: z.string(),
  /** Another file can take the place of its own, after a look at what that would change. */
  replaceable: z.boolean(),
})
export type SourceSummary = z.infer<typeof sourceSummary>
