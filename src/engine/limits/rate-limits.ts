import type { Limit, LimitSeen } from './limit.ts'
import { RecordLimit } from './record-limit.ts'
import type { RateLimit } from './rate-limit.ts'

/** Where a limit's count outlives the process. */
export interface LimitMemory {
  load(limit: string): { used: number; endsInMs: number } | undefined
  save(limit: string, usage: { used: number; endsInMs: number }): void
}

const SLOWEST = 1 / 16
const RECOVERY_PER_ANSWER = 0.02
const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Halves on refusal, at most once per `calmMs` so that one burst counts once, and recovers answer by answer. */
export class Pace {
  private share = 1
  private slowedAt = Number.NEGATIVE_INFINITY
  private readonly calmMs: number

  constructor(calmMs: number) {
    this.calmMs = calmMs
  }

  of(requests: number): number {
    return Math.max(1, Math.floor(requests * this.share))
  }

  get isSlow(): boolean {
    return this.share < 1
  }

  slow(now: number): void {
    if (now - this.slowedAt < this.calmMs) return
    this.slowedAt = now
    this.share = Math.max(SLOWEST, this.share / 2)
  }

  recover(): void {
    this.share = Math.min(1, this.share + RECOVERY_PER_ANSWER)
  }
}

const asked = 'It refused a request and asked for this pause.'
const slowed = 'It refused requests, so fewer are sent for a while.'

/**
 * At most `requests` in any stretch of `perMs`. A request counts from when it leaves until a window after its
 * answer, because the vendor saw it at some moment between the two.
 */
class WindowLimit implements RateLimit {
  readonly limit: Limit & { kind: 'window' }
  private readonly pace: Pace
  private onTheWay = 0
  private answeredAt: number[] = []
  private allowed: number
  private blockedUntil = Number.NEGATIVE_INFINITY
  /** Requests that others made on the same account, as the vendor's count shows. */
  private others = { count: 0, until: Number.NEGATIVE_INFINITY }

  constructor(limit: Limit & { kind: 'window' }) {
    this.limit = limit
    this.allowed = limit.requests
    this.pace = new Pace(limit.perMs)
  }

  readyAt(now: number): number {
    if (this.blockedUntil > now) return this.blockedUntil
    this.forget(now)
    const room = this.pace.of(this.allowed)
    if (this.others.until <= now) return this.ownRoomAt(room, now)
    return Math.min(this.ownRoomAt(room - this.others.count, now), Math.max(this.others.until, this.ownRoomAt(room, now)))
  }

  /** When fewer than `room` of our own requests lie in the window. */
  private ownRoomAt(room: number, now: number): number {
    const surplus = this.onTheWay + this.answeredAt.length - room
    if (surplus < 0) return now
    const last = this.answeredAt[surplus]
    return last === undefined ? Number.POSITIVE_INFINITY : last + this.limit.perMs
  }

  take(): void {
    this.onTheWay += 1
  }

  giveBack(now: number): void {
    this.onTheWay = Math.max(0, this.onTheWay - 1)
    this.answeredAt.push(now)
  }

  undo(): void {
    this.onTheWay = Math.max(0, this.onTheWay - 1)
  }

  learn(seen: LimitSeen, now: number): void {
    if (seen.allowed !== undefined && seen.allowed > 0) {
      this.allowed = this.limit.fixed ? Math.min(this.limit.requests, seen.allowed) : seen.allowed
    }
    if (seen.remaining === undefined) return
    const resets = now + Math.min(seen.resetsInMs ?? this.limit.perMs, this.limit.perMs)
    if (seen.remaining <= 0 && seen.resetsInMs !== undefined) this.blockedUntil = Math.max(this.blockedUntil, resets)
    this.forget(now)
    const count = Math.max(0, this.allowed - this.onTheWay - this.answeredAt.length - Math.max(0, seen.remaining))
    this.others = { count: Math.min(count, this.allowed - 1), until: resets }
  }

  refused(now: number, until: number | undefined): void {
    this.pace.slow(now)
    if (until !== undefined) this.blockedUntil = Math.max(this.blockedUntil, until)
  }

  succeeded(): void {
    this.pace.recover()
  }

  words(): string {
    return `limit of ${this.allowed.toLocaleString('en-US')} ${this.limit.label}`
  }

  why(now: number): string | undefined {
    if (this.blockedUntil > now) return asked
    return this.pace.isSlow ? slowed : undefined
  }

  private forget(now: number): void {
    const expired = now - this.limit.perMs
    let first = 0
    while (first < this.answeredAt.length && (this.answeredAt[first] ?? now) <= expired) first += 1
    if (first > 0) this.answeredAt.splice(0, first)
  }
}

