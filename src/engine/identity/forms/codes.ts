import { normaliseMatchKey } from '../../values/match-key.ts'
import { foldText } from './fold.ts'
import { invalid, isPlaceholder, missing, one } from './key-value.ts'
import type { KeyValue } from './key-value.ts'

/** An identifier by its letters and digits alone: `521-21-2123` and `521212123` are equal. */
export function codeValue(raw: string): KeyValue {
  const text = raw.normalize('NFKC').trim()
  if (text === '') return missing
  const bare = foldText(text).replace(/[^\p{L}\p{N}]+/gu, '')
  return isPlaceholder(text) || isPlaceholder(bare) ? invalid(raw, 'is a placeholder, not an identifier') : one(bare)
}

/** A device: braces and case do not matter, a UUID may have its hyphens or not. Not every advertising id is a UUID of version 4. */
export function deviceValue(raw: string): KeyValue {
  const text = raw.normalize('NFKC').trim().replace(/^[{(\[]|[})\]]$/g, '').replace(/^urn:uuid:/i, '').toLowerCase()
  if (text === '') return missing
  const hex = text.replaceAll('-', '')
  if (isPlaceholder(text) || isPlaceholder(hex)) return invalid(raw, 'is a placeholder, not a device')
  if (/^[0-9a-f]{32}$/.test(hex)) return one(hex)
  return text.length >= 6 && /^[\p{L}\p{N}._:|-]+$/u.test(text) ? one(text) : invalid(raw, 'is no device id')
}

/** A postcode without spaces and marks; of the nine digits of the United States the first five. */
export function postcodeValue(raw: string): KeyValue {
  const text = raw.normalize('NFKC').trim()
  if (text === '') return missing
  const bare = text.toUpperCase().replace(/[^\p{L}\p{N}]+/gu, '')
  // One digit again and again may be a place (55555 is in Minnesota); only zeros are none.
  if (!normaliseMatchKey('lower', text).ok || /^0*$/.test(bare) || bare.length < 3) return invalid(raw, 'is no postcode')
  return one(/^\d{9}$/.test(bare) ? bare.slice(0, 5) : bare)
}
