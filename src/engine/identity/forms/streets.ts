import { foldText } from './fold.ts'
import { missing, one } from './key-value.ts'
import type { KeyValue } from './key-value.ts'

/** Words that say what kind of way it is; where one follows the name, the name ends. */
const TYPES = new Set(
  `street st str avenue ave av road rd lane ln drive dr court ct place pl crescent cres circuit cct close cl boulevard blvd way terrace ter tce square sq parade pde highway hwy
  trail trl loop rise grove gr gardens gdns parkway pkwy plaza circle cir walk row mews quay strasse weg platz allee gasse ring straat laan gade vej gatan`.split(/\s+/),
)
/** Kinds of way that stand before the name. */
const LEADING = new Set('rue avenue boulevard place chemin allee impasse quai cours calle avenida plaza via viale piazza corso rua praca ulica ul'.split(' '))
const DIRECTIONS = new Set('n s e w ne nw se sw north south east west'.split(' '))
const UNIT = /(?:^|\s)(?:apt|appt|apartment|suite|ste|unit|flat|room|rm|floor|fl|level|building|bldg|bld|no|nr)[. ]*#?\s*[a-z]?-?\d+[a-z]?(?=\s|$)|#\s*[\w-]+/g
/** German street names carry their kind: hardenbergstrasse. */
const GROWN = /^(\p{L}{3,})(?:strasse|str|weg|platz|allee|gasse|straat|laan|gatan)$/u
const MOST_WORDS = 3

/**
 * House number and name of the street out of an address line, without kind of way, direction, flat and what follows:
 * `123 E Main St, Las Vegas` and `123 Main Street` are `123 main`. A line without a house number gives nothing.
 */
export function streetValue(raw: string): KeyValue {
  for (const line of foldText(raw).split(/[,;\n]/)) {
    const box = /\bp\.? ?o\.? ?box (\d+)/.exec(line)
    if (box) return one(`box ${box[1]}`)
    const words = line
      .replace(UNIT, ' ')
      .replace(/['’.]/g, '')
      .split(/[^\p{L}\p{N}\p{M}]+/u)
      .filter((word) => word !== '')
    const found = numberFirst(words) ?? numberLast(words)
    if (found !== undefined) return one(found)
  }
  return missing
}

function numberFirst(words: readonly string[]): string | undefined {
  const at = words.findIndex((word, place) => isNumber(word) && place + 1 < words.length && !isNumber(words[place + 1] ?? ''))
  if (at < 0) return undefined
  // A name before the number belongs to it where the number ends the street: `hauptstrasse 5 koeln`.
  const before = words[at - 1]
  if (before !== undefined && (TYPES.has(before) || GROWN.test(before))) return undefined
  const after = words.slice(at + 1)
  const name = LEADING.has(after[0] ?? '') && !TYPES.has(after[1] ?? '') ? after.slice(1, 1 + MOST_WORDS) : nameUntilType(after)
  return name.length === 0 ? undefined : `${words[at]} ${name.join(' ')}`
}

function nameUntilType(words: readonly string[]): string[] {
  const named = words.length > 1 && DIRECTIONS.has(words[0] ?? '') ? words.slice(1) : words
  const end = named.findIndex((word, at) => at > 0 && TYPES.has(word))
  return (end < 0 ? named.slice(0, MOST_WORDS) : named.slice(0, end)).map(withoutKind)
}

function numberLast(words: readonly string[]): string | undefined {
  const at = words.findIndex((word, place) => place > 0 && isNumber(word))
  const [first, ...rest] = words.slice(0, Math.max(0, at))
  if (first === undefined) return undefined
  const name = [first, ...rest].filter((word) => !TYPES.has(word)).slice(-MOST_WORDS).map(withoutKind)
  return name.length === 0 ? undefined : `${words[at]} ${name.join(' ')}`
}

function withoutKind(word: string): string {
  return GROWN.exec(word)?.[1] ?? word
}

function isNumber(word: string): boolean {
  return /^\d{1,6}\p{L}?$/u.test(word)
}
