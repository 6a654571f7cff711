import type { CountryCode } from 'libphonenumber-js/max'
import type { KeyNormaliser, ValueType } from '../../../contract/definitions.ts'
import type { UploadForm } from '../../values/destination-field.ts'
import { sha256Hex } from '../../values/hash.ts'
import { canonicalise, textOf } from '../../values/canonical.ts'
import { type MatchKey, normaliseMatchKey } from '../../values/match-key.ts'
import { canonicalAddress, hashValue } from './emails.ts'
import { invalid } from './key-value.ts'
import { phoneValue } from './phones.ts'

/** How a value of the warehouse becomes the key that the destination is asked for. */
export interface MatchKeyForm {
  normalise: KeyNormaliser
  form: UploadForm | undefined
  /** Of the column: a number is looked for as a mapped field would send it, 1001 for 1001.0. */
  type: ValueType
}

/** The key of a row as its destination stores it and looks for it: in the field's own form where it declares one, else as the activation says. */
export function destinationKey(raw: unknown, { normalise, form, type }: MatchKeyForm): MatchKey {
  const value = type === 'string' ? ({ ok: true, text: raw } as const) : plainText(type, raw)
  if (!value.ok) return value
  if (form === undefined) return normaliseMatchKey(normalise, value.text)
  const text = normaliseMatchKey('exact', value.text)
  return text.ok ? uploadForm(text.key, form) : text
}

function plainText(type: ValueType, raw: unknown): { ok: true; text: string | null } | Extract<MatchKey, { ok: false }> {
  const canonical = canonicalise(type, raw)
  if (!canonical.ok) return { ok: false, cause: 'key invalid', message: `${canonical.message}.` }
  return { ok: true, text: canonical.value === null ? null : textOf(canonical.value) }
}

/** The one form of a key in which a destination wants it; never the form in which keys are compared. */
export function uploadForm(raw: string, { plain, hashed }: UploadForm, country?: CountryCode): MatchKey {
  if (hashed === undefined) return plainForm(raw, plain, country)
  // What the warehouse only has hashed goes as it is: which of its variants was hashed cannot be told any more.
  const known = hashValue(raw)
  if (known.ok) return { ok: true, key: encoded(known.values[0] ?? '', hashed) }
  const text = plainForm(raw, plain, country)
  return text.ok ? { ok: true, key: encoded(sha256Hex(text.key), hashed) } : text
}

function encoded(hex: string, how: NonNullable<UploadForm['hashed']>): string {
  return how === 'hex' ? hex : Buffer.from(hex, 'hex').toString('base64')
}

function plainForm(raw: string, plain: UploadForm['plain'], country: CountryCode | undefined): MatchKey {
  switch (plain) {
    case 'email':
      return address(raw, (key) => key)
    case 'gmail-canonical email':
      return address(raw, canonicalAddress)
    case 'phone':
      return number(raw, country, (key) => key)
    case 'phone digits':
      return number(raw, country, (key) => key.slice(1))
    case 'name':
      return name(raw)
  }
}

function address(raw: string, form: (key: string) => string): MatchKey {
  const key = normaliseMatchKey('email', raw)
  return key.ok ? { ok: true, key: form(key.key) } : key
}

/** An extension is a desk behind a number, and no system takes it as one. */
function number(raw: string, country: CountryCode | undefined, form: (key: string) => string): MatchKey {
  const key = phoneValue(raw, country)
  return key.ok ? { ok: true, key: form((key.values[0] ?? '').replace(/;ext=.*$/, '')) } : key
}

function name(raw: string): MatchKey {
  const key = normaliseMatchKey('lower', raw)
  if (!key.ok) return key
  const text = key.key.replace(/[\p{P}\p{S}]/gu, '').trim()
  return text === '' ? invalid(raw, 'is no name') : { ok: true, key: text }
}
