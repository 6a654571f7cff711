import { caseFolded, foldText } from './fold.ts'
import { invalid, missing, one, placeholder } from './key-value.ts'
import type { KeyValue } from './key-value.ts'
import type { Placeholders } from './placeholders.ts'

/** An identifier by its letters and digits alone: `521-21-2123` and `521212123` are equal. */
export function codeValue(raw: string, placeholders: Placeholders): KeyValue {
  const text = raw.normalize('NFKC').trim()
  if (text === '') return missing
  if (placeholders.hasId(text)) return placeholder(raw, 'an identifier')
  const bare = foldText(text).replace(/[^\p{L}\p{N}]+/gu, '')
  return bare === '' ? invalid(raw, 'has no letter and no digit') : one(bare)
}

/** A text as it stands, trimmed, or without its case. */
export function textValue(raw: string, how: 'exact' | 'trimmed' | 'lower', placeholders: Placeholders): KeyValue {
  const text = raw.normalize('NFC')
  if (text.trim() === '') return missing
  if (placeholders.has(text)) return placeholder(raw, 'a key')
  return one(how === 'exact' ? text : how === 'trimmed' ? text.trim() : caseFolded(text.trim()))
}

/** The digits of a number, whatever stands between them. */
export function digitsValue(raw: string, placeholders: Placeholders): KeyValue {
  const text = raw.normalize('NFKC').trim()
  if (text === '') return missing
  if (placeholders.has(text)) return placeholder(raw, 'a key')
  if (/\p{L}/u.test(text)) return invalid(raw, 'holds letters, so its digits are not one number')
  const digits = text.replace(/[^0-9]/g, '')
  return digits === '' ? invalid(raw, 'has no digits') : one(digits)
}

/** A device: braces and case do not matter, a UUID may have its hyphens or not. Not every advertising id is a UUID of version 4. */
export function deviceValue(raw: string, placeholders: Placeholders): KeyValue {
  const text = raw.normalize('NFKC').trim().replace(/^[{(\[]|[})\]]$/g, '').replace(/^urn:uuid:/i, '').toLowerCase()
  if (text === '') return missing
  const hex = text.replaceAll('-', '')
  if (placeholders.hasId(text) || placeholders.hasId(hex)) return placeholder(raw, 'a device')
  if (/^[0-9a-f]{32}$/.test(hex)) return one(hex)
  return text.length >= 6 && /^[\p{L}\p{N}._:|-]+$/u.test(text) ? one(text) : invalid(raw, 'is no device id')
}

/** A postcode without spaces and marks; of the nine digits of the United States the first five. */
export function postcodeValue(raw: string, placeholders: Placeholders): KeyValue {
  const text = raw.normalize('NFKC').trim()
  if (text === '') return missing
  // One digit again and again may be a place (55555 is in Minnesota); only what the list names is none.
  if (placeholders.has(text)) return placeholder(raw, 'a postcode')
  const bare = text.toUpperCase().replace(/[^\p{L}\p{N}]+/gu, '')
  if (bare.length < 3) return invalid(raw, 'is no postcode')
  return one(/^\d{9}$/.test(bare) ? bare.slice(0, 5) : bare)
}
