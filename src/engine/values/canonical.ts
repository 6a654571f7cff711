import type { ValueType } from '../../contract/definitions.ts'
import type { Raw } from '../../contract/states.ts'
import { assertNever } from '../../contract/assert-never.ts'
import { dateText, instantText } from './calendar.ts'
import { decimalText } from './decimal.ts'
import { canonicalJson } from './json.ts'

/** Canonical form with a type tag; null = empty. */
export type Canonical = string | null

/**
 * The canonical form of a value (semantics §1): one string with a type tag, so that two values are equal exactly when
 * their text is, in SQL, in a hash and here. null = empty.
 *
 *   s:text          NFC                              d:2026-03-29                  date
 *   n:-12.5         exact decimal                    t:2026-03-29T01:00:00Z        instant in UTC
 *   b:true          boolean                          x:["s:a","s:b"]               set, sorted and unique
 *   j:{"a":1}       JSON as RFC 8785                 l:["s:b",null,"s:a"]          list, in order
 */
export type CanonicalResult = { ok: true; value: Canonical } | { ok: false; message: string }

export interface CanonicalOptions {
  /** Drops white space around text. */
  trim?: boolean
  /** Instants: digits of a second kept. */
  precision?: number
}

/** Digits of a second that are kept where nothing is declared: most systems keep milliseconds. */
export const DEFAULT_INSTANT_PRECISION = 3

const EMPTY: CanonicalResult = { ok: true, value: null }
const TRUE: CanonicalResult = { ok: true, value: 'b:true' }
const FALSE: CanonicalResult = { ok: true, value: 'b:false' }
const NONE: CanonicalOptions = {}

const BOOLEAN_WORDS: Record<string, CanonicalResult> = { true: TRUE, yes: TRUE, '1': TRUE, false: FALSE, no: FALSE, '0': FALSE }

/** Brings a value from the warehouse or from a destination into canonical form, or says in words why it cannot. */
export function canonicalise(type: ValueType, input: unknown, options: CanonicalOptions = NONE): CanonicalResult {
  if (input === null || input === undefined || input === '') return EMPTY
  switch (type) {
    case 'string':
      return canonicalText(input, options.trim === true)
    case 'number':
      return canonicalNumber(input)
    case 'boolean':
      return canonicalBoolean(input)
    case 'date':
      return canonicalDate(input)
    case 'instant':
      return canonicalInstant(input, options.precision ?? DEFAULT_INSTANT_PRECISION)
    case 'set':
    case 'list':
      return canonicalItems(type, input, options)
    case 'json':
      return canonicalDocument(input)
    default:
      return assertNever(type)
  }
}

/** The text behind the tag. */
export function textOf(canonical: string): string {
  return canonical.slice(2)
}

/** The canonical items of a set or list. */
export function itemsOf(canonical: string): Canonical[] {
  return JSON.parse(canonical.slice(2)) as Canonical[]
}

/** The set or list of canonical items; without any it is empty. */
export function canonicalOfItems(type: 'set' | 'list', items: Canonical[]): Canonical {
  if (type === 'list') return items.length === 0 ? null : `l:${JSON.stringify(items)}`
  const present = [...new Set(items.filter((item) => item !== null))].sort()
  return present.length === 0 ? null : `x:${JSON.stringify(present)}`
}

/** The JSON value of a canonical one. A number that JavaScript cannot hold exactly stays text. */
export function plainOf(canonical: Canonical): Raw {
  if (canonical === null) return null
  const text = canonical.slice(2)
  switch (canonical.charCodeAt(0)) {
    case 110: // n
      return decimalText(Number(text)) === text ? Number(text) : text
    case 98: // b
      return text === 'true'
    case 120: // x
    case 108: // l
      return itemsOf(canonical).map(plainOf)
    case 106: // j
      return JSON.parse(text) as Raw
    default:
      return text
  }
}

/** A canonical value as people read it. */
export function showCanonical(canonical: Canonical): string {
  if (canonical === null) return 'no value'
  const text = canonical.slice(2)
  if (canonical.startsWith('t:')) return `${text.slice(0, 10)} ${text.slice(11, -1)} UTC`
  if (canonical.startsWith('x:') || canonical.startsWith('l:')) return itemsOf(canonical).map(showCanonical).join(', ')
  return text
}

/** A value as it stands in a message: quoted text, at most 60 characters of it. */
export function quoted(input: unknown): string {
  const text = typeof input === 'string' ? input : typeof input === 'object' ? JSON.stringify(input) : String(input)
  return text.length > 60 ? `“${text.slice(0, 59)}…”` : `“${text}”`
}

function failed(input: unknown, what: string): CanonicalResult {
  return { ok: false, message: `${quoted(input)} is not ${what}` }
}

function canonicalText(input: unknown, trim: boolean): CanonicalResult {
  switch (typeof input) {
    case 'string':
      return tagText(input, trim)
    case 'number':
    case 'bigint': {
      const decimal = decimalText(input)
      return decimal === undefined ? failed(input, 'text') : { ok: true, value: `s:${decimal}` }
    }
    case 'boolean':
      return { ok: true, value: input ? 's:true' : 's:false' }
    case 'object':
      if (input instanceof Date && !Number.isNaN(input.getTime())) return { ok: true, value: `s:${input.toISOString()}` }
      return failed(input, 'text')
    case 'undefined':
    case 'function':
    case 'symbol':
      return failed(input, 'text')
  }
}

function tagText(input: string, trim: boolean): CanonicalResult {
  const text = trim ? input.trim() : input
  if (text === '') return EMPTY
  if (needsNoCare(text)) return { ok: true, value: `s:${text}` }
  if (!text.isWellFormed()) return { ok: false, message: `${quoted(text.toWellFormed())} holds a broken character` }
  return { ok: true, value: `s:${text.normalize('NFC')}` }
}

