import type { IdentityDefinition, KeyForm, KeyPart } from '../../contract/identity.ts'
import { nearestWord } from '../values/nearest-word.ts'
import { knownLanguages } from '../values/month-names.ts'

/** Something in rules that is a word of theirs and says nothing where it stands. */
export interface PartProblem {
  path: PropertyKey[]
  value: string
  message: string
  next: string
}

type Option = Exclude<keyof KeyPart, 'column' | 'as' | 'sources' | 'optional'>

const NAMES: readonly KeyForm[] = ['name', 'given name', 'family name', 'organisation']
const HASHES: readonly KeyForm[] = ['hashed email', 'hashed phone']

/** The forms in which each option of a part says something. */
const FORMS: Record<Option, readonly KeyForm[]> = {
  country: ['phone'],
  defaultCountry: ['phone'],
  order: ['date'],
  earliest: ['date'],
  latest: ['date'],
  words: NAMES,
  sound: NAMES,
  formal: ['name', 'given name'],
  // Some characters of a hash are nobody’s.
  first: allBut(HASHES),
  last: allBut(HASHES),
}

function allBut(left: readonly KeyForm[]): readonly KeyForm[] {
  const all: readonly KeyForm[] = ['exact', 'trimmed', 'lower', 'digits', 'code', 'email', 'phone', 'device', ...NAMES, 'generation', 'date', 'postcode', 'street', 'country']
  return all.filter((form) => !left.includes(form))
}

/** Options that say nothing in their form, and values that are known only here. */
export function checkParts({ keys, languages = [] }: IdentityDefinition): PartProblem[] {
  const parts = Object.entries(keys).flatMap(([name, { from }]) => {
    const listed = Array.isArray(from)
    return (listed ? (from as KeyPart[]) : [from as KeyPart]).flatMap((part, at) => checkPart(part, ['keys', name, 'from', ...(listed ? [at] : [])]))
  })
  const unknown = languages.flatMap((language, at): PartProblem[] => {
    if (knownLanguages.includes(language)) return []
    return [{ path: ['languages', at], value: language, message: `The months of the language '${language}' are not known.`, next: didYouMean(language, knownLanguages) ?? `Use some of: ${knownLanguages.join(', ')}.` }]
  })
  return [...parts, ...unknown]
}

/** Names of sources, where a part is only read from some. */
export function checkSources({ keys }: Pick<IdentityDefinition, 'keys'>, known: readonly string[]): PartProblem[] {
  return Object.entries(keys).flatMap(([name, { from }]) => {
    const listed = Array.isArray(from)
    return (listed ? (from as KeyPart[]) : [from as KeyPart]).flatMap(({ sources = [] }, at) =>
      sources.flatMap((source, place): PartProblem[] => {
        if (known.includes(source)) return []
        const path = ['keys', name, 'from', ...(listed ? [at] : []), 'sources', place]
        return [{ path, value: source, message: `No records come from '${source}'.`, next: didYouMean(source, known) ?? `There is: ${known.join(', ')}.` }]
      }),
    )
  })
}

function checkPart(part: KeyPart, path: PropertyKey[]): PartProblem[] {
  const problems = Object.entries(FORMS).flatMap(([option, forms]): PartProblem[] => {
    const value = part[option as Option]
    if (value === undefined || forms.includes(part.as)) return []
    return [{ path: [...path, option], value: String(value), message: `'${option}' says nothing about a value that is read as: ${part.as}.`, next: `Remove it, or read the column as: ${orList(nearestFirst(part.as, forms))}.` }]
  })
  if (part.first !== undefined && part.last !== undefined) {
    problems.push({ path: [...path, 'last'], value: String(part.last), message: "A part has its 'first' or its 'last' characters, not both.", next: 'Keep one of the two, and make a part of its own for the other.' })
  }
  if (part.earliest !== undefined && part.latest !== undefined && part.earliest > part.latest) {
    problems.push({ path: [...path, 'latest'], value: part.latest, message: `'latest' is before 'earliest' (${part.earliest}), so no day is between them.`, next: 'Correct one of the two.' })
  }
  return problems
}

function nearestFirst(form: KeyForm, forms: readonly KeyForm[]): readonly KeyForm[] {
  const nearest = nearestWord(form, forms)
  return nearest === undefined ? forms : [nearest as KeyForm, ...forms.filter((other) => other !== nearest)]
}

function orList(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`
}

function didYouMean(typed: string, known: readonly string[]): string | undefined {
  const near = nearestWord(typed, known)
  return near === undefined ? undefined : `Did you mean '${near}'?`
}
