import type { z } from 'zod'
import type { SourceLimits, ValueType } from '../../contract/definitions.ts'
import type { ErrorPlace } from '../../contract/errors.ts'
import type { Raw } from '../../contract/states.ts'
import type { Clock, Files, QueryProcesses } from '../ports/ports.ts'
import type { Sql } from '../storage/sql.ts'
import type { SqlOrigin } from './source-errors.ts'

/**
 * What a source is: data that declares how it behaves, plus small functions that speak to it. A source sees plain settings
 * and ports; it knows nothing of workspaces, products or plans. docs/sources.md says how to add one.
 */
export interface SourceDeclaration<Settings = unknown> {
  /** As files name it: `type: csv`. */
  id: string
  /** As people know it: "CSV file". */
  label: string
  /** Two letters that stand for it in a list. */
  mark: string
  /** One line for the screen: what it is, and what it can do. */
  summary: string
  /** The keys of a source's file besides `name`, `type` and `limits`, none of them secret. Checks the file, and drives the form. */
  settings: z.ZodObject & z.ZodType<Settings>
  /** Secret fields by name, with a label: `{ password: 'Password' }`. They are kept as those of connections are. */
  secrets: Record<string, string>
  dialect: SqlDialect
  capabilities: SourceCapabilities
  /** Where it reads, for messages and lists: a path, an address. Never a secret. */
  place(settings: Settings): string
  /** No other machine is reached. What reaches one is opened only in a folder that a person trusts. */
  local(settings: Settings): boolean
  /** Set where a source is one file that a person chooses. */
  file?: SourceFile
  /** Reaches it. Whatever is opened is released by `close`, also when `begin`'s signal ends in the middle. */
  open(context: SourceContext<Settings>): Promise<OpenSource>
}

/** A declaration whose settings only it understands. They are parsed by its own schema before any of its functions sees them. */
export type AnySource = SourceDeclaration

/** How its SQL is written and parsed. */
export interface SqlDialect {
  /** "DuckDB", "PostgreSQL". */
  name: string
  quoteName(name: string): string
}

/** What a source can do, as data: what works without it is what everybody else does. */
export interface SourceCapabilities {
  /** Its tables are read inside DuckDB itself, without a copy: {@link OpenSource.inPlace}. */
  readsInPlace: boolean
  /** It tells what a query will cost before it runs: {@link OpenSource.estimate}. */
  costEstimate: boolean
  /** It knows when a table last changed without reading it. */
  freshness: boolean
  /** It may name a schema that Lockstep writes to, where row hashes are kept and compared. */
  stateInSource: boolean
  /** It can say what changed since. */
  changeCapture: boolean
}

/** A kind of file that is a source by itself. */
export interface SourceFile {
  /** ".csv", as a dialog asks for it. The first is the one that it is given. */
  endings: readonly string[]
  /** Whether a file is of this kind, from its first 16 bytes. Absent: every file that no other kind knows. */
  recognises?(head: Buffer): boolean
  /** 'text': its values are texts, and a person chooses what they mean, column by column. 'table': it has one table. */
  form: 'database' | 'table' | 'text'
}

/** What a source's functions get. */
export interface SourceContext<Settings = unknown> {
  settings: Settings
  /** What messages call it: "The source 'warehouse'". */
  called: string
  /** The workspace's folder, against which paths are resolved. */
  folder: string
  /** Secret field → value. They are taken out of every error. */
  secrets: Readonly<Record<string, string>>
  files: Files
  clock: Clock
  /** Where SQL runs that a person wrote. */
  queries: QueryProcesses
  /** Absolute; what spills goes there. */
  tempFolder: string
  limits: SourceLimits
  /** Whether the definition itself says what reading may take. */
  ownLimits: boolean
  memoryLimitMb?: number
  threads?: number
  /** The only files that statements over a source that is read in place may write (COPY … TO). Absent: it is looked at, the first rows first. */
  writable?: readonly string[]
  /** What the caller asked for may not be wanted any more, before reading has begun. */
  cancelled?: AbortSignal
  /** Reading begins: the source's time runs from the first call on. The signal ends with the time, or when it is cancelled. */
  begin(): AbortSignal
}

export interface SourceColumn {
  name: string
  /** The source's own word for its type. */
  nativeType: string
  /** Binary and other columns that cannot be sent count as text here. */
  type: ValueType
}

export interface SourceTable {
  /** `orders`, or `shop.orders` outside the default schema. */
  name: string
  /** The same, quoted for SQL. */
  from: string
  rows?: number
  columns: SourceColumn[]
  /** Why it cannot be read, in the database's own words; such a table has no columns. */
  unreadable?: string
}

/** What is to be read: a table, or a statement that a person wrote. */
export type Asked = { table: string; place?: ErrorPlace } | { sql: string; origin?: SqlOrigin }

export interface QueryColumn extends SourceColumn {
  /** The DuckDB type that holds each of its values exactly (cells.ts). Absent: nothing does, as for binary. */
  heldAs?: string
}

/** One statement that reads and does nothing else, with the columns it gives. Only {@link OpenSource.describe} makes one. */
export interface DescribedQuery {
  sql: string
  columns: readonly QueryColumn[]
}

/** A value as text in the form of its column (cells.ts); null: there is none. Never a JavaScript number. */
export type Cell = string | null

export interface SourceStream {
  /** As they come, which is what was described unless somebody changed the source in between. */
  columns: readonly QueryColumn[]
  /**
   * Rows, a few hundred at a time. The next batch is fetched when it is asked for: a slow reader makes nobody buffer. All rows
   * are of one moment. It ends after the last row, and with an error in every other case.
   */
  batches: AsyncIterable<readonly (readonly Cell[])[]>
}

/** An open source. One thing at a time is asked of it. Failures are AppErrors that say what to do, or what `explainFailure` understands. */
export interface OpenSource {
  /** Whether it can be read; a failure names the step that did not work, and what to do. */
  check(): Promise<SourceCheck>
  tables(): Promise<SourceTable[]>
  /** Refuses what is not one SELECT (or WITH … SELECT), without any effect. */
  describe(asked: Asked): Promise<DescribedQuery>
  /** The first rows, as a screen shows them. */
  preview(query: DescribedQuery, limit: number): Promise<Raw[][]>
  /** All rows. Ends soon after the signal, and what it took is released. */
  stream(query: DescribedQuery, signal: AbortSignal): Promise<SourceStream>
  /** Where it is capable of it. */
  estimate?(query: DescribedQuery): Promise<SourceEstimate>
  /** Shows that nothing can be written through it, by trying. Throws where something could. */
  proveReadOnly(): Promise<ReadOnlyProof>
  /** Where it is capable of it. */
  inPlace?: InPlace
  close(): Promise<void>
}

export interface SourceCheck {
  tables: number
  /** "It can be read: 3 tables." */
  words: string
}

export interface SourceEstimate {
  bytes?: number
  rows?: number
  /** "It reads 2.1 GB." */
  words: string
}

export interface ReadOnlyProof {
  /** How it is known, for people. */
  words: string
}

/** A source whose tables are relations of a DuckDB, where everything else of a plan is SQL too. */
export interface InPlace {
  db: Sql
  /** Throws where what lies there is no longer what was opened: what was read since may be of two moments. */
  requireUnchanged(): Promise<void>
}