/**
 * So many a day. The vendor's own count is taken over; without one, days are counted from the first request. What was used
 * is remembered ahead, in blocks, so that a restart forgets none and most requests write nothing.
 */
class DailyLimit implements RateLimit {
  readonly limit: Limit & { kind: 'daily' }
  private readonly memory: LimitMemory | undefined
  private readonly block: number
  private left: number
  private dayEndsAt = Number.NEGATIVE_INFINITY
  private blockedUntil = Number.NEGATIVE_INFINITY
  private saved = -1

  constructor(limit: Limit & { kind: 'daily' }, now: number, memory?: LimitMemory) {
    this.limit = limit
    this.memory = memory
    this.left = limit.requests
    this.block = Math.max(1, Math.ceil(limit.requests / 1000))
    const known = memory?.load(limit.name)
    if (!known || known.endsInMs <= 0) return
    this.dayEndsAt = now + Math.min(known.endsInMs, DAY)
    this.left = limit.requests - known.used
    this.saved = known.used
  }

  readyAt(now: number): number {
    if (this.blockedUntil > now) return this.blockedUntil
    if (now >= this.dayEndsAt) this.startDay(now)
    if (this.left > 0) return now
    // The vendor's midnight is not known: one request an hour finds out.
    this.left = 1
    this.blockedUntil = Math.min(this.dayEndsAt, now + HOUR)
    return this.blockedUntil
  }

  take(now: number): void {
    this.left -= 1
    const used = this.limit.requests - this.left
    if (used > this.saved) this.save(used + this.block - 1, now)
  }

  giveBack(): void {}

  undo(): void {
    this.left += 1
  }

  learn(seen: LimitSeen, now: number): void {
    if (seen.remaining === undefined) return
    const used = Math.max(0, (seen.allowed ?? this.limit.requests) - seen.remaining)
    this.left = this.limit.fixed ? this.limit.requests - used : seen.remaining
    if (seen.remaining <= 0) this.blockedUntil = now + Math.min(seen.resetsInMs ?? HOUR, DAY)
  }

  refused(now: number, until: number | undefined): void {
    this.left = Math.max(1, this.left)
    this.blockedUntil = Math.max(this.blockedUntil, until ?? now + HOUR)
  }

  succeeded(): void {}

  words(): string {
    return `limit of ${this.limit.requests.toLocaleString('en-US')} ${this.limit.label}`
  }

  why(now: number): string | undefined {
    return this.blockedUntil > now ? 'The day’s requests are used up; one request an hour finds out when the next day begins over there.' : undefined
  }

  private startDay(now: number): void {
    this.dayEndsAt = now + DAY
    this.left = this.limit.requests
    this.saved = -1
  }

  private save(used: number, now: number): void {
    this.saved = used
    this.memory?.save(this.limit.name, { used, endsInMs: this.dayEndsAt - now })
  }
}

/** So many at once: requests until they are answered, or jobs until they end. */
class ConcurrencyLimit implements RateLimit {
  readonly limit: Limit
  private readonly slots: number
  private readonly pace = new Pace(1000)
  private taken = 0
  private blockedUntil = Number.NEGATIVE_INFINITY

  constructor(limit: Limit, slots: number) {
    this.limit = limit
    this.slots = slots
  }

  readyAt(now: number): number {
    if (this.blockedUntil > now) return this.blockedUntil
    const room = Number.isFinite(this.slots) ? this.pace.of(this.slots) : this.slots
    return this.taken < room ? now : Number.POSITIVE_INFINITY
  }

  take(): void {
    this.taken += 1
  }

  giveBack(): void {
    this.taken = Math.max(0, this.taken - 1)
  }

  undo(): void {
    this.giveBack()
  }

  learn(): void {}

  refused(now: number, until: number | undefined): void {
    this.pace.slow(now)
    if (until !== undefined) this.blockedUntil = Math.max(this.blockedUntil, until)
  }

  succeeded(): void {
    this.pace.recover()
  }

  words(): string {
    return Number.isFinite(this.slots) ? `limit of ${this.slots.toLocaleString('en-US')} ${this.limit.label}` : this.limit.label
  }

  why(now: number): string | undefined {
    return this.blockedUntil > now ? asked : undefined
  }
}

/** The keeper of one declared limit. */
export function createRateLimit(limit: Limit, now: number, memory?: LimitMemory): RateLimit {
  switch (limit.kind) {
    case 'window':
      return new WindowLimit(limit)
    case 'daily':
      return new DailyLimit(limit, now, memory)
    case 'concurrency':
      return new ConcurrencyLimit(limit, limit.requests)
    case 'jobs':
      return new ConcurrencyLimit(limit, limit.jobs)
    case 'record':
      return new RecordLimit(limit)
  }
}
