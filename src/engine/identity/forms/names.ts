import { wordsOf } from './fold.ts'
import { invalid, missing, one, placeholder } from './key-value.ts'
import type { KeyValue } from './key-value.ts'
import { formalName } from './nicknames.ts'
import { generationIn, personName } from './person-names.ts'
import type { Placeholders } from './placeholders.ts'
import { soundOf } from './sound.ts'

export interface NameOptions {
  words?: 'sorted' | 'each'
  sound?: boolean
  formal?: boolean
}

/** A name as it stands in a record. */
export interface RawName {
  raw: string
  /** What each of its columns holds, where it comes from several. */
  columns: readonly string[]
  placeholders: Placeholders
}

/** A whole name: given names, then the family, in whichever order they were written. */
export function nameValue(name: RawName, options: NameOptions): KeyValue {
  const { words } = personName(name.raw)
  return finish(name, options.formal ? words.map(formalName) : words, options)
}

/**
 * The first given name of a person, also out of `Salinger, Kristin`; nicknames as the name they stand for: Bob is
 * Robert. An initial is no name.
 */
export function givenNameValue(name: RawName, options: NameOptions): KeyValue {
  const { given, words } = personName(name.raw)
  const first = given[0] ?? words[0]
  if (first === undefined || (words.length === 1 && [...first].length === 1 && /^\p{scx=Latn}$/u.test(first))) return finish(name, [], options)
  return finish(name, [formalName(first)], options)
}

/** The family out of a full name, with its particles as one word: the last word, or what stands before a comma. */
export function familyNameValue(name: RawName, options: NameOptions): KeyValue {
  const { family } = personName(name.raw)
  return finish(name, family, options)
}

/** What a name says to tell father from son: junior, senior, a number. Most names say nothing. */
export function generationValue(raw: string): KeyValue {
  const found = generationIn(raw)
  return found === undefined ? missing : one(found)
}

function finish({ raw, columns, placeholders }: RawName, words: string[], options: NameOptions): KeyValue {
  if (raw.trim() === '') return missing
  if (placeholders.hasName(raw.split(/[\s,;]+/).filter((word) => word !== '')) || placeholders.hasName(columns) || placeholders.has(raw)) return placeholder(raw, 'a name')
  if (columns.some((column) => wordsOf(column).length === 0)) return invalid(raw, 'is no whole name')
  if (words.length === 0) return wordsOf(raw).length === 0 ? invalid(raw, 'is no name') : missing
  return spoken(raw, words, options)
}

/** The words of a name as they are compared. */
export function spoken(raw: string, words: readonly string[], { words: how, sound = false }: NameOptions): KeyValue {
  if (words.length === 0 || /^\d+$/.test(words.join(''))) return invalid(raw, 'is no name')
  const said = sound ? words.map(soundOf) : words
  if (how === 'each') return { ok: true, values: [...new Set(said)] }
  return one((how === 'sorted' ? [...said].sort() : said).join(' '))
}
