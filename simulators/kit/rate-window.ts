/** What a rate window says about one request. */
export type Admission = {
  readonly allowed: boolean
  readonly limit: number
  readonly remaining: number
  /** Milliseconds until the window has room again. */
  readonly resetIn: number
}

/** Counts requests over a window; refused requests are not counted. */
export type RateWindow = {
  take(now: number): Admission
  reset(): void
}

/** At most `limit` requests in any stretch of `window` milliseconds. */
export function createRollingWindow(limit: number, window: number): RateWindow {
  const times = new Float64Array(limit).fill(Number.NEGATIVE_INFINITY)
  let next = 0
  let oldest = 0
  let inside = 0

  function forgetExpired(now: number): void {
    while (inside > 0 && (times[oldest] ?? 0) <= now - window) {
      oldest = (oldest + 1) % limit
      inside -= 1
    }
  }

  return {
    take(now) {
      forgetExpired(now)
      const allowed = inside < limit
      if (allowed) {
        times[next] = now
        next = (next + 1) % limit
        inside += 1
      }
      return { allowed, limit, remaining: limit - inside, resetIn: (times[oldest] ?? now) + window - now }
    },
    reset() {
      next = 0
      oldest = 0
      inside = 0
    },
  }
}

/** At most `limit` requests in each window that starts with the first request after the last one ended. */
export function createFixedWindow(limit: number, window: number): RateWindow {
  let startedAt = Number.NEGATIVE_INFINITY
  let used = 0
  return {
    take(now) {
      if (now - startedAt >= window) {
        startedAt = now
        used = 0
      }
      const allowed = used < limit
      if (allowed) used += 1
      return { allowed, limit, remaining: limit - used, resetIn: startedAt + window - now }
    },
    reset() {
      startedAt = Number.NEGATIVE_INFINITY
      used = 0
    },
  }
}
