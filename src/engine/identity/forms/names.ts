import { normaliseMatchKey } from '../../values/match-key.ts'
import { wordsOf } from './fold.ts'
import { invalid, missing, one } from './key-value.ts'
import type { KeyValue } from './key-value.ts'
import { formalName } from './nicknames.ts'
import { soundOf } from './sound.ts'

export interface NameOptions {
  sorted?: boolean
  sound?: boolean
}

const TITLES = new Set('mr mrs ms miss mx dr prof sir madam herr frau monsieur madame mme'.split(' '))

/** Legal forms and filler words, which one system writes and another leaves out. */
const LEGAL = new Set(
  'the and of inc incorporated corp corporation co company companies llc llp lp ltd limited plc gmbh ag kg ohg sa sas sarl srl spa bv nv ab as oy aps pte pty pvt kk'.split(' '),
)

export function nameValue(raw: string, options: NameOptions): KeyValue {
  return finish(raw, personWords(raw), options)
}

/** The first given name, nicknames as the name they stand for: Bob is Robert. */
export function givenNameValue(raw: string, options: NameOptions): KeyValue {
  const [first] = personWords(raw)
  return finish(raw, first === undefined ? [] : [formalName(first)], options)
}

export function organisationValue(raw: string, options: NameOptions): KeyValue {
  const words = wordsOf(raw)
  const telling = words.filter((word) => !LEGAL.has(word))
  return finish(raw, telling.length > 0 ? telling : words, options)
}

function personWords(raw: string): string[] {
  const words = wordsOf(raw)
  const first = words[0]
  return words.length > 1 && first !== undefined && TITLES.has(first) ? words.slice(1) : words
}

function finish(raw: string, words: string[], { sorted = false, sound = false }: NameOptions): KeyValue {
  if (raw.trim() === '') return missing
  if (words.length === 0 || !normaliseMatchKey('lower', raw).ok || /^\d+$/.test(words.join(''))) return invalid(raw, 'is no name')
  const said = sound ? words.map(soundOf) : words
  return one((sorted ? [...said].sort() : said).join(' '))
}
