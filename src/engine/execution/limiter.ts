import type { Limit, LimitSeen } from '../destinations/destination.ts'
import type { Clock } from '../ports.ts'
import { createGate } from './limit-gate.ts'
import type { Gate } from './limit-gate.ts'

/** Who wants to send, and what counts for it. */
export interface Ask {
  /** Limits that count only requests naming them. */
  named?: readonly string[]
  /** Requests take turns by owner (an activation, a run), so that a long run does not shut out a short one. */
  owner?: string
  /** Higher goes first: a person waiting at the screen before a scheduled run. */
  priority?: number
  signal?: AbortSignal
}

/** What a wait is for, and until when (milliseconds since the epoch). */
export interface LimitWait {
  limit: string
  label: string
  until: number
}

/** Leave to send one request. Say exactly once how it ended. */
export interface Permit {
  /** The vendor answered, or nobody did. With `startsJob` its job slot stays taken until `jobEnded`. */
  answered(startsJob?: boolean): void
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

interface Entry {
  ask: Ask
  turn: number
  order: number
  gates: Gate[]
  heldBy?: { gate: Gate; at: number }
  grant: (permit: Permit) => void
}

/** Stands for limits that nobody declared, so that an unexpected 429 still holds everybody back. */
const undeclared: Limit = { kind: 'concurrency', name: 'vendor', label: 'a pause the system asked for', requests: Number.POSITIVE_INFINITY }

/** Makes the limiter of one connection from its declared limits. */
export function createLimiter(clock: Clock, limits: readonly Limit[]): Limiter {
  return new QueuedLimiter(clock, limits)
}

class QueuedLimiter implements Limiter {
  private readonly clock: Clock
  private readonly gates: Gate[]
  private queue: Entry[] = []
  private order = 0
  private turn = 0
  private readonly lastTurns = new Map<string, number>()
  private alarm: { at: number; stop: AbortController } | undefined
  private readonly listeners = new Set<() => void>()
  private shownWait = ''

  constructor(clock: Clock, limits: readonly Limit[]) {
    this.clock = clock
    this.gates = [...limits, undeclared].map(createGate)
  }

  acquire(ask: Ask): Promise<Permit> {
    return new Promise((resolve, reject) => {
      if (ask.signal?.aborted) return reject(ask.signal.reason as Error)
      const entry: Entry = { ask, turn: this.nextTurn(ask.owner ?? ''), order: (this.order += 1), gates: this.gatesOf(ask.named), grant: resolve }
      const give = () => {
        this.queue = this.queue.filter((other) => other !== entry)
        reject(ask.signal?.reason as Error)
        this.pump()
      }
      entry.grant = (permit) => {
        ask.signal?.removeEventListener('abort', give)
        resolve(permit)
      }
      ask.signal?.addEventListener('abort', give, { once: true })
      this.queue.push(entry)
      this.pump()
    })
  }

  learn(seen: readonly LimitSeen[]): void {
    const now = this.clock.monotonic()
    for (const one of seen) this.gateNamed(one.limit)?.learn(one, now)
    this.pump()
  }

  tooMany(refusal: TooMany): void {
    const now = this.clock.monotonic()
    const until = refusal.waitMs === undefined ? undefined : now + refusal.waitMs
    const told = refusal.limit === undefined ? undefined : this.gateNamed(refusal.limit)
    const gates = told ? [told] : this.suspects(refusal.named)
    for (const gate of gates) gate.refused(now, until)
    this.pump()
  }

  succeeded(named?: readonly string[]): void {
    for (const gate of this.gatesOf(named)) gate.succeeded()
  }

  jobEnded(name: string): void {
    this.gateNamed(name)?.giveBack(this.clock.monotonic())
    this.pump()
  }

  jobResumed(name: string): void {
    this.gateNamed(name)?.take(this.clock.monotonic())
  }

  waiting(owner?: string): LimitWait | undefined {
    const now = this.clock.monotonic()
    const held = this.inTurn().find((entry) => (owner === undefined || entry.ask.owner === owner) && entry.heldBy && Number.isFinite(entry.heldBy.at))?.heldBy
    if (!held || held.at <= now) return undefined
    return { limit: held.gate.limit.name, label: held.gate.limit.label, until: Math.round(this.clock.now() + held.at - now) }
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private gateNamed(name: string): Gate | undefined {
    return this.gates.find((gate) => gate.limit.name === name)
  }

  private gatesOf(named: readonly string[] = []): Gate[] {
    return this.gates.filter(({ limit }) => named.includes(limit.name) || (limit.kind !== 'jobs' && limit.counts !== 'named'))
  }

  /** Nobody said which limit it was: those by time that count for the request, or the undeclared one. */
  private suspects(named: readonly string[] | undefined): Gate[] {
    const windows = this.gatesOf(named).filter(({ limit }) => limit.kind === 'window')
    return windows.length > 0 ? windows : this.gates.filter(({ limit }) => limit === undeclared)
  }

  private nextTurn(owner: string): number {
    const turn = Math.max(this.turn, (this.lastTurns.get(owner) ?? -1) + 1)
    this.lastTurns.set(owner, turn)
    return turn
  }

  private inTurn(): Entry[] {
    return [...this.queue].sort((one, other) => (other.ask.priority ?? 0) - (one.ask.priority ?? 0) || one.turn - other.turn || one.order - other.order)
  }

  private pump(): void {
    const now = this.clock.monotonic()
    let wakeAt = Number.POSITIVE_INFINITY
    for (const entry of this.inTurn()) {
      const held = latest(entry.gates, now)
      if (held.at <= now) {
        this.grant(entry, now)
      } else {
        entry.heldBy = held
        wakeAt = Math.min(wakeAt, held.at)
      }
    }
    this.setAlarm(wakeAt)
    this.tell()
  }

  private grant(entry: Entry, now: number): void {
    this.queue = this.queue.filter((other) => other !== entry)
    this.turn = Math.max(this.turn, entry.turn)
    for (const [owner, turn] of this.lastTurns) if (turn < this.turn) this.lastTurns.delete(owner)
    for (const gate of entry.gates) gate.take(now)
    let open = true
    entry.grant({
      answered: (startsJob = false) => {
        if (!open) return
        open = false
        for (const gate of entry.gates) if (!startsJob || gate.limit.kind !== 'jobs') gate.giveBack(this.clock.monotonic())
        this.pump()
      },
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
    this.clock.sleep(at - this.clock.monotonic(), alarm.stop.signal).then(ring, () => undefined)
  }

  private tell(): void {
    const wait = this.waiting()
    const shown = wait ? `${wait.limit} ${wait.until}` : ''
    if (shown === this.shownWait) return
    this.shownWait = shown
    for (const listener of this.listeners) listener()
  }
}

/** The gate that holds longest. */
function latest(gates: readonly Gate[], now: number): { gate: Gate; at: number } {
  const [first, ...rest] = gates.map((gate) => ({ gate, at: gate.readyAt(now) }))
  if (!first) throw new Error('A request always counts for at least the undeclared limit')
  return rest.reduce((held, next) => (next.at > held.at ? next : held), first)
}
