/** When and where a relative date is resolved: an injected instant and the workspace's zone. */
export interface Today {
  /** Milliseconds since the epoch. */
  now: number
  /** IANA zone. */
  timezone: string
}

const DAY_MS = 86_400_000

/** Whether the platform knows the zone. */
export function isTimezone(timezone: string): boolean {
  // The list has no aliases (UTC among them), and costs a fifteenth of the first format.
  if (Intl.supportedValuesOf('timeZone').includes(timezone)) return true
  try {
    new Intl.DateTimeFormat('en-CA', { timeZone: timezone })
    return true
  } catch {
    return false
  }
}

/** The calendar day (YYYY-MM-DD) of an instant in a zone. */
export function dayOf({ now, timezone }: Today): string {
  const parts = dayFormat(timezone).formatToParts(now)
  const part = (type: string) => parts.find((entry) => entry.type === type)?.value ?? ''
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`
}

/** A format costs more to make than a million uses of it. */
const dayFormats = new Map<string, Intl.DateTimeFormat>()

function dayFormat(timezone: string): Intl.DateTimeFormat {
  const known = dayFormats.get(timezone)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, calendar: 'gregory', year: 'numeric', month: '2-digit', day: '2-digit' })
  dayFormats.set(timezone, format)
  return format
}

/** A calendar day some days later (or earlier). */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

/** Whether a text is a day that exists. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

/** Whether a text is an instant with a zone (Z or offset). */
export function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))
}

/**
 * The instant at which a day begins in a zone, also when clocks change at midnight. A day that the zone left out begins
 * with the next one.
 */
export function startOfDay(day: string, timezone: string): number {
  const midnight = Date.parse(`${day}T00:00:00Z`)
  const first = midnight - offsetAt(midnight, timezone)
  const found = [first, midnight - offsetAt(first, timezone)].filter((now) => dayOf({ now, timezone }) === day)
  return found.length > 0 ? Math.min(...found) : startOfDay(addDays(day, 1), timezone)
}

/** How far the zone's wall clock is ahead of UTC at an instant. */
function offsetAt(at: number, timezone: string): number {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const parts = new Map(format.formatToParts(at).map((part) => [part.type, Number(part.value)]))
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return wall - Math.floor(at / 1000) * 1000
}
