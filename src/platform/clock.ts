import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises'
import type { Clock } from '../engine/ports/ports.ts'

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  turn: () => nextTurn(),
  sleep: async (milliseconds, signal) => {
    try {
      await delay(Math.max(0, milliseconds), undefined, { signal })
    } catch (error) {
      // Node wraps the reason in an AbortError of its own; callers compare with the reason they gave.
      throw signal?.aborted ? signal.reason : error
    }
  },
}
