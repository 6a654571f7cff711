import type { Pace } from '../kit/pace.ts'
import { createFixedWindow } from '../kit/rate-window.ts'
import type { RateWindow } from '../kit/rate-window.ts'
import { ReplyError } from '../kit/reply.ts'
import { tooManyRequests } from './limits.ts'
import type { SupportProfile } from './limits.ts'

/** Users that are watched at a time; the watch starts anew when there are more. */
const WATCHED_USERS = 10_000

/** Refuses more than a few updates of the same user in a minute. */
export function createUserLimit(profile: SupportProfile, pace: Pace): (id: string, now: number) => void {
  const windows = new Map<string, RateWindow>()
  return (id, now) => {
    if (windows.size > WATCHED_USERS) windows.clear()
    const window = windows.get(id) ?? createFixedWindow(profile.updatesPerUserPerMinute, pace.scale(60_000))
    windows.set(id, window)
    const admission = window.take(now)
    if (!admission.allowed) throw new ReplyError(tooManyRequests(admission))
  }
}
