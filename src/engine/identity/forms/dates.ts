import type { KeyPart } from '../../../contract/identity.ts'
import { foldText } from './fold.ts'
import { invalid, missing, one, placeholder } from './key-value.ts'
import type { KeyValue } from './key-value.ts'
import type { Months } from '../../values/month-names.ts'
import type { Placeholders } from './placeholders.ts'

export type DateOrder = NonNullable<KeyPart['order']>

/** What the rules say of dates. */
export interface DateRules {
  order: DateOrder
  /** The first and the last day that is believed, as `1870-01-01`. */
  earliest: string | undefined
  latest: string | undefined
  months: Months
  placeholders: Placeholders
}

/** Two-digit years up to here belong to this century. */
const PIVOT = 30

interface Parts {
  year: number
  month: number
  day: number
}

/** A calendar day as `1978-12-11`. What stands for none, and which days are believed, the rules say. */
export function dateValue(raw: string, { order, earliest, latest, months, placeholders }: DateRules): KeyValue {
  const text = foldText(raw.normalize('NFKC').trim())
  if (text === '') return missing
  if (placeholders.has(text)) return placeholder(raw, 'a date')
  const parts = yearFirst(text) ?? yearLast(text, order) ?? monthNamed(text, months)
  if (parts === undefined || !isDay(parts)) return invalid(raw, 'is no date')
  const day = isoOf(parts.year, parts.month, parts.day)
  if (placeholders.has(day)) return placeholder(raw, 'a date')
  if (earliest !== undefined && day < earliest) return invalid(raw, `is before ${earliest}, the earliest day of the rules`, 'before the earliest')
  if (latest !== undefined && day > latest) return invalid(raw, `is after ${latest}, the latest day of the rules`, 'after the latest')
  if (order !== 'any' || parts.day > 12) return one(day)
  return one(isoOf(parts.year, Math.min(parts.month, parts.day), Math.max(parts.month, parts.day)))
}

function yearFirst(text: string): Parts | undefined {
  const written = /^(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?$/.exec(text)
  const match = written ?? /^(\d{4})([-/. ]?)(\d{1,2})\2(\d{1,2})\.?(?:[t ]\d.*)?$/.exec(text)
  if (!match) return undefined
  if (written) return { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }
  // Without marks only eight digits are clear.
  if (match[2] === '' && !/^\d{8}(?:t.*)?$/.test(text)) return undefined
  return { year: Number(match[1]), month: Number(match[3]), day: Number(match[4]) }
}

function yearLast(text: string, order: DateOrder): Parts | undefined {
  const match = /^(\d{1,2})(\. ?|[-/ ])(\d{1,2})\2(\d{4}|\d{2})\.?(?:[t ]\d.*)?$/.exec(text)
  if (!match) return undefined
  const [one, other, year] = [Number(match[1]), Number(match[3]), fullYear(match[4] ?? '')]
  const monthFirst = order === 'day first' ? other > 12 : one <= 12
  return monthFirst ? { year, month: one, day: other } : { year, month: other, day: one }
}

/** Words between day, month and year: 12 de marzo de 1961, the 3rd of May, den 12 mars. */
const BETWEEN = new Set('de del di da of the den der am le el il anno'.split(' '))

/** `Mar 1 1970`, `March 1st, 1970`, `24-May-11`, `12. März 1961`, `1961. március 12.`, in the languages of the rules. */
function monthNamed(text: string, months: Months): Parts | undefined {
  const words = text
    .replace(/[ t,]+\d{1,2}:\d{2}.*$/, '')
    .replace(/['’ʼ]/g, '')
    .split(/[\s,./-]+|(?<=\d)(?=\p{L})|(?<=\p{L})(?=\d)/u)
    .filter((word) => word !== '' && !BETWEEN.has(word))
  const numbers = words.filter((word) => /^\d+$/.test(word))
  const named = words.map((word) => (/^\p{L}+$/u.test(word) ? months.numberOf(word) : undefined)).filter((month) => month !== undefined)
  const ordinals = words.filter((word) => /^(?:st|nd|rd|th|er|re|o|a|e)$/.test(word)).length
  if (named.length !== 1 || numbers.length !== 2 || words.length - ordinals !== 3) return undefined
  const [first = '', second = ''] = numbers
  const [year, day] = first.length === 4 ? [first, second] : [second, first]
  if (day.length > 2 || (year.length !== 4 && year.length !== 2)) return undefined
  return { year: fullYear(year), month: named[0] ?? 0, day: Number(day) }
}

function fullYear(text: string): number {
  const year = Number(text)
  return text.length === 4 ? year : year <= PIVOT ? 2000 + year : 1900 + year
}

function isDay({ year, month, day }: Parts): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return day <= (days[month - 1] ?? 0)
}

function isoOf(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
