import { isSupportedCountry } from 'libphonenumber-js/max'
import type { CountryCode } from 'libphonenumber-js/max'
import { foldText } from './fold.ts'

/** Three letters and other usual spellings of the countries that are met most; names in English come from Intl. */
const SPELLINGS = `usa:US u.s.:US u.s.a.:US america:US uk:GB gbr:GB england:GB scotland:GB wales:GB can:CA mex:MX bra:BR arg:AR deu:DE ger:DE deutschland:DE
  fra:FR esp:ES españa:ES ita:IT italia:IT prt:PT nld:NL holland:NL bel:BE che:CH schweiz:CH aut:AT österreich:AT dnk:DK swe:SE nor:NO fin:FI pol:PL cze:CZ
  irl:IE rus:RU ukr:UA tur:TR turkey:TR aus:AU nzl:NZ chn:CN jpn:JP kor:KR ind:IN sgp:SG hkg:HK zaf:ZA`

let names: Map<string, string> | undefined

function countryNames(): Map<string, string> {
  if (names) return names
  names = new Map()
  const english = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
  for (const first of letters) {
    for (const second of letters) {
      const name = isSupportedCountry(first + second) ? english.of(first + second) : undefined
      if (name !== undefined) names.set(foldText(name), first + second)
    }
  }
  for (const [spelling = '', code = ''] of SPELLINGS.split(/\s+/).map((pair) => pair.split(':'))) names.set(foldText(spelling), code)
  return names
}

/** The two letters of a country that was written as a code or by its English name; undefined where it is none. */
export function countryCode(raw: string): CountryCode | undefined {
  const text = raw.trim()
  if (text === '') return undefined
  const upper = text.toUpperCase()
  if (isSupportedCountry(upper)) return upper
  return countryNames().get(foldText(text).trim()) as CountryCode | undefined
}
