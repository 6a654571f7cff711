import type { Pace } from '../kit/pace.ts'
import { createFixedWindow } from '../kit/rate-window.ts'
import type { Admission, RateWindow } from '../kit/rate-window.ts'
import type { Gate, Route } from '../kit/simulator.ts'
import { refusal } from './errors.ts'

/** The vendor's published numbers; each can be overridden. Durations are in vendor milliseconds. */
export const marketingProfile = {
  trackRequests: 3_000,
  trackWindow: 3_000,
  exportRequests: 250,
  deleteRequests: 20_000,
  discoveryRequests: 1_000,
  otherRequests: 250_000,
  /** 50 for contracts since 2024. */
  attributesPerRequest: 75,
  eventsPerRequest: 75,
  idsPerExport: 50,
  idsPerDelete: 50,
  attributesPerPage: 50,
  applyDelay: 100,
}

export type MarketingProfile = typeof marketingProfile

const MINUTE = 60_000
const HOUR = 3_600_000

/** Each call has a window of its own; header names are in lower case, as the vendor documents them. */
export function createGate(profile: MarketingProfile, pace: Pace) {
  const windows: Record<string, RateWindow> = {
    track: createFixedWindow(profile.trackRequests, pace.scale(profile.trackWindow)),
    export: createFixedWindow(profile.exportRequests, pace.scale(MINUTE)),
    delete: createFixedWindow(profile.deleteRequests, pace.scale(MINUTE)),
    discovery: createFixedWindow(profile.discoveryRequests, pace.scale(HOUR)),
  }
  const other = createFixedWindow(profile.otherRequests, pace.scale(HOUR))
  return {
    admit(route: Route, now: number): Gate {
      const admission = ((route.limit === undefined ? undefined : windows[route.limit]) ?? other).take(now)
      const shown = headers(admission, now)
      return admission.allowed ? { headers: shown } : { headers: shown, refused: refusal(429, 'Rate limit exceeded') }
    },
    reset(): void {
      for (const window of [...Object.values(windows), other]) window.reset()
    },
  }
}

function headers({ limit, remaining, resetIn }: Admission, now: number): Record<string, string> {
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(Math.ceil((now + resetIn) / 1000)),
  }
}
