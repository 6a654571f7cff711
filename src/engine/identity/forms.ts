import type { IdentityDefinition, IdentityKey, KeyPart } from '../../contract/identity.ts'
import { codeValue, deviceValue, digitsValue, postcodeValue, textValue } from './forms/codes.ts'
import { countryCode } from './forms/countries.ts'
import { dateValue } from './forms/dates.ts'
import { emailHashes, emailValue, hashValue } from './forms/emails.ts'
import { invalid, missing, one, placeholder } from './forms/key-value.ts'
import type { KeyValue } from './forms/key-value.ts'
import { Months, usualLanguages } from '../values/month-names.ts'
import { familyNameValue, generationValue, givenNameValue, nameValue } from './forms/names.ts'
import { organisationValue } from './forms/organisations.ts'
import { phoneHashes, phoneValue } from './forms/phones.ts'
import { placeholdersFor } from './forms/placeholders.ts'
import type { PlaceholderKind, Placeholders } from './forms/placeholders.ts'
import { streetValue } from './forms/streets.ts'

/** What the rules say of a key beside its parts, ready to be asked. */
export interface FormRules {
  /** Some part is only known hashed, so that plain values are compared by their hashes. */
  hashed: boolean
  placeholders: (kind: PlaceholderKind) => Placeholders
  months: Months
}

/** What a raw value is brought to its comparable form with. */
export interface FormInput extends FormRules {
  part: KeyPart
  /** The record's country as it is written there. */
  country?: string | null
  /** What each column holds, where the value comes from several. */
  columns?: readonly string[]
}

/** What a definition says of one of its keys. */
export function formRules({ placeholders, languages }: Pick<IdentityDefinition, 'placeholders' | 'languages'>, key: Pick<IdentityKey, 'placeholders'>, hashed: boolean): FormRules {
  const list = key.placeholders ?? placeholders
  const made = new Map<PlaceholderKind, Placeholders>()
  const listFor = (kind: PlaceholderKind): Placeholders => {
    const before = made.get(kind)
    if (before) return before
    const one = placeholdersFor(kind, list)
    made.set(kind, one)
    return one
  }
  return { hashed, placeholders: listFor, months: new Months(languages ?? usualLanguages) }
}

/** The comparable values of one raw value of a key part. Total: every text gives values or a reason. */
export function formValue(raw: string | null, input: FormInput): KeyValue {
  if (raw === null || raw.trim() === '') return missing
  const value = byForm(raw, input)
  const { first, last } = input.part
  if (!value.ok || (first === undefined && last === undefined)) return value
  return { ok: true, values: [...new Set(value.values.map((text) => cut(text, first, last)))] }
}

function byForm(raw: string, { part, country, hashed, columns = [], placeholders, months }: FormInput): KeyValue {
  const options = { sound: part.sound === true, formal: part.formal === true, ...(part.words === undefined ? {} : { words: part.words }) }
  const name = { raw, columns, placeholders: placeholders('name') }
  switch (part.as) {
    case 'exact':
    case 'trimmed':
    case 'lower':
      return textValue(raw, part.as, placeholders('id'))
    case 'digits':
      return digitsValue(raw, placeholders('id'))
    case 'code':
      return codeValue(raw, placeholders('id'))
    case 'email':
      return hashed ? emailHashes(raw, placeholders('email')) : emailValue(raw, placeholders('email'))
    case 'phone': {
      const region = countryCode(country ?? '') ?? countryCode(part.defaultCountry ?? '')
      return hashed ? phoneHashes(raw, region, placeholders('phone')) : phoneValue(raw, region, placeholders('phone'))
    }
    case 'hashed email':
      return hashValue(raw, placeholders('email'))
    case 'hashed phone':
      return hashValue(raw, placeholders('phone'))
    case 'device':
      return deviceValue(raw, placeholders('id'))
    case 'name':
      return nameValue(name, options)
    case 'given name':
      return givenNameValue(name, options)
    case 'family name':
      return familyNameValue(name, options)
    case 'generation':
      return generationValue(raw)
    case 'organisation':
      return organisationValue(name, options)
    case 'date':
      return dateValue(raw, { order: part.order ?? 'day first', earliest: part.earliest, latest: part.latest, months, placeholders: placeholders('date') })
    case 'postcode':
      return postcodeValue(raw, placeholders('id'))
    case 'street':
      return streetValue(raw)
    case 'country': {
      const code = countryCode(raw)
      if (code !== undefined) return one(code)
      return placeholders('id').has(raw) ? placeholder(raw, 'a country') : invalid(raw, 'is no country')
    }
  }
}

/** Counted in characters as people see them, not in halves of a surrogate pair. */
function cut(text: string, first: number | undefined, last: number | undefined): string {
  const characters = [...text]
  return (first !== undefined ? characters.slice(0, first) : characters.slice(-(last ?? 0))).join('')
}
