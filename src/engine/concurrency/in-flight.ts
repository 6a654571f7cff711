/**
 * At most `most` tasks at a time. `add` waits for a free place, so a producer cannot run ahead of the work;
 * the first failure is thrown by the next `add` or by `drain`, and no new task starts after it.
 */
export function inFlight(most: number): { add(task: () => Promise<void>): Promise<void>; drain(): Promise<void> } {
  const running = new Set<Promise<void>>()
  let failure: { error: unknown } | undefined

  function throwFailure(): void {
    if (failure) throw failure.error
  }

  return {
    async add(task) {
      while (running.size >= most && !failure) await Promise.race(running)
      throwFailure()
      const started = task()
        .catch((error: unknown) => {
          failure ??= { error }
        })
        .finally(() => running.delete(started))
      running.add(started)
    },
    async drain() {
      await Promise.all(running)
      throwFailure()
    },
  }
}
