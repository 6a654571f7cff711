import { isObject } from '../kit/json.ts'
import type { FieldValue } from '../kit/record.ts'
import { STANDARD_ATTRIBUTES } from './schema.ts'
import type { AttributeType, CustomAttribute, StandardAttribute } from './schema.ts'

/** What the platform makes of a sent value: takes it, takes no notice of it, or reports the whole object as wrong. */
export type Reading = { readonly take: FieldValue | null } | { readonly ignore: true } | { readonly error: string }

const IGNORE: Reading = { ignore: true }
const TEXT_LIMIT = 255
const ARRAY_LIMIT = 25

const EMAIL = /^[^\s@<>(),;:"[\]]+@[^\s@<>(),;:"[\]]+\.[^\s@.]+$/u
const E164 = /^\+[1-9]\d{6,14}$/
const ISO_DATE = /^\d{4}-\d{2}-\d{2}[T \d:.Z+-]*$/
const SUBSCRIPTIONS = ['opted_in', 'subscribed', 'unsubscribed']
const GENDERS = ['M', 'F', 'O', 'N', 'P']

/** A standard attribute. Wrong addresses and subscriptions are reported; other wrong values are dropped without a word. */
export function readStandard(name: StandardAttribute, value: unknown): Reading {
  if (value === null) return name === 'external_id' ? IGNORE : { take: null }
  const text = typeof value === 'string' ? value.trim() : undefined
  switch (STANDARD_ATTRIBUTES[name]) {
    case 'identifier':
      return IGNORE
    case 'email':
      if (text !== undefined && EMAIL.test(text)) return { take: text.toLowerCase() }
      return { error: `'email' is not a valid email address` }
    case 'phone':
      if (text !== undefined && E164.test(text)) return { take: text }
      return { error: `'phone' is not a valid E.164 phone number` }
    case 'subscription':
      if (text !== undefined && SUBSCRIPTIONS.includes(text)) return { take: text }
      return { error: `'${name}' must be one of ${SUBSCRIPTIONS.join(', ')}` }
    case 'text':
      return text === undefined ? IGNORE : { take: text.slice(0, TEXT_LIMIT) }
    case 'country':
      return takeIf(text !== undefined && /^[A-Za-z]{2}$/.test(text) && isRegion(text), text?.toUpperCase())
    case 'language':
      return takeIf(text !== undefined && /^[a-z]{2}$/.test(text) && isLanguage(text), text)
    case 'gender':
      return takeIf(text !== undefined && GENDERS.includes(text.toUpperCase()), text?.toUpperCase())
    case 'date':
      return takeIf(text !== undefined && isDate(text), text)
    case 'timeZone':
      return takeIf(text !== undefined && isTimeZone(text), text)
  }
}

function takeIf(valid: boolean, text: string | undefined): Reading {
  return valid && text !== undefined ? { take: text } : IGNORE
}

/** A custom attribute of a known type. What cannot be brought to the type is dropped without a word. */
export function readCustom(attribute: CustomAttribute, value: unknown, current: FieldValue | undefined): Reading {
  if (value === null) return { take: null }
  switch (attribute.type) {
    case 'String':
      return typeof value === 'object' ? IGNORE : { take: String(value).slice(0, TEXT_LIMIT) }
    case 'Number':
      return readNumber(value, current)
    case 'Boolean':
      return readBoolean(value)
    case 'Date':
      return takeIf(typeof value === 'string' && isDate(value), typeof value === 'string' ? value : undefined)
    case 'Array':
      return readArray(value, current, attribute.arrayLength ?? ARRAY_LIMIT)
    case 'Object':
      return isObject(value) ? { take: withoutNulls(value) } : IGNORE
  }
}

/** The type that a new custom attribute gets from the first value sent; undefined where it is no value. */
export function inferType(value: unknown): AttributeType | undefined {
  switch (typeof value) {
    case 'number':
      return 'Number'
    case 'boolean':
      return 'Boolean'
    case 'string':
      return isDate(value) ? 'Date' : 'String'
    case 'object':
      if (value === null) return undefined
      if (Array.isArray(value) || isObject(value) && ('add' in value || 'remove' in value)) return 'Array'
      return isObject(value) && 'inc' in value ? 'Number' : 'Object'
    default:
      return undefined
  }
}

/** A number, a text that is one, or `{inc: n}`. */
function readNumber(value: unknown, current: FieldValue | undefined): Reading {
  if (isObject(value)) {
    const increment = value['inc']
    if (typeof increment !== 'number' || !Number.isInteger(increment)) return IGNORE
    return { take: (typeof current === 'number' ? current : 0) + increment }
  }
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? { take: number } : IGNORE
}

function readBoolean(value: unknown): Reading {
  if (typeof value === 'boolean') return { take: value }
  if (value === 'true' || value === 1 || value === '1') return { take: true }
  if (value === 'false' || value === 0 || value === '0') return { take: false }
  return IGNORE
}

/** Unique texts, at most as many as the attribute may hold; the rest is cut off. */
function readArray(value: unknown, current: FieldValue | undefined, limit: number): Reading {
  const before = Array.isArray(current) ? current.map(String) : []
  if (isObject(value)) {
    const added = texts(value['add'])
    const removed = texts(value['remove'])
    if (!added && !removed) return IGNORE
    const kept = [...before, ...(added ?? [])].filter((item) => !removed?.includes(item))
    return { take: [...new Set(kept)].slice(0, limit) }
  }
  const items = texts(value)
  return items ? { take: [...new Set(items)].slice(0, limit) } : IGNORE
}

function texts(value: unknown): string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined
}

function withoutNulls(value: Readonly<Record<string, unknown>>): FieldValue {
  // The value came from JSON, so without its nulls it is a value that can be kept.
  return JSON.parse(JSON.stringify(value, (_name, item: unknown) => item ?? undefined)) as FieldValue
}

function isDate(text: string): boolean {
  return ISO_DATE.test(text) && !Number.isNaN(Date.parse(text.replace(' ', 'T')))
}

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

function isRegion(code: string): boolean {
  return regions.of(code.toUpperCase()) !== undefined
}

function isLanguage(code: string): boolean {
  return languages.of(code) !== undefined
}

const timeZones = new Set(Intl.supportedValuesOf('timeZone'))

function isTimeZone(name: string): boolean {
  return timeZones.has(name)
}
