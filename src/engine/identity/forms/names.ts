import { normaliseMatchKey } from '../../values/match-key.ts'
import { wordsOf } from './fold.ts'
import { invalid, missing, one } from './key-value.ts'
import type { KeyValue } from './key-value.ts'
import { formalName } from './nicknames.ts'
import { soundOf } from './sound.ts'

export interface NameOptions {
  words?: 'sorted' | 'each'
  sound?: boolean
  formal?: boolean
}

const TITLES = new Set('mr mrs ms miss mx dr prof sir madam herr frau monsieur madame mme'.split(' '))
/** What tells father from son. */
const GENERATIONS = new Map('jr:jr junior:jr sr:sr senior:sr i:i ii:ii iii:iii iv:iv'.split(' ').map((pair) => pair.split(':') as [string, string]))

/** Legal forms and filler words, which one system writes and another leaves out. */
const LEGAL = new Set(
  'the and of inc incorporated corp corporation co company companies llc llp lp ltd limited plc gmbh ag kg ohg sa sas sarl srl spa bv nv ab as oy aps pte pty pvt kk'.split(' '),
)

export function nameValue(raw: string, options: NameOptions): KeyValue {
  const words = personWords(raw)
  return finish(raw, options.formal ? words.map(formalName) : words, options)
}

/**
 * The first given name of a person, also out of `Salinger, Kristin`; nicknames as the name they stand for: Bob is
 * Robert. An initial is no name. Junior, senior and numbers stay: they are other people.
 */
export function givenNameValue(raw: string, options: NameOptions): KeyValue {
  const words = personWords(raw.split(',')[1] ?? raw)
  const [first] = words
  if (first === undefined || (words.length === 1 && [...first].length === 1 && /^\p{scx=Latn}$/u.test(first))) return missing
  return finish(raw, [formalName(first), ...generation(words)], options)
}

/** The last name out of a full name: the last word, or what stands before a comma. */
export function familyNameValue(raw: string, options: NameOptions): KeyValue {
  const [before, after] = raw.split(',')
  if (after !== undefined) return finish(raw, personWords(before ?? ''), options)
  const words = personWords(raw)
  const last = words.findLast((word, at) => at > 0 && !GENERATIONS.has(word))
  return last === undefined ? missing : finish(raw, [last, ...generation(words)], options)
}

export function organisationValue(raw: string, options: NameOptions): KeyValue {
  const words = wordsOf(raw)
  const telling = words.filter((word) => !LEGAL.has(word))
  return finish(raw, telling.length > 0 ? telling : words, options)
}

/** What a name says to tell father from son: junior, senior, a number. Most names say nothing. */
export function generationValue(raw: string): KeyValue {
  const [found] = generation(wordsOf(raw))
  return found === undefined ? missing : one(found)
}

function generation(words: readonly string[]): string[] {
  const last = words.length > 1 ? GENERATIONS.get(words.at(-1) ?? '') : undefined
  return last === undefined ? [] : [last]
}

function personWords(raw: string): string[] {
  const words = wordsOf(raw)
  const first = words[0]
  return words.length > 1 && first !== undefined && TITLES.has(first) ? words.slice(1) : words
}

function finish(raw: string, words: string[], { words: how, sound = false }: NameOptions): KeyValue {
  if (raw.trim() === '') return missing
  if (words.length === 0 || !normaliseMatchKey('lower', raw).ok || /^\d+$/.test(words.join(''))) return invalid(raw, 'is no name')
  const said = sound ? words.map(soundOf) : words
  if (how === 'each') return { ok: true, values: [...new Set(said)] }
  return one((how === 'sorted' ? [...said].sort() : said).join(' '))
}
