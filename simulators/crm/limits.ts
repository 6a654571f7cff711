import type { Pace } from '../kit/pace.ts'
import { createFixedWindow, createRollingWindow } from '../kit/rate-window.ts'
import type { Gate, Route } from '../kit/simulator.ts'
import { refusal } from './errors.ts'

/** The vendor's published numbers; each can be overridden. Durations are in vendor milliseconds. */
export const crmProfile = {
  burstRequests: 190,
  burstWindow: 10_000,
  dailyRequests: 650_000,
  searchRequests: 5,
  searchWindow: 1_000,
  searchDelay: 2_000,
  batchInputs: 100,
  batchInputsWithHistory: 50,
  searchPage: 200,
  searchTotal: 10_000,
  listPage: 100,
}

export type CrmProfile = typeof crmProfile

const DAY = 86_400_000

/** Counts requests as the CRM does: search apart from the rest, and without headers on its answers. */
export function createGate(profile: CrmProfile, pace: Pace) {
  const burstWindow = pace.scale(profile.burstWindow)
  const burst = createRollingWindow(profile.burstRequests, burstWindow)
  const daily = createFixedWindow(profile.dailyRequests, pace.scale(DAY))
  const search = createRollingWindow(profile.searchRequests, pace.scale(profile.searchWindow))

  return {
    admit(route: Route, now: number): Gate {
      if (route.limit === 'search') {
        return search.take(now).allowed ? { headers: {} } : { headers: {}, refused: rateLimited('SECONDLY') }
      }
      const inBurst = burst.take(now)
      if (!inBurst.allowed) return { headers: headers(inBurst.remaining, 0), refused: rateLimited('TEN_SECONDLY_ROLLING') }
      const inDay = daily.take(now)
      if (!inDay.allowed) return { headers: headers(inBurst.remaining, 0), refused: rateLimited('DAILY') }
      return { headers: headers(inBurst.remaining, inDay.remaining) }
    },
    reset(): void {
      burst.reset()
      daily.reset()
      search.reset()
    },
  }

  function headers(burstRemaining: number, dailyRemaining: number): Record<string, string> {
    return {
      'X-HubSpot-RateLimit-Daily': String(profile.dailyRequests),
      'X-HubSpot-RateLimit-Daily-Remaining': String(dailyRemaining),
      'X-HubSpot-RateLimit-Interval-Milliseconds': String(Math.ceil(burstWindow)),
      'X-HubSpot-RateLimit-Max': String(profile.burstRequests),
      'X-HubSpot-RateLimit-Remaining': String(burstRemaining),
    }
  }
}

function rateLimited(policyName: 'TEN_SECONDLY_ROLLING' | 'DAILY' | 'SECONDLY') {
  const limit = policyName.toLowerCase()
  return refusal(429, 'RATE_LIMITS', `You have reached your ${limit} limit.`, { errorType: 'RATE_LIMIT', policyName })
}
