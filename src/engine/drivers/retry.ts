import { elapsedOf } from '../limits/elapsed.ts'
import type { Clock, Random } from '../ports/ports.ts'

export interface RetryPolicy {
  attempts: number
  baseMs: number
  capMs: number
}

/** For a person or a run that waits; background repeats are new runs. */
export const interactiveRetry: RetryPolicy = { attempts: 8, baseMs: 1000, capMs: 60_000 }

/** Full jitter: anywhere between nothing and the doubled, capped base. `attempt` counts from 1. */
export function jitterMs(policy: RetryPolicy, attempt: number, random: Random): number {
  return random.next() * Math.min(policy.capMs, policy.baseMs * 2 ** (attempt - 1))
}

/**
 * Retry-After in milliseconds: seconds (fractions too) or an HTTP date. A date is taken against the answer's own Date where
 * it has one, so that a clock that is wrong here does no harm. Undefined where it says nothing usable.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const text = headers['retry-after']?.trim()
  if (!text) return undefined
  const seconds = Number(text)
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : undefined
  const date = Date.parse(text)
  if (Number.isNaN(date)) return undefined
  const theirs = Date.parse(headers['date'] ?? '')
  return Math.max(0, date - (Number.isNaN(theirs) ? now : theirs))
}

const mostRepeats = 40
const earnedPerAnswer = 0.1
const earnedPerMs = 1 / 10_000

/**
 * How many repeats all users of a connection may spend together. Answers earn some, and so does time, so that an outage is
 * met with few requests however many batches wait for it, and a single hiccup with as many as it takes.
 */
export class RetryBudget {
  private readonly elapsed: () => number
  private left = mostRepeats
  private at: number

  constructor(clock: Pick<Clock, 'now' | 'monotonic'>) {
    this.elapsed = elapsedOf(clock)
    this.at = this.elapsed()
  }

  answered(): void {
    this.left = Math.min(mostRepeats, this.left + earnedPerAnswer)
  }

  /** Whether one more repeat may be made. */
  take(): boolean {
    const now = this.elapsed()
    this.left = Math.min(mostRepeats, this.left + (now - this.at) * earnedPerMs)
    this.at = now
    if (this.left < 1) return false
    this.left -= 1
    return true
  }
}
