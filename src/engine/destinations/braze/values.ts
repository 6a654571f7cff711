import type { Raw } from '../../../contract/states.ts'
import type { DestinationField, Encoded } from '../../values/destination-field.ts'
import { fitToField, plainOf, readAs, textOf } from '../field-values.ts'

const E164 = /^\+[1-9]\d{6,14}$/
const TWO_LETTERS = /^[a-z]{2}$/i
const MIDNIGHT = 'T00:00:00Z'

/**
 * Braze drops what it cannot use without a word, so values are checked here as it would check them.
 * Null removes an attribute.
 */
export function encode(field: DestinationField, canonical: string | null): Encoded {
  const fitted = fitToField(field, canonical)
  if (!fitted.ok) return fitted
  if (fitted.canonical === null) return { ok: true, raw: null }
  const raw = toRaw(field, fitted.canonical)
  const wrong = problemOf(field, raw)
  return wrong ? { ok: false, reason: 'value invalid', message: `${field.label}: ${wrong}.` } : { ok: true, raw }
}

/** An attribute that is not there is null. */
export function decode(field: DestinationField, raw: Raw): string | null {
  if (raw === null || raw === '' || (Array.isArray(raw) && raw.length === 0)) return null
  return readAs(field, typeof raw === 'string' ? tidy(field, raw) : raw)
}

function toRaw(field: DestinationField, canonical: string): Raw {
  if (field.type === 'instant') return instantRaw(textOf(canonical))
  const plain = plainOf(canonical)
  return typeof plain === 'string' ? tidy(field, plain) : plain
}

/** A day is sent as a day: that is how people wrote it and will see it. */
function instantRaw(text: string): string {
  return text.endsWith(MIDNIGHT) ? text.slice(0, -MIDNIGHT.length) : text
}

/** What Braze itself does to its fixed attributes. */
function tidy(field: DestinationField, text: string): string {
  switch (field.name) {
    case 'first_name':
    case 'last_name':
    case 'home_city':
      return text.trim()
    case 'country':
      return text.trim().toUpperCase()
    case 'language':
      return text.trim().toLowerCase()
    default:
      return text
  }
}

function problemOf(field: DestinationField, raw: Raw): string | undefined {
  if (field.type === 'number' && typeof raw !== 'number') return `${String(raw)} has more digits than Braze keeps`
  if (typeof raw !== 'string') return undefined
  switch (field.name) {
    case 'phone':
      return E164.test(raw) ? undefined : `“${raw}” is not a phone number with + and country code`
    case 'email':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(raw) ? undefined : `“${raw}” is not an email address`
    case 'country':
    case 'language':
      return TWO_LETTERS.test(raw) ? undefined : `“${raw}” is not a code of two letters`
    default:
      return undefined
  }
}
