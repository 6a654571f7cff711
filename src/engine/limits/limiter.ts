import type { Limit, LimitSeen } from './limit.ts'
import type { Clock } from '../ports/ports.ts'
import { elapsedOf } from './elapsed.ts'
import { createRateLimit } from './rate-limits.ts'
import type { LimitMemory } from './rate-limits.ts'
import type { RateLimit, Load } from './rate-limit.ts'
import { inTurn, LimitQueue } from './request-queue.ts'
import type { Lane, Waiting } from './request-queue.ts'

/** Who wants to send, and what counts for it. */
export interface Ask extends Load {
  /** Limits that count only requests naming them. */
  named?: readonly string[]
  /** Requests take turns by owner (an activation, a run), so that a long run does not shut out a short one. */
  owner?: string
  /** Higher goes first: a critical activation before a newsletter. */
  priority?: number
  signal?: AbortSignal
}

/** What a wait is for, and until when (milliseconds since the epoch). */
export interface LimitWait {
  limit: string
  /** "limit of 190 requests per 10 seconds". */
  label: string
  until: number
  /** More about it, one sentence. */
  why?: string
}

/** Leave to send one request. Say exactly once how it ended, or that it was not used. */
export interface Permit {
  /** The vendor answered, or nobody did. With `startsJob` its job slot stays taken until `jobEnded`. */
  answered(startsJob?: boolean): void
  /** Nothing was sent: it counts for no limit. */
  unused(): void
}

/** The vendor said "too many"; `limit` where it said which. */
export interface TooMany {
  named?: readonly string[]
  limit?: string
  /** How long it said to wait. */
  waitMs?: number
}

/**
 * Keeps all limits of one connection. One per connection, shared by everything that talks to it.
 */
export interface Limiter {
  acquire(ask: Ask): Promise<Permit>
  /** Feeds what the vendor's answer said about its limits. */
  learn(seen: readonly LimitSeen[]): void
  /** Slows down, and holds everything that counts for the limit back until the vendor's time. */
  tooMany(refusal: TooMany): void
  /** A request that ended well lets a slowed limit recover. */
  succeeded(named?: readonly string[]): void
  /** A job slot is free again: its job has ended. */
  jobEnded(name: string): void
  /** A job started before this process began still takes a slot. */
  jobResumed(name: string): void
  /** The wait that holds the owner's (or anybody's) next request back; undefined when nothing waits for time. */
  waiting(owner?: string): LimitWait | undefined
  /** Calls when `waiting` may have changed; returns the stop function. */
  onChange(listener: () => void): () => void
}

interface Entry extends Waiting {
  ask: Ask
  lane: string
  grant: (permit: Permit) => void
}

/** Stands for limits that nobody declared, so that an unexpected 429 still holds everybody back. */
const undeclared: Limit = { kind: 'concurrency', name: 'vendor', label: 'own pause', requests: Number.POSITIVE_INFINITY }
/** A timer is only a hint, and stands still while the machine sleeps: the clock is looked at this often at least. */
const longestSleepMs = 15_000

/** However long a system asks to wait, one request an hour looks whether it means it. */
const longestPauseMs = 3_600_000

/** Makes the limiter of one connection from its declared limits. */
export function createLimiter(clock: Clock, limits: readonly Limit[], memory?: LimitMemory): Limiter {
  return new QueuedLimiter(clock, limits, memory)
}

class QueuedLimiter implements Limiter {
  private readonly clock: Clock
  private readonly elapsed: () => number
  private readonly gates: RateLimit[]
  private readonly queue = new LimitQueue<Entry>()
  private readonly gatesByNames = new Map<string, RateLimit[]>()
  private order = 0
  private turn = 0
  private readonly lastTurns = new Map<string, number>()
  private alarm: { at: number; stop: AbortController } | undefined
  private readonly listeners = new Set<() => void>()
  private shownWait = ''

  constructor(clock: Clock, limits: readonly Limit[], memory?: LimitMemory) {
    this.clock = clock
    this.elapsed = elapsedOf(clock)
    this.gates = [...limits, undeclared].map((limit) => createRateLimit(limit, this.elapsed(), memory))
  }

  acquire(ask: Ask): Promise<Permit> {
    return new Promise((resolve, reject) => {
      if (ask.signal?.aborted) return reject(ask.signal.reason as Error)
      const owner = ask.owner ?? ''
      const entry: Entry = { ask, owner, priority: ask.priority ?? 0, turn: this.nextTurn(owner), order: (this.order += 1), lane: laneOf(ask), grant: resolve }
      const give = () => {
        this.queue.remove(entry.lane, entry)
        reject(ask.signal?.reason as Error)
        this.pump()
      }
      entry.grant = (permit) => {
        ask.signal?.removeEventListener('abort', give)
        resolve(permit)
      }
      ask.signal?.addEventListener('abort', give, { once: true })
      this.queue.add(entry.lane, entry, () => this.gatesOf(ask.named))
      this.pump()
    })
  }

  learn(seen: readonly LimitSeen[]): void {
    if (seen.length === 0) return
    const now = this.elapsed()
    for (const one of seen) this.gateNamed(one.limit)?.learn(one, now)
    this.pump()
  }

  tooMany(refusal: TooMany): void {
    const now = this.elapsed()
    const until = refusal.waitMs === undefined ? undefined : now + Math.min(refusal.waitMs, longestPauseMs)
    const told = refusal.limit === undefined ? undefined : this.gateNamed(refusal.limit)
    const gates = told ? [told] : this.suspects(refusal.named)
    for (const gate of gates) gate.refused(now, until)
    this.pump()
  }

