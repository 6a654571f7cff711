import type { Clock } from './clock.ts'
import type { Pace } from './pace.ts'
import type { FieldValue, StoredRecord } from './record.ts'
import type { RecordTable } from './records.ts'
import type { Reply } from './reply.ts'

/** A vendor request after routing, with its body read as JSON. */
export type VendorRequest = {
  readonly method: string
  readonly path: string
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Read as JSON, or the text of a route that takes lines. */
  readonly body: unknown
  readonly now: number
  /** The simulator's own address, for links in answers. */
  readonly origin: string
}

export type Handler = (request: VendorRequest) => Reply

/** One vendor call. `rows` names the body's list of records, for the log and for faults that apply half of it. */
export type Route = {
  readonly method: string
  /** Segments that start with a colon become parameters. */
  readonly path: string
  readonly handle: Handler
  readonly rows?: string
  /** Its body is text with a row to the line, below a line of names. */
  readonly lines?: true
  /** Which rate limit counts this call. */
  readonly limit?: string
}

/** The vendor's answer to one request's claim on the rate limits. */
export type Gate = { readonly headers: Readonly<Record<string, string>>; readonly refused?: Reply }

/** Requests that never reach a route. */
export type Refusal = 'unauthorised' | 'notFound' | 'badJson' | 'tooLarge' | 'failed'

/** How the control interface reads and writes the records of one object. */
export type ObjectControl = {
  readonly table: RecordTable
  /** The stored name of a field, or undefined where the object has no such field. */
  fieldName(name: string): string | undefined
  /** Brings a value into the stored form; throws a plain sentence where the vendor could not hold it. */
  fieldValue(field: string, value: unknown): FieldValue | null
  newId(): string
  /** What the vendor does beyond folding the records together. */
  afterMerge?(loser: StoredRecord, winner: StoredRecord): void
  /** Rebuilds what follows from a loaded record but is not in it, such as further keys that lead to it. */
  restore?(record: StoredRecord): void
}

/** One vendor, ready to be served. */
export type Simulator = {
  readonly name: string
  readonly routes: readonly Route[]
  readonly objects: ReadonlyMap<string, ObjectControl>
  readonly bodyLimit: number
  /** The path that routes are written for, where the vendor accepts several spellings. */
  canonicalPath?(path: string): string
  authorised(authorization: string | undefined): boolean
  gate(route: Route, now: number): Gate
  refuse(refusal: Refusal, message: string): Reply
  /** Takes what is to be called after records changed outside a request, as jobs do. */
  onBackgroundWork?(done: () => void): void
  /** Forgets everything but the records: jobs, windows, delayed views. */
  reset(): void
  /** Finishes what was accepted but not applied yet. */
  close(): void
}

/** What every simulator is built from. */
export type SimulatorSetting = {
  readonly clock: Clock
  readonly pace: Pace
  readonly token: string
  /** Overrides of the vendor profile's numbers, by name. */
  readonly limits: Readonly<Record<string, number>>
  /** A schema that replaces the sample company's, or undefined. */
  readonly schema: unknown
}

/** The vendor profile with the numbers that were overridden. */
export function applyLimits<P extends Readonly<Record<string, number>>>(profile: P, limits: Readonly<Record<string, number>>): P {
  const unknown = Object.keys(limits).find((name) => !Object.hasOwn(profile, name))
  if (unknown !== undefined) throw new Error(`Unknown limit ${unknown}; known are ${Object.keys(profile).join(', ')}`)
  return { ...profile, ...limits }
}
