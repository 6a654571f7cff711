import type { z } from 'zod'
import type { EditorKind, SimulatorName } from '../../contract/definitions.ts'
import type { Raw } from '../../contract/states.ts'
import type { Driver } from '../drivers/driver.ts'
import type { DestinationRequest, DestinationResponse } from '../drivers/http-messages.ts'
import type { Requester } from '../drivers/requester.ts'
import type { Limit, LimitSeen } from '../limits/limit.ts'
import type { DestinationField, FieldEncoding } from '../values/destination-field.ts'

/**
 * What a destination is: data that declares how the system behaves, plus small functions that speak
 * its protocol. A destination sees plain settings, rows and `http`; it knows nothing of our store.
 * Vendor facts: the reference pages named in each destination's folder.
 */

export interface DestinationObject {
  name: string
  label: string
  /** Singular and plural words for people: "person", "people". */
  noun: { one: string; many: string }
  fields: DestinationField[]
  /** Fields by which a record can be found strongly (never by a search index). */
  matchFields: string[]
  /** What `write` can do with its records. Nothing else is ever asked of it. */
  operations: WriteOperation[]
  /** Set where the object is a list or an audience: nothing but this field is written (see {@link membership}). */
  membership?: { field: string; /** The object whose records its members are. */ of: string }
}

/**
 * Raw values of a membership field. `suppressed`: not in, and the person unsubscribed or is suppressed, so nobody puts
 * them back. Null: it cannot be read. Only the first two are ever sent.
 */
export const membership = { in: 'in', out: 'out', suppressed: 'suppressed' } as const

/** Defaults of the vendor's behaviour; every number can be changed per connection (`limits`). */
export interface DestinationProfile {
  rowsPerRead: number
  /** When history is asked for. */
  rowsPerReadWithHistory: number
  rowsPerWrite: number
  bytesPerWrite: number
  limits: Limit[]
  requestTimeoutMs: number
  /** How long the system may work on a write whose answer was lost. Default: the request timeout. */
  lateWriteMs?: number
  /** How long a write may take to become visible to a strong read. */
  consistencyDelayMs: number
  /** How long a change may take to appear in `changedSince`. */
  changeFeedDelayMs: number
  readBack: 'by id or key' | 'none'
  attribution: 'field' | 'record' | 'none'
  /** How `unknown` is settled (semantics §5). */
  settle: 'strong read' | 'set idempotent' | 'idempotency key' | 'none'
  /** How long the system knows a row by its trace id and gives the first answer again; needed for 'idempotency key'. */
  idempotencyLifeMs?: number
  /** Where writes are jobs: an accepted job has ended after so long. A lost answer may have started one. */
  jobWithinMs?: number
  /** Milliseconds between polls of a job. */
  jobPollMs: number
  /** Repeats of what is safe to repeat, with full jitter. Default: 8 attempts, from 1 s, at most 60 s apart. */
  retry?: { attempts: number; baseMs: number; capMs: number }
  /** Numbers that only this vendor has, such as the size of a search page. */
  own?: Record<string, number>
}

/**
 * What a write does with all of its rows. A system that has other ways of writing (associations, messages) declares them here
 * and answers for them in its `write`.
 */
export type WriteOperation = 'create' | 'update' | 'archive' | 'delete'

/** A record as read. Missing fields are null; values are raw, exactly as the destination gave them. */
export interface ReadRecord {
  id: string
  /** What was asked for, when read by key. */
  requestedKey?: string
  fields: Record<string, Raw>
  deleted?: boolean
  /** Set when the id asked for was merged into this record. */
  mergedFrom?: string
  /** Who last changed each field, where attribution is 'field'. */
  editors?: Record<string, Editor>
  /** Record level, ISO instant. */
  updatedAt?: string
}

export interface Editor {
  kind: EditorKind
  /** In words: "A sales rep", "Workflow Legacy downgrade", "Import". */
  name: string
  at?: string
}

/** One row to write; only the fields to change. `''`/null handling is the destination's encoder's. */
export interface WriteRow {
  /** Index in the batch, from 0. */
  position: number
  /** Correlates the vendor's per-row answers; unique within the run. */
  traceId: string
  /** Known record, or absent when it is created. */
  id?: string
  /** Natural key: always present for a create. */
  key: { field: string; value: string }
  fields: Record<string, Raw>
}

export interface WriteRequest {
  object: string
  operation: WriteOperation
  rows: WriteRow[]
}

