import type { Clock } from '../../ports/ports.ts'

interface Event {
  at: number
  order: number
  act: () => void
}

/** Cancels what was scheduled. */
export type Cancel = () => void

/** The one time line of a simulated world, in milliseconds. Nothing happens but what was scheduled, in order. */
export class VirtualTime {
  now = 0
  private order = 0
  private readonly events: Event[] = []

  /** Acts after a delay; what is due at the same instant acts in the order in which it was scheduled. */
  after(delay: number, act: () => void): Cancel {
    const event = { at: this.now + Math.max(0, delay), order: (this.order += 1), act }
    let place = this.events.length
    while (place > 0 && (this.events[place - 1]?.at ?? 0) > event.at) place -= 1
    this.events.splice(place, 0, event)
    return () => {
      const index = this.events.indexOf(event)
      if (index >= 0) this.events.splice(index, 1)
    }
  }

  get idle(): boolean {
    return this.events.length === 0
  }

  /** Lets the next thing happen and everything that follows from it without time passing. False: nothing is left. */
  async step(): Promise<boolean> {
    // What was asked for just now may schedule something.
    if (this.idle) await settle()
    const event = this.events.shift()
    if (!event) return false
    this.now = event.at
    event.act()
    await settle()
    return true
  }
}

/** All promises that can go on have gone on when the event loop takes its next turn. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** The wall clock of one machine: people, summer time and time servers move it. */
export interface Wall {
  offset: number
}

interface Timer {
  dueAt: number
  cancel: Cancel
  ring: () => void
}

const beginning = Date.parse('2026-01-05T09:00:00Z')

/** The clock of one process: its wall time jumps, its timers stop while the machine sleeps. */
export class MachineClock implements Clock {
  private readonly time: VirtualTime
  private readonly wall: Wall
  private readonly startedAt: number
  private readonly timers = new Set<Timer>()
  private asleep = 0
  private stopped = false

  constructor(time: VirtualTime, wall: Wall) {
    this.time = time
    this.wall = wall
    this.startedAt = time.now
  }

  now(): number {
    return Math.floor(beginning + this.time.now + this.wall.offset)
  }

  /** Starts anew with the process, and stands still while the machine sleeps. */
  monotonic(): number {
    return this.time.now - this.startedAt - this.asleep
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error)
      const timer: Timer = { dueAt: 0, cancel: () => undefined, ring: resolve }
      this.set(timer, Math.ceil(Math.max(0, milliseconds)))
      signal?.addEventListener('abort', () => {
        timer.cancel()
        this.timers.delete(timer)
        if (!this.stopped) reject(signal.reason as Error)
      }, { once: true })
    })
  }

  /** The machine sleeps: every timer rings that much later. */
  suspend(milliseconds: number): void {
    this.asleep += milliseconds
    for (const timer of [...this.timers]) {
      timer.cancel()
      this.set(timer, timer.dueAt - this.time.now + milliseconds)
    }
  }

  /** The process is gone: nobody wakes up any more. */
  stop(): void {
    this.stopped = true
    for (const timer of this.timers) timer.cancel()
    this.timers.clear()
  }

  private set(timer: Timer, delay: number): void {
    if (this.stopped) return
    timer.dueAt = this.time.now + delay
    this.timers.add(timer)
    timer.cancel = this.time.after(delay, () => {
      this.timers.delete(timer)
      timer.ring()
    })
  }
}
