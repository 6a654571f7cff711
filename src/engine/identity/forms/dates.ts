import type { KeyPart } from '../../../contract/identity.ts'
import { foldText } from './fold.ts'
import { invalid, missing, one } from './key-value.ts'
import type { KeyValue } from './key-value.ts'

export type DateOrder = NonNullable<KeyPart['order']>

/** Two-digit years up to here belong to this century. */
const PIVOT = 30

const MONTHS = new Map('jan feb mar apr may jun jul aug sep oct nov dec'.split(' ').map((name, at) => [name, at + 1]))

interface Parts {
  year: number
  month: number
  day: number
}

/** A calendar day as `1978-12-11`. Days that forms fill in by themselves (1900-01-01, 9999-12-31) identify nobody. */
export function dateValue(raw: string, order: DateOrder): KeyValue {
  const text = foldText(raw.trim())
  if (text === '') return missing
  const parts = yearFirst(text) ?? yearLast(text, order) ?? monthNamed(text)
  if (parts === undefined || !isDay(parts)) return invalid(raw, 'is no date')
  const { year, month, day } = parts
  if (year < 1870 || year > 2100 || (year === 1900 && month === 1 && day === 1)) return invalid(raw, 'is a placeholder, not a date')
  const [first, second] = order === 'any' && day <= 12 ? [Math.min(month, day), Math.max(month, day)] : [month, day]
  return one(`${year}-${two(first)}-${two(second)}`)
}

function yearFirst(text: string): Parts | undefined {
  const match = /^(\d{4})([-/. ]?)(\d{1,2})\2(\d{1,2})(?:[t ]\d.*)?$/.exec(text)
  // Without marks only eight digits are clear.
  if (!match || (match[2] === '' && !/^\d{8}(?:t.*)?$/.test(text))) return undefined
  return { year: Number(match[1]), month: Number(match[3]), day: Number(match[4]) }
}

function yearLast(text: string, order: DateOrder): Parts | undefined {
  const match = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})(?:[t ]\d.*)?$/.exec(text)
  if (!match) return undefined
  const [one, other, year] = [Number(match[1]), Number(match[3]), fullYear(match[4] ?? '')]
  const monthFirst = order === 'day first' ? other > 12 : one <= 12
  return monthFirst ? { year, month: one, day: other } : { year, month: other, day: one }
}

/** `Mar 1 1970`, `March 1st, 1970`, `24-May-11`. */
function monthNamed(text: string): Parts | undefined {
  const monthFirst = /^([a-z]{3,9})\.?[ -]+(\d{1,2})(?:st|nd|rd|th)?,?[ -]+(\d{4}|\d{2})$/.exec(text)
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th|\.)?[ -]*([a-z]{3,9})\.?,?[ -]*(\d{4}|\d{2})$/.exec(text)
  const [name, day, year] = monthFirst ? monthFirst.slice(1) : [dayFirst?.[2], dayFirst?.[1], dayFirst?.[3]]
  const month = MONTHS.get((name ?? '').slice(0, 3))
  return month === undefined ? undefined : { year: fullYear(year ?? ''), month, day: Number(day) }
}

function fullYear(text: string): number {
  const year = Number(text)
  return text.length === 4 ? year : year <= PIVOT ? 2000 + year : 1900 + year
}

function isDay({ year, month, day }: Parts): boolean {
  if (month < 1 || month > 12 || day < 1) return false
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
