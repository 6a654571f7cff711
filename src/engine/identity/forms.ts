import type { KeyPart } from '../../contract/identity.ts'
import { normaliseMatchKey } from '../values/match-key.ts'
import { codeValue, deviceValue, postcodeValue } from './forms/codes.ts'
import { countryCode } from './forms/countries.ts'
import { dateValue } from './forms/dates.ts'
import { emailHashes, emailValue, hashValue } from './forms/emails.ts'
import { invalid, missing, one } from './forms/key-value.ts'
import type { KeyValue } from './forms/key-value.ts'
import { familyNameValue, generationValue, givenNameValue, nameValue, organisationValue } from './forms/names.ts'
import { phoneHashes, phoneValue } from './forms/phones.ts'
import { streetValue } from './forms/streets.ts'

/** What a raw value is brought to its comparable form with. */
export interface FormInput {
  part: KeyPart
  /** The record's country as it is written there. */
  country?: string | null
  /** Other parts of the key are only known hashed, so plain values are compared by their hashes. */
  hashed: boolean
}

/** The comparable values of one raw value of a key part. Total: every text gives values or a reason. */
export function formValue(raw: string | null, input: FormInput): KeyValue {
  if (raw === null || raw.trim() === '') return missing
  const value = byForm(raw, input)
  const { first, last } = input.part
  if (!value.ok || (first === undefined && last === undefined)) return value
  return { ok: true, values: [...new Set(value.values.map((text) => cut(text, first, last)))] }
}

function byForm(raw: string, { part, country, hashed }: FormInput): KeyValue {
  const names = { sound: part.sound === true, formal: part.formal === true, ...(part.words === undefined ? {} : { words: part.words }) }
  switch (part.as) {
    case 'exact':
    case 'trimmed':
    case 'lower':
    case 'digits': {
      const key = normaliseMatchKey(part.as, raw)
      return key.ok ? one(key.key) : key
    }
    case 'code':
      return codeValue(raw)
    case 'email':
      return hashed ? emailHashes(raw) : emailValue(raw)
    case 'phone': {
      const region = countryCode(country ?? '') ?? countryCode(part.defaultCountry ?? '')
      return hashed ? phoneHashes(raw, region) : phoneValue(raw, region)
    }
    case 'hashed email':
    case 'hashed phone':
      return hashValue(raw)
    case 'device':
      return deviceValue(raw)
    case 'name':
      return nameValue(raw, names)
    case 'given name':
      return givenNameValue(raw, names)
    case 'family name':
      return familyNameValue(raw, names)
    case 'generation':
      return generationValue(raw)
    case 'organisation':
      return organisationValue(raw, names)
    case 'date':
      return dateValue(raw, part.order ?? 'day first')
    case 'postcode':
      return postcodeValue(raw)
    case 'street':
      return streetValue(raw)
    case 'country': {
      const code = countryCode(raw)
      return code === undefined ? invalid(raw, 'is no country') : one(code)
    }
  }
}

/** Counted in characters as people see them, not in halves of a surrogate pair. */
function cut(text: string, first: number | undefined, last: number | undefined): string {
  const characters = [...text]
  return (first !== undefined ? characters.slice(0, first) : characters.slice(-(last ?? 0))).join('')
}
