import type { Raw } from '../../contract/states.ts'

/** Numbers, times, durations and values as people read them. Everything here is pure. */

const numbers = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 })

export function formatNumber(value: number): string {
  return numbers.format(value)
}

export type Noun = { one: string; many: string }

/** "1 person", "3,410 people". */
export function plural(count: number, noun: Noun): string {
  return `${formatNumber(count)} ${count === 1 ? noun.one : noun.many}`
}

/** A share from its counts. A zero denominator is n/a; nearly all is never shown as all. */
export function formatShare(part: number, of: number): string {
  if (of === 0) return 'n/a'
  const percent = (part / of) * 100
  if (part === of) return '100%'
  if (part === 0) return '0%'
  if (percent > 99.9) return '99.9%'
  if (percent < 0.1) return 'under 0.1%'
  return `${percent.toFixed(1)}%`
}

/** Bytes as KB and MB of a thousand. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const units = ['KB', 'MB', 'GB', 'TB'] as const
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3))
  const size = bytes / 1000 ** power
  return `${size.toFixed(size < 10 ? 1 : 0)} ${units[power - 1]}`
}

/** "40 s", "6 min", "2 h 10 min", "3 days". */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  const minutes = Math.round(whole / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  return `${Math.round(hours / 24)} days`
}

/** A range of seconds left: "2 to 4 min left". */
export function formatEta([low, high]: readonly [number, number]): string {
  const from = formatDuration(low)
  const to = formatDuration(high)
  if (from === to) return `about ${to} left`
  const [fromSize, fromUnit] = from.split(' ')
  const [, toUnit] = to.split(' ')
  const short = fromUnit === toUnit && from.split(' ').length === 2
  return `${short ? fromSize : from} to ${to} left`
}

const dayNumber = (at: Date, zone: string): number => {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)
  return Math.round(new Date(`${parts}T00:00:00Z`).getTime() / 86_400_000)
}

const clock = (at: Date, zone: string): string => new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(at)

/** The short name of a zone at an instant: CET, UTC, GMT+2. */
export function zoneName(at: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'short' }).formatToParts(at)
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone
}

/** "just now", "4 min ago", "in 20 min", "today 14:05 CET", "yesterday 16:22 CET", "12 Nov, 09:14 CET". */
export function formatRelative(iso: string, now: Date, zone: string): string {
  const at = new Date(iso)
  const seconds = (now.getTime() - at.getTime()) / 1000
  if (Math.abs(seconds) < 45) return 'just now'
  if (seconds > 0 && seconds < 3600) return `${formatDuration(Math.max(60, seconds))} ago`
  if (seconds < 0 && seconds > -3600) return `in ${formatDuration(Math.max(60, -seconds))}`
  const days = dayNumber(now, zone) - dayNumber(at, zone)
  const time = formatClock(iso, zone)
  if (days === 0) return `today ${time}`
  if (days === 1) return `yesterday ${time}`
  if (days === -1) return `tomorrow ${time}`
  const sameYear = at.getUTCFullYear() === now.getUTCFullYear()
  const date = new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) }).format(at)
  return `${date}, ${time}`
}

/** "12 Nov". */
export function formatDay(iso: string, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: 'numeric', month: 'short' }).format(new Date(iso))
}

/** "14:05 CET". */
export function formatClock(iso: string, zone: string): string {
  const at = new Date(iso)
  return `${clock(at, zone)} ${zoneName(at, zone)}`
}

/** "14:05:09 CET" on the same day, "tomorrow 00:00 CET" on another: when something goes on. */
export function formatUntil(iso: string, now: Date, zone: string): string {
  const at = new Date(iso)
  if (dayNumber(now, zone) !== dayNumber(at, zone)) return formatRelative(iso, now, zone)
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at)
  return `${time} ${zoneName(at, zone)}`
}

/** "Mon 23 Nov 2026, 14:05:09 CET". */
export function formatAbsolute(iso: string, zone: string): string {
  const at = new Date(iso)
  const words = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(at)
  return `${words.replace(',', '')} ${zoneName(at, zone)}`
}

/** A value of a field in words; empty is shown as such, never as nothing. */
export function formatRaw(value: Raw | undefined): string {
  if (value === undefined || value === null || value === '') return '(empty)'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return formatInstantText(value)
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.length === 0 ? '(empty)' : value.map((item) => formatRaw(item)).join(', ')
  return JSON.stringify(value)
}

/** An instant as the engine writes it, as people read it: exactly, and with its zone. Any other text stays as it is. */
function formatInstantText(text: string): string {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d(?:\.\d+)?)Z$/.exec(text) ?? []
  return day === undefined || time === undefined ? text : `${day} ${time} UTC`
}

export function isEmpty(value: Raw | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

/** The first eight characters of an id, in two groups. */
export function shortId(id: string): string {
  return `${id.slice(0, 4)} ${id.slice(4, 8)}`
}

/** First letter upper case, the rest as it is. */
export function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** "5,776 in step, 46 overridden over there, 22 blocked": the parts of an audience that are not empty. */
export function sharesWords({ inStep, kept, blocked, overridden, notSeen }: { inStep: number; kept: number; blocked: number; overridden: number; notSeen: number }): string {
  const parts = [`${formatNumber(inStep)} in step`, ...[[kept, 'kept on purpose'], [blocked, 'blocked'], [overridden, 'overridden over there'], [notSeen, 'not seen']].flatMap(([count, words]) => (count === 0 ? [] : [`${formatNumber(Number(count))} ${words}`]))]
  return parts.join(', ')
}
