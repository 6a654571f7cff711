import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { CountryCode } from 'libphonenumber-js/max'
import { sha256Hex } from '../../values/hash.ts'
import { normaliseMatchKey } from '../../values/match-key.ts'
import { invalid, missing, one } from './key-value.ts'
import type { KeyValue } from './key-value.ts'

/** Numbers as E.164, by the plan of the record's country where the number does not name its own. */
export function phoneValue(raw: string, country: CountryCode | undefined): KeyValue {
  const parsed = parsePhone(raw, country)
  return typeof parsed === 'string' ? one(parsed) : parsed
}

/** A number as the hashes under which systems know it: with the plus sign (Google, UID2) and without (Meta). */
export function phoneHashes(raw: string, country: CountryCode | undefined): KeyValue {
  const parsed = parsePhone(raw, country)
  if (typeof parsed !== 'string') return parsed
  return { ok: true, values: [sha256Hex(parsed), sha256Hex(parsed.replace(/^\+/, ''))] }
}

function parsePhone(raw: string, country: CountryCode | undefined): string | KeyValue {
  const text = raw.normalize('NFKC').trim()
  if (text === '') return missing
  const digits = text.replace(/\D/g, '')
  const plain = normaliseMatchKey('digits', digits === '' ? text : digits)
  if (!plain.ok) return invalid(raw, 'is no phone number')
  // Where no country is known, 00 can only be the international prefix.
  const written = country === undefined && digits.startsWith('00') && !text.startsWith('+') ? `+${digits.slice(2)}` : text
  const number = parsePhoneNumberFromString(written, country)
  if (number === undefined || !number.isPossible()) return invalid(raw, country === undefined ? 'is no phone number that names its country' : `is no phone number of ${country}`)
  if (!normaliseMatchKey('digits', number.nationalNumber).ok) return invalid(raw, 'is a placeholder, not a phone number')
  // An extension is a desk of its own behind a shared number.
  return number.ext === undefined ? number.number : `${number.number};ext=${number.ext}`
}