/** A vendor's refusal, in our words plus theirs. */
export interface Refusal {
  code: string
  message: string
  field?: string
  /** The vendor's own text. */
  vendor?: string
  /** Whether sending the same again later may work. */
  retryable: boolean
  /** The system gave up in the middle (a limit, a failure, a time-out of its own): nobody can say that nothing was applied. */
  mayHaveArrived?: true
}

/**
 * What was said of one row. Testimony: testimony.ts judges it, so a row that is named several times stands there several
 * times, and an id is the one in the answer, never the one that was sent, unless the protocol has no ids in its answers.
 */
export type RowAnswer =
  /** `existed`: a create found a record with that key and changed it instead. */
  | { position: number; outcome: 'delivered'; id: string | undefined; existed?: boolean }
  | { position: number; outcome: 'rejected'; refusal: Refusal }

/** What a write request (or a finished job) said. A position that is missing in `rows` is unknown; more than were sent say nothing. */
export type WriteAnswer =
  | { kind: 'rows'; rows: RowAnswer[] }
  /** Jobs that are to write the rows; what became of them follows from `pollJob`. A row in none of them is unknown. */
  | { kind: 'jobs'; jobs: WriteJob[] }
  /** The whole batch was refused and nothing applied: bisect to find the row. */
  | { kind: 'refused'; refusal: Refusal }

/** A job of a write. Its id is durable before anything more is asked of it, so that it is found again and never opened twice. */
export interface WriteJob {
  jobId: string
  /** The rows in it, by their position in the request. */
  positions: number[]
  /** What its destination needs to go on with it, such as an address; kept beside the id. Not for secrets. */
  context?: string
  /** It has its rows. Otherwise `uploadJob` brings them, and until then the job applies nothing. */
  started: boolean
}

/** A job as its destination is asked about it: with those of its rows whose end nobody knows yet, the same before and after a restart. */
export interface JobOfRows {
  object: string
  operation: WriteOperation
  jobId: string
  context?: string
  rows: WriteRow[]
}

/** What a job says. Its rows may come in any order; those that it says nothing of are unknown. */
export type JobAnswer =
  | { kind: 'working'; done: number; total: number }
  /** It is open, has not got its rows, and has applied nothing. */
  | { kind: 'waiting' }
  | { kind: 'rows'; rows: RowAnswer[] }
  /** Nobody there knows what became of it. */
  | { kind: 'lost' }

/** What came of bringing a job its rows. `refused`: it has applied nothing and will not. */
export type JobStart = { kind: 'started' } | { kind: 'refused'; refusal: Refusal } | { kind: 'lost' }

/** What the functions of a destination get, however it is reached. */
export interface ConnectionContext<Settings = unknown> {
  /** Name of the connection, for messages. */
  name: string
  settings: Settings
  /** Secret field → value, already resolved. */
  secrets: Record<string, string>
  profile: DestinationProfile
  /** Small facts about the account, kept as long as the connection is open. */
  facts: Map<string, unknown>
  signal?: AbortSignal
}

/** Over HTTP. Requests go through the connection's limiter (drivers/requester.ts). */
export interface DestinationContext<Settings = unknown> extends ConnectionContext<Settings> {
  /** Address without trailing slash. */
  baseUrl: string
  http: Requester<DestinationRequest, DestinationResponse>
}

/** Over a driver of its own. Requests go through the connection's limiter as those over HTTP do. */
export interface DrivenContext<Settings, Request, Answer> extends ConnectionContext<Settings> {
  driver: Requester<Request, Answer>
}

/** OAuth 2 with refresh tokens, in data. `clientId`, `clientSecret` and `refreshToken` are names of secrets. */
export interface OAuthDeclaration<Settings> {
  /** Where tokens are asked for. A host of its own is a part of the place that secrets are given for. */
  tokenAddress(settings: Settings): string
  clientId: string
  clientSecret?: string
  refreshToken: string
  scopes: string[]
}

