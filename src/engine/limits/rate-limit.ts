import type { Limit, LimitSeen } from './limit.ts'

/** What a request counts for. */
export interface Load {
  /** Records that it changes, where the vendor limits how often one record changes. */
  records?: readonly string[]
}

/** Keeps one limit of one vendor. Times are milliseconds that have passed (elapsed.ts). */
export interface RateLimit {
  readonly limit: Limit
  /** When there is room: `now` or earlier means at once, Infinity means when somebody finishes. */
  readyAt(now: number, load: Load): number
  take(now: number, load: Load): void
  /** A request that was taken has been answered (`finished`), or its job has ended. */
  giveBack(now: number, load: Load): void
  /** A request that was taken was not sent after all. */
  undo(load: Load): void
  /** What the vendor's answer said about this limit. */
  learn(seen: LimitSeen, now: number): void
  /** The vendor refused a request over this limit; `until` is when it said to come back. */
  refused(now: number, until: number | undefined): void
  succeeded(): void
  /** "limit of 190 requests per 10 seconds". */
  words(): string
  /** More about a wait, one sentence. */
  why(now: number): string | undefined
}
