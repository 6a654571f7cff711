const LOOK_MS = 1000

/** Runs `end` once, on the first signal or when the process that started this one is gone: no server outlives its terminal. */
export function endWithParent(end: () => Promise<void>): void {
  const parent = process.ppid
  let ending = false
  const once = (): void => {
    if (ending) return
    ending = true
    clearInterval(timer)
    end().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  const timer = setInterval(() => {
    if (process.ppid !== parent) once()
  }, LOOK_MS)
  timer.unref()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, once)
}