/** Reached over HTTP. */
export interface HttpTransport<Settings> {
  kind: 'http'
  /** Address from the settings; a simulator's address replaces it. */
  baseUrl(settings: Settings): string
  /** Headers that prove who we are, never logged; or OAuth 2, whose tokens are refreshed as they end. */
  authenticate: ((settings: Settings, secrets: Record<string, string>) => Record<string, string>) | OAuthDeclaration<Settings>
  /**
   * Hosts besides its own to which it may send for uploads and results, such as `files.acme.com` or `*.acme-files.com`.
   * Nothing that proves who we are goes there, redirects are not followed, and plain http only within this machine.
   */
  fileHosts?(settings: Settings): string[]
  /** Reads the vendor's limit headers, and answers other than 429 that mean "over a limit". */
  limitsSeen?(response: DestinationResponse, now: number, request: DestinationRequest): LimitSeen[]
}

/** Reached by a driver of its own: a database, a file. */
export interface DriverTransport<Settings> {
  kind: 'driver'
  /** Where the records lie, as people know it: what plans pin and secrets are given for. On this machine. */
  place(settings: Settings): string
  /** Made once for a connection. Its destination's functions alone know what it is asked and answers. */
  driver(connection: { name: string; settings: Settings; secrets: Record<string, string> }): AnyDriver
}

// What a driver is asked is between it and its destination: nobody else makes a request.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyDriver = Driver<any, unknown>

export interface ReadQuery {
  object: string
  /** Field names to read. */
  fields: string[]
  by: { kind: 'id'; values: string[] } | { kind: 'key'; field: string; values: string[] }
  /** Fills `editors`. At most rowsPerReadWithHistory values. */
  history?: boolean
}

export interface ListQuery {
  object: string
  fields: string[]
  /** Only records changed at or after this instant; absent: all. */
  changedSince?: string
  cursor?: string
}

/** What is at hand of a destination without loading it: data, and the way to it. Lists, forms and places need no more. */
export interface DestinationListing<Settings = unknown> {
  id: string
  /** As people know it: "HubSpot". */
  name: string
  category: 'CRM' | 'Support' | 'Marketing' | 'Ads' | 'Pricing' | 'Fraud' | 'Other'
  /** Non-secret settings; drives the form. */
  settings: z.ZodType<Settings>
  /** The simulator that speaks its protocol, of those that come with the product. */
  simulator?: SimulatorName
  /** Stands in for settings that a simulator does not need. */
  simulatorSettings?: Record<string, string | number | boolean>
  /** Secret fields by name, with a label: `{ token: 'Private app token' }`. */
  secrets: Record<string, string>
  /** How the system is reached. */
  transport: HttpTransport<Settings> | DriverTransport<Settings>
  profile: DestinationProfile
  /** It gives a list of its records. */
  lists: boolean
  /** Whether `list` takes changedSince. */
  changeFeed: boolean
  /** Rules of the vendor known to replace what is written, in words, for the connection's screen. */
  precedence?: { object: string; field?: string; rule: string }[]
  /** One line for the screen: "Reads and writes contacts and companies; shows who changed each field." */
  summary: string
}

/** How it is spoken to: loaded when a connection is used. */
export interface DestinationProtocol<Context> extends FieldEncoding {
  check(context: Context): Promise<{ account: string }>
  discover(context: Context): Promise<DestinationObject[]>
  /** Strong read of one batch. Records that do not exist are simply not in the answer. */
  read(context: Context, query: ReadQuery): Promise<ReadRecord[]>
  /** Present where the destination `lists`. */
  list?(context: Context, query: ListQuery): Promise<{ records: ReadRecord[]; next?: string }>
  /** Rows of one operation that the object declares. Those that remove name a record and no fields. */
  write(context: Context, request: WriteRequest): Promise<WriteAnswer>
  pollJob?(context: Context, job: JobOfRows): Promise<JobAnswer>
  /** Brings an open job its rows and lets it start. It may be asked again after a lost answer or a restart, with the same rows. */
  uploadJob?(context: Context, job: JobOfRows): Promise<JobStart>
  /** Gives an open job up. True: it will never apply anything, also if its rows should come late. Safe to repeat. */
  abandonJob?(context: Context, job: JobOfRows): Promise<boolean>
}

export type DestinationDeclaration<Settings = unknown, Context = DestinationContext<Settings>> = DestinationListing<Settings> & DestinationProtocol<Context>

/**
 * A declaration whose settings and context only it understands. Settings are parsed by its own schema before any of its
 * functions sees them, and a context is made as its transport says (bind.ts), so forgetting their types here is safe.
 */
export type AnyDestination = DestinationDeclaration

/** A destination of which only the listing is loaded. */
export interface ListedDestination extends DestinationListing {
  load(): Promise<AnyDestination>
}
