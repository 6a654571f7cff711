import type { Pace } from '../kit/pace.ts'
import { createFixedWindow } from '../kit/rate-window.ts'
import type { Admission, RateWindow } from '../kit/rate-window.ts'
import type { Reply } from '../kit/reply.ts'
import type { Gate, Route } from '../kit/simulator.ts'
import { refusal } from './errors.ts'

/** The vendor's published numbers (Enterprise plan); each can be overridden. Durations are in vendor milliseconds. */
export const supportProfile = {
  requestsPerMinute: 700,
  singleUpdatesPerSecond: 1,
  updatesPerUserPerMinute: 5,
  incrementalPerMinute: 10,
  /** 0 where the vendor has not enabled bulk import for the account, which is how accounts start. */
  bulkImport: 1,
  usersPerJob: 100,
  usersPerRead: 100,
  activeJobs: 30,
  jobWorkers: 5,
  jobTimePerUser: 20,
  jobTimeAtLeast: 200,
  jobsKept: 100,
  jobLife: 3_600_000,
  searchDelay: 10_000,
  searchTotal: 10_000,
  incrementalDelay: 60_000,
  incrementalPage: 1_000,
}

export type SupportProfile = typeof supportProfile

const MINUTE = 60_000

/** Counts requests against the account's minute and, for some calls, against a limit of their own. */
export function createGate(profile: SupportProfile, pace: Pace) {
  const account = createFixedWindow(profile.requestsPerMinute, pace.scale(MINUTE))
  const own = new Map<string, RateWindow>([
    ['single', createFixedWindow(profile.singleUpdatesPerSecond, pace.scale(1_000))],
    ['incremental', createFixedWindow(profile.incrementalPerMinute, pace.scale(MINUTE))],
  ])
  return {
    admit(route: Route, now: number): Gate {
      const special = route.limit === undefined ? undefined : own.get(route.limit)?.take(now)
      if (special && !special.allowed) return { headers: headers(special), refused: tooManyRequests(special) }
      const admission = account.take(now)
      if (!admission.allowed) return { headers: headers(admission), refused: tooManyRequests(admission) }
      return { headers: headers(admission) }
    },
    reset(): void {
      account.reset()
      for (const window of own.values()) window.reset()
    },
  }
}

function headers({ limit, remaining, resetIn }: Admission): Record<string, string> {
  return {
    'X-Rate-Limit': String(limit),
    'X-Rate-Limit-Remaining': String(remaining),
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': seconds(resetIn),
  }
}

/** The refusal with the whole seconds to wait, which the vendor rounds up. */
export function tooManyRequests({ resetIn }: Admission): Reply {
  return refusal(429, 'APIRateLimitExceeded', 'Number of allowed API requests per minute exceeded', {
    'Retry-After': seconds(resetIn),
  })
}

function seconds(milliseconds: number): string {
  return String(Math.max(1, Math.ceil(milliseconds / 1000)))
}
