import type { Random } from '../ports.ts'

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

/** Retry-After in milliseconds: seconds (fractions too) or an HTTP date. Undefined where it says nothing usable. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim()
  if (!text) return undefined
  const seconds = Number(text)
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : undefined
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
