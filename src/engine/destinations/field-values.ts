import { canonicalise, canonicalOfItems, itemsOf, quoted, textOf } from '../values/canonical.ts'
import { roundDecimal } from '../values/decimal.ts'
import type { ValueType } from '../../contract/definitions.ts'
import type { DestinationField, Encoded } from '../values/destination-field.ts'

export { canonicalise, itemsOf, plainOf, textOf } from '../values/canonical.ts'
export { instantOfEpoch } from '../values/calendar.ts'

type Refused = Extract<Encoded, { ok: false }>
/** A canonical value that a field takes, not empty. */
export type Fitted = { ok: true; canonical: string } | { ok: true; canonical: null } | Refused

const tags: Record<ValueType, string> = { string: 's', number: 'n', boolean: 'b', date: 'd', instant: 't', set: 'x', list: 'l', json: 'j' }

function invalid(message: string): Refused {
  return { ok: false, reason: 'value invalid', message }
}

/**
 * Brings a canonical value to the field's own type and checks length and options. What only one vendor
 * knows (how the value travels) is the caller's.
 */
export function fitToField(field: DestinationField, canonical: string | null): Fitted {
  if (canonical === null) return { ok: true, canonical }
  const typed = toType(field, canonical)
  if (!typed.ok) return invalid(`${field.label}: ${typed.message}.`)
  if (typed.value === null) return { ok: true, canonical: null }
  const value = folded(field, typed.value)
  return lengthProblem(field, value) ?? itemsProblem(field, value) ?? optionProblem(field, value) ?? numberProblem(field, value) ?? { ok: true, canonical: value }
}

/** Does to text what the destination does to it, so that both sides compare equal. */
export function folded(field: DestinationField, canonical: string): string {
  if (field.folds === undefined || !canonical.startsWith('s:')) return canonical
  const text = textOf(canonical).toLowerCase()
  return `s:${field.folds === 'email' ? text.trim() : text}`
}

/** The comparable form of a value as read; what does not read as the field's type is compared as text. */
export function readAs(field: DestinationField, value: unknown): string | null {
  const result = canonicalise(field.type, value, { precision: field.precision })
  if (result.ok) return result.value === null ? null : folded(field, result.value)
  const text = canonicalise('string', typeof value === 'string' ? value : JSON.stringify(value))
  return text.ok ? text.value : `s:${String(value).toWellFormed()}`
}

function toType(field: DestinationField, canonical: string): ReturnType<typeof canonicalise> {
  const tag = canonical.charAt(0)
  if (tag === tags[field.type]) return field.type === 'instant' ? canonicalise('instant', textOf(canonical), { precision: field.precision }) : { ok: true, value: canonical }
  if (field.type === 'set' || field.type === 'list') return toItems(field.type, canonical)
  if (tag === 'x' || tag === 'l' || tag === 'j') return { ok: false, message: `${quoted(textOf(canonical))} is a list or a document, the field takes a single value` }
  return canonicalise(field.type, textOf(canonical), { precision: field.precision })
}

function toItems(type: 'set' | 'list', canonical: string): ReturnType<typeof canonicalise> {
  const tag = canonical.charAt(0)
  if (tag === 'j') return canonicalise(type, textOf(canonical))
  const items = tag === 'x' || tag === 'l' ? itemsOf(canonical) : [`s:${textOf(canonical)}`]
  return { ok: true, value: canonicalOfItems(type, items) }
}

function lengthProblem(field: DestinationField, canonical: string): Refused | undefined {
  if (field.maxLength === undefined || !canonical.startsWith('s:')) return undefined
  const { length } = textOf(canonical)
  if (length <= field.maxLength) return undefined
  return { ok: false, reason: 'value too long', message: `${field.label} takes ${field.maxLength} characters; ${quoted(textOf(canonical))} has ${length}.` }
}

function itemsProblem(field: DestinationField, canonical: string): Refused | undefined {
  if (field.maxItems === undefined || (field.type !== 'set' && field.type !== 'list')) return undefined
  const { length } = itemsOf(canonical)
  if (length <= field.maxItems) return undefined
  return { ok: false, reason: 'value too long', message: `${field.label} takes ${field.maxItems} entries; there are ${length}.` }
}

function optionProblem(field: DestinationField, canonical: string): Refused | undefined {
  const { options } = field
  if (!options) return undefined
  const chosen = field.type === 'set' || field.type === 'list' ? itemsOf(canonical).map((item) => (item === null ? '' : textOf(item))) : [textOf(canonical)]
  const unknown = chosen.find((value) => !options.some((option) => option.value === value))
  if (unknown === undefined) return undefined
  const allowed = options.slice(0, 8).map(({ value }) => value).join(', ')
  const more = options.length > 8 ? ` and ${options.length - 8} more` : ''
  return { ok: false, reason: 'not in picklist', message: `${quoted(unknown)} is not in the list of ${field.label}: ${allowed}${more}.` }
}

function numberProblem(field: DestinationField, canonical: string): Refused | undefined {
  if (field.type !== 'number' || field.precision === undefined) return undefined
  const decimal = textOf(canonical)
  if (roundDecimal(decimal, field.precision) === decimal) return undefined
  const digits = field.precision === 0 ? 'whole numbers' : `${field.precision} digits after the point`
  return invalid(`${field.label} takes ${digits}; ${quoted(decimal)} has more.`)
}
