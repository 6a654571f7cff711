/** A stream that shows the newest value: who reads slowly misses what was in between, never the end. */
export interface Latest<T> {
  push: (value: T) => void
  end: () => void
  values(): AsyncGenerator<T>
}

/** Ends also when the signal says so. */
export function latestOf<T>(signal?: AbortSignal): Latest<T> {
  let newest: { value: T } | undefined
  let ended = signal?.aborted ?? false
  let wake: (() => void) | undefined

  function end(): void {
    ended = true
    wake?.()
  }
  signal?.addEventListener('abort', end, { once: true })

  return {
    push(value) {
      newest = { value }
      wake?.()
    },
    end,
    async *values() {
      for (;;) {
        if (newest) {
          const { value } = newest
          newest = undefined
          yield value
        } else if (ended) {
          return
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve
          })
          wake = undefined
        }
      }
    },
  }
}