  succeeded(named?: readonly string[]): void {
    for (const gate of this.gatesOf(named)) gate.succeeded()
  }

  jobEnded(name: string): void {
    this.gateNamed(name)?.giveBack(this.elapsed(), {})
    this.pump()
  }

  jobResumed(name: string): void {
    this.gateNamed(name)?.take(this.elapsed(), {})
  }

  waiting(owner?: string): LimitWait | undefined {
    const now = this.elapsed()
    let first: { wait: LimitWait; entry: Entry } | undefined
    for (const lane of this.queue.lanes) {
      const entry = owner === undefined ? lane.entries[0] : lane.entries.find((one) => one.owner === owner)
      if (!entry || (first && inTurn(first.entry, entry) < 0)) continue
      const wait = this.waitOf(lane, entry, now)
      if (wait) first = { wait, entry }
    }
    return first?.wait
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private waitOf(lane: Lane<Entry>, entry: Entry, now: number): LimitWait | undefined {
    const { gate, at } = latest(lane, entry, now)
    if (at <= now || !Number.isFinite(at)) return undefined
    const behind = (lane.entries[0]?.priority ?? entry.priority) > entry.priority ? 'Requests of a more critical activation go first.' : undefined
    const why = behind ?? gate.why(now)
    return { limit: gate.limit.name, label: gate.words(), until: Math.round(this.clock.now() + at - now), ...(why === undefined ? {} : { why }) }
  }

  private gateNamed(name: string): RateLimit | undefined {
    return this.gates.find((gate) => gate.limit.name === name)
  }

  private gatesOf(named: readonly string[] = []): RateLimit[] {
    const key = named.join('\n')
    const known = this.gatesByNames.get(key) ?? this.gates.filter(({ limit }) => named.includes(limit.name) || (limit.kind !== 'jobs' && limit.counts !== 'named'))
    this.gatesByNames.set(key, known)
    return known
  }

  /** Nobody said which limit it was: those by time that count for the request, or the undeclared one. */
  private suspects(named: readonly string[] | undefined): RateLimit[] {
    const windows = this.gatesOf(named).filter(({ limit }) => limit.kind === 'window')
    return windows.length > 0 ? windows : this.gates.filter(({ limit }) => limit === undeclared)
  }

  private nextTurn(owner: string): number {
    const turn = Math.max(this.turn, (this.lastTurns.get(owner) ?? -1) + 1)
    this.lastTurns.set(owner, turn)
    return turn
  }

  /** Lets through whoever has room, in turn; the heads of the lanes decide. */
  private pump(): void {
    const now = this.elapsed()
    for (let entry = this.nextWithRoom(now); entry; entry = this.nextWithRoom(now)) this.grant(entry, now)
    let wakeAt = Number.POSITIVE_INFINITY
    for (const lane of this.queue.lanes) wakeAt = Math.min(wakeAt, laneReadyAt(lane, now))
    this.setAlarm(wakeAt)
    this.tell()
  }

  private nextWithRoom(now: number): Entry | undefined {
    let first: Entry | undefined
    for (const lane of this.queue.lanes) {
      const [head] = lane.entries
      if (head && (!first || inTurn(head, first) < 0) && laneReadyAt(lane, now) <= now) first = head
    }
    return first
  }

  private grant(entry: Entry, now: number): void {
    this.queue.remove(entry.lane, entry)
    this.turn = Math.max(this.turn, entry.turn)
    for (const [owner, turn] of this.lastTurns) if (turn < this.turn) this.lastTurns.delete(owner)
    const gates = this.gatesOf(entry.ask.named)
    for (const gate of gates) gate.take(now, entry.ask)
    let open = true
    const close = (end: (gate: RateLimit, endedAt: number) => void): void => {
      if (!open) return
      open = false
      const endedAt = this.elapsed()
      for (const gate of gates) end(gate, endedAt)
      this.pump()
    }
    entry.grant({
      answered: (startsJob = false) =>
        close((gate, endedAt) => {
          if (!startsJob || gate.limit.kind !== 'jobs') gate.giveBack(endedAt, entry.ask)
        }),
      unused: () => close((gate) => gate.undo(entry.ask)),
    })
  }

  private setAlarm(at: number): void {
    if (this.alarm?.at === at) return
    this.alarm?.stop.abort()
    this.alarm = undefined
    if (!Number.isFinite(at)) return
    const alarm = { at, stop: new AbortController() }
    this.alarm = alarm
    const ring = () => {
      if (this.alarm !== alarm) return
      this.alarm = undefined
      this.pump()
    }
    this.clock.sleep(Math.min(longestSleepMs, at - this.elapsed()), alarm.stop.signal).then(ring, () => undefined)
  }

  private tell(): void {
    if (this.listeners.size === 0) return
    const wait = this.waiting()
    const shown = wait ? `${wait.limit} ${wait.until}` : ''
    if (shown === this.shownWait) return
    this.shownWait = shown
    for (const listener of this.listeners) listener()
  }
}

/** Requests in one lane have room together or not at all. */
function laneOf({ named = [], records = [] }: Ask): string {
  return JSON.stringify([named, records])
}

function laneReadyAt(lane: Lane<Entry>, now: number): number {
  const [head] = lane.entries
  return head ? latest(lane, head, now).at : Number.POSITIVE_INFINITY
}

/** The gate that holds longest. */
function latest(lane: Lane<Entry>, { ask }: Entry, now: number): { gate: RateLimit; at: number } {
  const [first, ...rest] = lane.gates.map((gate) => ({ gate, at: gate.readyAt(now, ask) }))
  if (!first) throw new Error('A request always counts for at least the undeclared limit')
  return rest.reduce((held, next) => (next.at > held.at ? next : held), first)
}
