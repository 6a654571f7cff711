/** People read no faster, and drawing more often only makes the window slow. */
const LEAST_BETWEEN_MS = 100

export interface Coalescer<Value> {
  /** Hands the value on at once, or the latest one of its name when the last is old enough. */
  push: (name: string, value: Value) => void
  /** What waits under a name is out of date. */
  drop: (name: string) => void
}

/** At most ten values a second of each name; the latest is never lost. */
export function coalesce<Value>(show: (value: Value) => void): Coalescer<Value> {
  const waiting = new Map<string, { value: Value } | undefined>()
  const later = (name: string): void => {
    setTimeout(() => {
      const latest = waiting.get(name)
      waiting.delete(name)
      if (latest === undefined) return
      waiting.set(name, undefined)
      later(name)
      show(latest.value)
    }, LEAST_BETWEEN_MS)
  }
  return {
    push(name, value) {
      if (waiting.has(name)) {
        waiting.set(name, { value })
        return
      }
      waiting.set(name, undefined)
      later(name)
      show(value)
    },
    drop(name) {
      if (waiting.has(name)) waiting.set(name, undefined)
    },
  }
}
