import { AppError } from '../../contract/errors.ts'
import type { DestinationProfile } from './destination.ts'
import type { Limit } from '../limits/limit.ts'
import { interactiveRetry } from '../drivers/retry.ts'

/** How fast a simulator lives; `fast` divides the vendor's windows and delays by 100. */
export type Pace = 'vendor' | 'fast'

const FAST = 100

/** Shortens every wait that a simulator at this pace shortens too. */
export function atPace(profile: DestinationProfile, pace: Pace): DestinationProfile {
  if (pace === 'vendor') return profile
  const retry = profile.retry ?? interactiveRetry
  return {
    ...profile,
    limits: profile.limits.map((limit) => (hasWindow(limit) ? { ...limit, perMs: limit.perMs / FAST } : limit)),
    lateWriteMs: (profile.lateWriteMs ?? profile.requestTimeoutMs) / FAST,
    ...(profile.jobWithinMs === undefined ? {} : { jobWithinMs: profile.jobWithinMs / FAST }),
    consistencyDelayMs: profile.consistencyDelayMs / FAST,
    changeFeedDelayMs: profile.changeFeedDelayMs / FAST,
    jobPollMs: profile.jobPollMs / FAST,
    retry: { ...retry, baseMs: retry.baseMs / FAST, capMs: retry.capMs / FAST },
  }
}

function hasWindow(limit: Limit): limit is Extract<Limit, { perMs: number }> {
  return limit.kind === 'window' || limit.kind === 'record'
}

const numbers = [
  'rowsPerRead',
  'rowsPerReadWithHistory',
  'rowsPerWrite',
  'bytesPerWrite',
  'requestTimeoutMs',
  'lateWriteMs',
  'jobWithinMs',
  'idempotencyLifeMs',
  'consistencyDelayMs',
  'changeFeedDelayMs',
  'jobPollMs',
] as const
const retryNumbers = { retryAttempts: 'attempts', retryBaseMs: 'baseMs', retryCapMs: 'capMs' } as const

/**
 * The profile with a connection's own numbers: those of the profile by name, and each limit by its name
 * (`burst: 100`, and `burstPerMs` for its window).
 */
export function withOverrides(profile: DestinationProfile, limits: Record<string, number>, connection: string): DestinationProfile {
  let result = profile
  for (const [name, value] of Object.entries(limits)) {
    if (!Number.isFinite(value) || value < 0) throw invalid(connection, name, String(value), 'Give a number that is not negative.')
    result = override(result, name, value) ?? fail(profile, connection, name)
  }
  return result
}

function override(profile: DestinationProfile, name: string, value: number): DestinationProfile | undefined {
  if (numbers.some((known) => known === name)) return { ...profile, [name]: value }
  const retry = Object.entries(retryNumbers).find(([known]) => known === name)?.[1]
  if (retry) return { ...profile, retry: { ...(profile.retry ?? interactiveRetry), [retry]: value } }
  if (profile.own && Object.hasOwn(profile.own, name)) return { ...profile, own: { ...profile.own, [name]: value } }
  const limits = profile.limits.map((limit) => overrideLimit(limit, name, value))
  return limits.some((limit, index) => limit !== profile.limits[index]) ? { ...profile, limits } : undefined
}

function overrideLimit(limit: Limit, name: string, value: number): Limit {
  if (hasWindow(limit) && name === `${limit.name}PerMs`) return { ...limit, perMs: value, fixed: true }
  if (name !== limit.name) return limit
  return limit.kind === 'jobs' ? { ...limit, jobs: value, fixed: true } : { ...limit, requests: value, fixed: true }
}

function fail(profile: DestinationProfile, connection: string, name: string): never {
  const known = [...numbers, ...Object.keys(retryNumbers), ...Object.keys(profile.own ?? {}), ...profile.limits.map((limit) => limit.name)]
  throw invalid(connection, name, undefined, `Known limits are: ${known.join(', ')}.`)
}

function invalid(connection: string, name: string, value: string | undefined, next: string): AppError {
  return new AppError('definition-invalid', `The limit ${name} of connection ${connection} is not usable.`, {
    file: `connections/${connection}.yaml`,
    field: `limits.${name}`,
    ...(value === undefined ? {} : { value }),
    next,
  })
}
