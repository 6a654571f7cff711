import type { ConnectionDefinition } from '../../contract/definitions.ts'
import type { Raw } from '../../contract/states.ts'
import type { LimitMemory } from '../limits/rate-limits.ts'
import type { LimitWait } from '../limits/limiter.ts'
import type { Clock, Files, Http, Log, Random, Secrets } from '../ports/ports.ts'
import type { DestinationObject, DestinationProfile, JobAnswer, JobOfRows, JobStart, ListQuery, ReadQuery, ReadRecord, WriteAnswer, WriteRequest } from './destination.ts'
import type { DestinationField, Encoded } from '../values/destination-field.ts'
import type { Caller, RequestRecord } from '../drivers/request-record.ts'
import type { AnyDestination, ListedDestination } from './destination.ts'

/**
 * A connection that is ready to be used. Every call goes through the connection's one limiter and may end
 * with AppError, or, where a write may have been applied, with UnknownOutcome.
 */
export interface Connection {
  id: string
  name: string
  declaration: AnyDestination
  /** The vendor's numbers with the connection's own. */
  profile: DestinationProfile
  /** Loopback simulator instead of the vendor. */
  simulated: boolean
  /** Where it goes, as plans pin it and secrets are given for it (address.ts). */
  goesTo: string
  /** The same connection, for this activation or run: its turn in the queue, its priority, its signal. */
  for(caller: Caller): Connection
  /** What holds this caller's next request back; without an owner, anybody's. */
  waiting(): LimitWait | undefined
  check(signal?: AbortSignal): Promise<{ account: string }>
  /** Objects and fields; kept until asked to refresh. */
  discover(options?: { refresh?: boolean; signal?: AbortSignal }): Promise<DestinationObject[]>
  object(name: string, signal?: AbortSignal): Promise<DestinationObject>
  /** Strong read of at most `profile.rowsPerRead` (with history `rowsPerReadWithHistory`) values. */
  read(query: ReadQuery, signal?: AbortSignal): Promise<ReadRecord[]>
  list(query: ListQuery, signal?: AbortSignal): Promise<{ records: ReadRecord[]; next?: string }>
  write(request: WriteRequest, signal?: AbortSignal): Promise<WriteAnswer>
  pollJob(job: JobOfRows, signal?: AbortSignal): Promise<JobAnswer>
  uploadJob(job: JobOfRows, signal?: AbortSignal): Promise<JobStart>
  abandonJob(job: JobOfRows, signal?: AbortSignal): Promise<boolean>
  encode(field: DestinationField, canonical: string | null): Encoded
  decode(field: DestinationField, raw: Raw): string | null
}

/** A wait of one connection, for the screen. */
export interface ConnectionWait extends LimitWait {
  connection: string
}

export interface Connections {
  /** Opens the connection, or returns it as it is while nothing about it changed. */
  connect(id: string, definition: ConnectionDefinition): Promise<Connection>
  waits(): ConnectionWait[]
  /** Calls when `waits` may have changed; returns the stop function. */
  onChange(listener: () => void): () => void
}

export interface ConnectionsOptions {
  ports: { clock: Clock; random: Random; http: Http; secrets: Secrets; files: Files; log: Log }
  workspaceFolder: string
  /** Called once per request attempt. */
  onRequest?: (record: RequestRecord) => void
  /** Where counts of a connection's limits outlive the process; absent: nowhere. */
  limitMemory?: (connection: string) => LimitMemory
  /** Where a connection went by its newest plan (planning/build/plan-place.ts). */
  lastWentTo?: (connection: string) => string | undefined
  /** Other declarations than the product's own, for tests and measurements. */
  destinations?: readonly ListedDestination[]
}
