import type { Raw } from '../../../contract/states.ts'
import type { DestinationField, Encoded } from '../../values/destination-field.ts'
import { fitToField, plainOf, readAs, textOf } from '../field-values.ts'

/** Values travel as JSON; null clears, except that a checkbox without a value is one that is not ticked. */
export function encode(field: DestinationField, canonical: string | null): Encoded {
  const fitted = fitToField(field, canonical)
  if (!fitted.ok) return fitted
  if (fitted.canonical === null) {
    if (field.required) return { ok: false, reason: 'value invalid', message: `${field.label} cannot be empty.` }
    return { ok: true, raw: field.type === 'boolean' ? false : null }
  }
  return { ok: true, raw: field.type === 'instant' ? textOf(fitted.canonical) : plainOf(fitted.canonical) }
}

/** Dates are shown as the midnight that starts them. */
export function decode(field: DestinationField, raw: Raw): string | null {
  return raw === null || raw === '' ? null : readAs(field, raw)
}
