import type { CountryCode } from 'libphonenumber-js/max'
import { COUNTRY_NAMES } from './country-names.ts'
import { foldText } from './fold.ts'
import { phoneLibrary } from './phone-library.ts'

let names: Map<string, CountryCode> | undefined

function countryNames(): Map<string, CountryCode> {
  if (names) return names
  names = new Map()
  for (const line of COUNTRY_NAMES.trim().split(/\n(?! )/)) {
    const code = line.slice(0, 2) as CountryCode
    for (const name of line.slice(3).split('|')) names.set(name.trim(), code)
  }
  return names
}

/** Case, accents, marks, articles and the short form of Saint apart. */
export function countryForm(text: string): string {
  return foldText(text)
    .replace(/['’‘`´ʼʹ]/g, ' ')
    .replaceAll('&', ' and ')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim()
    .replace(/^the /, '')
    .replace(/(^| )st /g, '$1saint ')
}

/** The two letters of a country that was written as a code of two or three, or by a name that it has in some language; undefined where it is none. */
export function countryCode(raw: string): CountryCode | undefined {
  const text = raw.trim()
  if (text === '') return undefined
  const upper = text.toUpperCase()
  if (phoneLibrary().isSupportedCountry(upper)) return upper
  const form = countryForm(text)
  // What stands in brackets says more of the same: Taiwan (Province of China), Myanmar (Burma).
  return upper === 'UK' ? 'GB' : (countryNames().get(form) ?? countryNames().get(countryForm(text.replace(/\([^)]*\)/g, ' '))))
}
