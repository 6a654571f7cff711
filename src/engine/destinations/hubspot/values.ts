import type { Raw } from '../../../contract/states.ts'
import type { DestinationField, Encoded } from '../../values/destination-field.ts'
import { fitToField, instantOfEpoch, itemsOf, readAs, textOf } from '../field-values.ts'

const EPOCH = /^-?\d{9,15}$/

/** Every value travels as text: options joined by semicolons, the empty text clears. */
export function encode(field: DestinationField, canonical: string | null): Encoded {
  const fitted = fitToField(field, canonical)
  if (!fitted.ok) return fitted
  if (fitted.canonical === null) return { ok: true, raw: '' }
  if (field.type !== 'set') return { ok: true, raw: textOf(fitted.canonical) }
  const items = itemsOf(fitted.canonical).map((item) => (item === null ? '' : textOf(item)))
  const split = items.find((item) => item.includes(';'))
  if (split !== undefined) return { ok: false, reason: 'value invalid', message: `${field.label} cannot hold “${split}”: the semicolon separates options.` }
  return { ok: true, raw: items.join(';') }
}

/** Older values of dates and times are epoch milliseconds; newer ones are ISO text. */
export function decode(field: DestinationField, raw: Raw): string | null {
  if (raw === null || raw === '') return null
  if (typeof raw !== 'string') return readAs(field, raw)
  if (field.type === 'set') return readAs(field, raw.split(';').filter((item) => item !== ''))
  if ((field.type === 'date' || field.type === 'instant') && EPOCH.test(raw)) return readAs(field, instantOfEpoch(Number(raw)) ?? raw)
  return readAs(field, raw)
}
