const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const INSTANT = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)?)? ?(Z|[+-]\d{2}(?::?\d{2})?)?$/i
const MINUTE = 60_000

/** `YYYY-MM-DD` of a day that exists, years 0001 to 9999. A midnight time without zone or in UTC is dropped. */
export function dateText(input: string): string | undefined {
  const parts = DATE.exec(input)
  if (parts !== null) return dayExists(Number(parts[1]), Number(parts[2]), Number(parts[3])) ? input : undefined
  const instant = instantText(input, 12)
  return instant !== undefined && instant.endsWith('T00:00:00Z') && !hasOffset(input) ? instant.slice(0, 10) : undefined
}

/**
 * An instant as `YYYY-MM-DDTHH:MM:SS[.fraction]Z`, cut (not rounded) to `precision` digits of a second and
 * without trailing zeros. Text without a zone is UTC: extraction sessions run in UTC. A plain date is its midnight.
 */
export function instantText(input: string, precision: number): string | undefined {
  const parts = INSTANT.exec(input)
  if (parts === null) return undefined
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = parts
  if (!dayExists(Number(year), Number(month), Number(day))) return undefined
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  const offset = offsetMinutes(zone)
  if (offset === undefined) return undefined
  const civil = offset === 0 ? `${year}-${month}-${day}T${hour}:${minute}:${second}` : shifted(parts, offset)
  return civil === undefined ? undefined : `${civil}${fractionText(fraction, precision)}Z`
}

/** The instant of a number of milliseconds since 1970, for destinations that speak epoch time. */
export function instantOfEpoch(milliseconds: number, precision = 3): string | undefined {
  const date = new Date(milliseconds)
  return Number.isNaN(date.getTime()) ? undefined : instantText(date.toISOString(), precision)
}

function hasOffset(input: string): boolean {
  const zone = INSTANT.exec(input)?.[8]
  return zone !== undefined && offsetMinutes(zone) !== 0
}

function fractionText(fraction: string, precision: number): string {
  let end = Math.min(fraction.length, precision)
  while (end > 0 && fraction.charCodeAt(end - 1) === 48) end--
  return end === 0 ? '' : `.${fraction.slice(0, end)}`
}

function offsetMinutes(zone: string): number | undefined {
  if (zone === 'Z' || zone === 'z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = zone.length > 3 ? Number(zone.slice(-2)) : 0
  if (hours > 18 || minutes > 59) return undefined
  const total = hours * 60 + minutes
  return zone.startsWith('-') ? -total : total
}

function shifted(parts: RegExpExecArray, offset: number): string | undefined {
  const date = new Date(0)
  // Not Date.UTC: it takes the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]))
  date.setUTCHours(Number(parts[4] ?? 0), Number(parts[5] ?? 0), Number(parts[6] ?? 0), 0)
  const moved = new Date(date.getTime() - offset * MINUTE)
  const year = moved.getUTCFullYear()
  return year < 1 || year > 9999 ? undefined : moved.toISOString().slice(0, 19)
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function dayExists(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day <= (month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0))
}
