import type { Clock } from '../ports/ports.ts'

/** A clock that stands still until a test moves it. */
export interface FakeClock extends Clock {
  /** Moves time on, waking sleepers in order. */
  advance(milliseconds: number): Promise<void>
  /** Moves from sleeper to sleeper until the promise settles. */
  runUntil<T>(promise: Promise<T>): Promise<T>
  /** How many are asleep. */
  sleepers(): number
}

interface Sleeper {
  at: number
  wake: () => void
}

/** Lets everything that can go on without time passing go on. */
async function settle(): Promise<void> {
  for (let round = 0; round < 50; round += 1) await Promise.resolve()
}

/** Starts at a fixed instant, so that recorded times are the same in every run. */
export function createFakeClock(start = Date.parse('2026-01-05T09:00:00Z')): FakeClock {
  let elapsed = 0
  let sleeping: Sleeper[] = []

  function nextSleeper(limit: number): Sleeper | undefined {
    const due = sleeping.filter((sleeper) => sleeper.at <= limit).sort((one, other) => one.at - other.at)[0]
    if (due) sleeping = sleeping.filter((sleeper) => sleeper !== due)
    return due
  }

  async function advance(milliseconds: number): Promise<void> {
    const target = elapsed + milliseconds
    await settle()
    for (let due = nextSleeper(target); due; due = nextSleeper(target)) {
      elapsed = Math.max(elapsed, due.at)
      due.wake()
      await settle()
    }
    elapsed = target
    await settle()
  }

  return {
    now: () => start + elapsed,
    monotonic: () => elapsed,
    sleep(milliseconds, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason as Error)
        const sleeper: Sleeper = { at: elapsed + Math.max(0, milliseconds), wake: resolve }
        sleeping.push(sleeper)
        signal?.addEventListener('abort', () => {
          sleeping = sleeping.filter((other) => other !== sleeper)
          reject(signal.reason as Error)
        }, { once: true })
      })
    },
    advance,
    async runUntil(promise) {
      let settled = false
      const done = () => { settled = true }
      promise.then(done, done)
      await settle()
      for (let idle = 0; !settled && idle < 100; ) {
        const first = Math.min(...sleeping.map((sleeper) => sleeper.at))
        if (Number.isFinite(first)) await advance(first - elapsed)
        else idle += 1
        await settle()
      }
      if (!settled) throw new Error('Nothing is asleep, and the promise is still open')
      return promise
    },
    sleepers: () => sleeping.length,
  }
}