/** Below U+0300 nothing combines and nothing is a surrogate; this spares most rows the call into ICU. */
function needsNoCare(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) >= 0x300) return false
  }
  return true
}

function canonicalNumber(input: unknown): CanonicalResult {
  if (typeof input === 'number' || typeof input === 'bigint' || typeof input === 'string') {
    if (typeof input === 'string' && input.trim() === '') return EMPTY
    const decimal = decimalText(input)
    if (decimal !== undefined) return { ok: true, value: `n:${decimal}` }
  }
  return failed(input, 'a number')
}

function canonicalBoolean(input: unknown): CanonicalResult {
  if (typeof input === 'boolean') return input ? TRUE : FALSE
  if (typeof input === 'object') return failed(input, 'true or false')
  const word = String(input).trim().toLowerCase()
  if (word === '') return EMPTY
  return Object.hasOwn(BOOLEAN_WORDS, word) ? (BOOLEAN_WORDS[word] ?? EMPTY) : failed(input, 'true or false')
}

function canonicalDate(input: unknown): CanonicalResult {
  const text = calendarInput(input)
  if (text === '') return EMPTY
  const date = text === undefined ? undefined : dateText(text)
  return date === undefined ? failed(input, 'a date such as 2026-03-29') : { ok: true, value: `d:${date}` }
}

function canonicalInstant(input: unknown, precision: number): CanonicalResult {
  const text = calendarInput(input)
  if (text === '') return EMPTY
  const instant = text === undefined ? undefined : instantText(text, precision)
  return instant === undefined ? failed(input, 'a time such as 2026-03-29T01:00:00Z') : { ok: true, value: `t:${instant}` }
}

/** Numbers are refused: nobody can tell seconds from milliseconds. A destination that knows converts them first. */
function calendarInput(input: unknown): string | undefined {
  if (typeof input === 'string') return input.trim()
  if (input instanceof Date && !Number.isNaN(input.getTime())) return input.toISOString()
  return undefined
}

function canonicalItems(type: 'set' | 'list', input: unknown, options: CanonicalOptions): CanonicalResult {
  const parsed = typeof input === 'string' ? parsedArray(input) : ({ ok: true, value: input } as const)
  if (!parsed.ok) return parsed
  const items = parsed.value
  if (!Array.isArray(items)) return failed(input, 'a list')
  const canonicals: Canonical[] = []
  for (const item of items as unknown[]) {
    const result = canonicalItem(item, options)
    if (!result.ok) return result
    canonicals.push(result.value)
  }
  return { ok: true, value: canonicalOfItems(type, canonicals) }
}

function canonicalItem(item: unknown, options: CanonicalOptions): CanonicalResult {
  switch (typeof item) {
    case 'boolean':
      return canonicalBoolean(item)
    case 'number':
    case 'bigint':
      return canonicalNumber(item)
    case 'object':
      if (item === null) return EMPTY
      if (item instanceof LongNumber) return canonicalNumber(item.digits)
      return item instanceof Date ? canonicalise('instant', item, options) : canonicalDocument(item)
    case 'string':
    case 'undefined':
    case 'function':
    case 'symbol':
      return canonicalise('string', item, options)
  }
}

/** An item may be any number, exactly; inside an item only JSON's own. */
function parsedArray(text: string): Parsed {
  const list = `${quoted(text)} is not a list`
  if (!text.trimStart().startsWith('[')) return { ok: false, message: list }
  const { value, long } = parsedExactly(text)
  if (!Array.isArray(value)) return { ok: false, message: list }
  const items = (value as unknown[]).filter((item) => item instanceof LongNumber)
  return long.length === items.length ? { ok: true, value } : tooLong(long)
}

function canonicalDocument(input: unknown): CanonicalResult {
  const parsed = typeof input === 'string' ? parsedJson(input) : ({ ok: true, value: input } as const)
  if (!parsed.ok) return { ok: false, message: parsed.message }
  if (parsed.value === null) return EMPTY
  try {
    return { ok: true, value: `j:${canonicalJson(parsed.value)}` }
  } catch (error) {
    if (error instanceof TypeError) return { ok: false, message: `${quoted(String(input))}: ${error.message}` }
    throw error
  }
}

type Parsed = { ok: true; value: unknown } | { ok: false; message: string }
type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown

/** RFC 8785 knows doubles only; a longer number would be changed without a word, so it is refused. */
function parsedJson(text: string): Parsed {
  const { value, long } = parsedExactly(text)
  if (value === undefined) return { ok: false, message: `${quoted(text)} is not JSON` }
  return long.length === 0 ? { ok: true, value } : tooLong(long)
}

function tooLong([first]: readonly LongNumber[]): Parsed {
  return { ok: false, message: `the number ${first?.digits ?? ''} in the JSON cannot be kept exactly; write it as text` }
}

/** A number of a JSON text that a double cannot hold. */
class LongNumber {
  readonly digits: string

  constructor(digits: string) {
    this.digits = digits
  }
}

/** Undefined where the text is no JSON. */
function parsedExactly(text: string): { value: unknown; long: LongNumber[] } {
  const long: LongNumber[] = []
  const watch: Reviver = (_key, value, { source }) => {
    if (typeof value !== 'number' || source === undefined || (source.length <= 15 && Number.isFinite(value)) || decimalText(source) === decimalText(value)) return value
    const number = new LongNumber(source)
    long.push(number)
    return number
  }
  try {
    return { value: JSON.parse(text, watch as (key: string, value: unknown) => unknown), long }
  } catch {
    return { value: undefined, long }
  }
}
