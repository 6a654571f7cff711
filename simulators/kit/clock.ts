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

let latestInstant = Number.NaN
let latestText = ''

/** The ISO form that all three vendors use for instants with milliseconds. A batch asks for the same one again and again. */
export function toIso(epochMilliseconds: number): string {
  if (epochMilliseconds === latestInstant) return latestText
  latestText = new Date(epochMilliseconds).toISOString()
  latestInstant = epochMilliseconds
  return latestText
}
