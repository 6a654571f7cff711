import type { Clock } from '../ports/ports.ts'

/** The two clocks differ a little all the time; only more than this is sleep, or somebody who set the clock. */
const notableMs = 2000

/**
 * Time that has passed, in milliseconds, also while the machine slept: monotonic clocks may stand still then. A wall clock
 * that runs ahead of the monotonic one is believed (at worst a limit is tried too early and refuses); one that was set back
 * is not.
 */
export function elapsedOf(clock: Pick<Clock, 'now' | 'monotonic'>): () => number {
  let slept = 0
  let ahead = clock.now() - clock.monotonic()
  return () => {
    const monotonic = clock.monotonic()
    const jump = clock.now() - monotonic - ahead
    if (Math.abs(jump) > notableMs) {
      ahead += jump
      slept += Math.max(0, jump)
    }
    return monotonic + slept
  }
}
