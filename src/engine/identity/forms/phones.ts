import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max'
import { sha256Hex } from '../../values/hash.ts'
import { invalid, missing, one, placeholder } from './key-value.ts'
import type { KeyValue } from './key-value.ts'
import { placeholdersFor } from './placeholders.ts'
import type { Placeholders } from './placeholders.ts'
import { phoneLibrary } from './phone-library.ts'

const USUAL = placeholdersFor('phone', undefined)

/** Numbers as E.164, by the plan of the record's country where the number does not name its own. */
export function phoneValue(raw: string, country: CountryCode | undefined, placeholders: Placeholders = USUAL): KeyValue {
  const parsed = parsePhone(raw, country, placeholders)
  return typeof parsed === 'string' ? one(parsed) : parsed
}

/** A number as the hashes under which systems know it: with the plus sign (Google, UID2) and without (Meta). */
export function phoneHashes(raw: string, country: CountryCode | undefined, placeholders: Placeholders = USUAL): KeyValue {
  const parsed = parsePhone(raw, country, placeholders)
  if (typeof parsed !== 'string') return parsed
  return { ok: true, values: [sha256Hex(parsed), sha256Hex(parsed.replace(/^\+/, ''))] }
}

function parsePhone(raw: string, country: CountryCode | undefined, placeholders: Placeholders): string | KeyValue {
  const text = raw.normalize('NFKC').trim()
  if (text === '') return missing
  const digits = text.replace(/\D/g, '')
  if (placeholders.has(text)) return placeholder(raw, 'a phone number')
  if (digits === '') return invalid(raw, 'is no phone number')
  // Where no country is known, 00 can only be the international prefix.
  const written = country === undefined && digits.startsWith('00') && !text.startsWith('+') ? `+${digits.slice(2)}` : text
  const number = possible(phoneLibrary().parsePhoneNumberFromString(written, country), digits) ?? withoutPlus(text, digits)
  // Some countries do give out numbers that count up: 012-345 6789 is a mobile in Malaysia. Bare digits may be of any.
  const isGivenOut = (): boolean => number?.isValid() === true
  if (placeholders.hasPhone(digits, () => text !== digits && isGivenOut())) return placeholder(raw, 'a phone number')
  if (number !== undefined && placeholders.hasPhone(number.nationalNumber, isGivenOut)) return placeholder(raw, 'a phone number')
  if (number === undefined) return invalid(raw, country === undefined ? 'is no phone number that names its country' : `is no phone number of ${country}`)
  // An extension is a desk of its own behind a shared number.
  return number.ext === undefined ? number.number : `${number.number};ext=${number.ext}`
}

/**
 * Whether the number may be dialled. Plans grow, and old numbers stay in lists: one that names its country is taken
 * even if it is too short for today's plan; without the country it could be anybody's who lacks an area code.
 */
function possible(number: PhoneNumber | undefined, digits: string): PhoneNumber | undefined {
  if (number === undefined || number.isPossible()) return number
  const named = number.number.slice(1)
  const old = digits.endsWith(named) && number.nationalNumber.length >= 8 && phoneLibrary().validatePhoneNumberLength(number.number) === 'TOO_SHORT'
  return old ? number : undefined
}

/** A number that is none of its country may be an international one whose plus sign was lost; only if it is really given out. */
function withoutPlus(text: string, digits: string): PhoneNumber | undefined {
  if (text.startsWith('+') || digits.startsWith('0')) return undefined
  const number = phoneLibrary().parsePhoneNumberFromString(`+${digits}`)
  return number?.isValid() ? number : undefined
}
