import type { Limit, LimitSeen } from '../destinations/destination.ts'

/** Keeps one limit of one vendor. Times are monotonic milliseconds. */
export interface Gate {
  readonly limit: Limit
  /** When there is room: `now` or earlier means at once, Infinity means when somebody finishes. */
  readyAt(now: number): number
  take(now: number): void
  /** A request that was taken has been answered (`finished`), or its job has ended. */
  giveBack(now: number): void
  /** What the vendor's answer said about this limit. */
  learn(seen: LimitSeen, now: number): void
  /** The vendor refused a request over this limit; `until` is when it said to come back. */
  refused(now: number, until: number | undefined): void
  succeeded(): void
}

const SLOWEST = 1 / 16
const RECOVERY_PER_ANSWER = 0.02
const HOUR = 3_600_000

/** Halves on refusal, at most once per `calmMs` so that one burst counts once, and recovers answer by answer. */
class Pace {
  private share = 1
  private slowedAt = Number.NEGATIVE_INFINITY
  private readonly calmMs: number

  constructor(calmMs: number) {
    this.calmMs = calmMs
  }

  of(requests: number): number {
    return Math.max(1, Math.floor(requests * this.share))
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

/**
 * At most `requests` in any stretch of `perMs`. A request counts from when it leaves until a window after its
 * answer, because the vendor saw it at some moment between the two.
 */
class WindowGate implements Gate {
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

  private forget(now: number): void {
    const expired = now - this.limit.perMs
    let first = 0
    while (first < this.answeredAt.length && (this.answeredAt[first] ?? now) <= expired) first += 1
    if (first > 0) this.answeredAt.splice(0, first)
  }
}

/** So many a day. The vendor's own count is taken over; without one, days are counted from the first request. */
class DailyGate implements Gate {
  readonly limit: Limit & { kind: 'daily' }
  private left: number
  private dayEndsAt = Number.NEGATIVE_INFINITY
  private blockedUntil = Number.NEGATIVE_INFINITY

  constructor(limit: Limit & { kind: 'daily' }) {
    this.limit = limit
    this.left = limit.requests
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

  take(): void {
    this.left -= 1
  }

  giveBack(): void {}

  learn(seen: LimitSeen, now: number): void {
    if (seen.remaining === undefined) return
    const used = Math.max(0, (seen.allowed ?? this.limit.requests) - seen.remaining)
    this.left = this.limit.fixed ? this.limit.requests - used : seen.remaining
    if (seen.remaining <= 0) this.blockedUntil = now + Math.min(seen.resetsInMs ?? HOUR, 24 * HOUR)
  }

  refused(now: number, until: number | undefined): void {
    this.left = Math.max(1, this.left)
    this.blockedUntil = Math.max(this.blockedUntil, until ?? now + HOUR)
  }

  succeeded(): void {}

  private startDay(now: number): void {
    this.dayEndsAt = now + 24 * HOUR
    this.left = this.limit.requests
  }
}

/** So many at once: requests until they are answered, or jobs until they end. */
class SlotGate implements Gate {
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

  learn(): void {}

  refused(now: number, until: number | undefined): void {
    this.pace.slow(now)
    if (until !== undefined) this.blockedUntil = Math.max(this.blockedUntil, until)
  }

  succeeded(): void {
    this.pace.recover()
  }
}

/** The keeper of one declared limit. */
export function createGate(limit: Limit): Gate {
  switch (limit.kind) {
    case 'window':
      return new WindowGate(limit)
    case 'daily':
      return new DailyGate(limit)
    case 'concurrency':
      return new SlotGate(limit, limit.requests)
    case 'jobs':
      return new SlotGate(limit, limit.jobs)
  }
}
