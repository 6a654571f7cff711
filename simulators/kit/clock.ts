/** The simulator's time in epoch milliseconds; never runs backwards. */
export type Clock = { now(): number }

/** A clock that starts at `startAt` (or at the real time) and runs with the machine. */
export function createClock(startAt?: number): Clock {
  const offset = startAt === undefined ? 0 : startAt - Date.now()
  let latest = 0
  return {
    now() {
      const reading = Date.now() + offset
      if (reading > latest) latest = reading
      return latest
    },
  }
}

/** The ISO form that all three vendors use for instants with milliseconds. */
export function toIso(epochMilliseconds: number): string {
  return new Date(epochMilliseconds).toISOString()
}
