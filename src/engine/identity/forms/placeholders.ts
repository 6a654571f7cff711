import { sha256Hex } from '../../values/hash.ts'
import { foldText } from './fold.ts'

/** What kind of value a list of placeholders is for: what stands for no telephone may well be an id. */
export type PlaceholderKind = 'id' | 'name' | 'email' | 'phone' | 'date'

/** What people and programs write where there is nothing, whatever the column. `*` stands for anything. */
const NOTHING = [
  ...'null none nil nan undefined unknown unbekannt inconnu desconocido sconosciuto onbekend anonymous anonym anon nobody'.split(' '),
  ...'n/a #n/a na n.a. n.a \\n empty missing blank default placeholder dummy test testing example tbd tbc todo deleted removed redacted'.split(' '),
  ...'x xx xxx xxxx - -- --- . .. ... ? ?? ??? / 0 -1'.split(' '),
  ...['not known', 'not available', 'not applicable', 'not provided', 'not given', 'not specified', 'not set', 'no name', 'no email', 'no phone', 'to be confirmed'],
]

/** Programs join a word for nothing to what they name: `user_null`, `device-unknown`. */
const IDS = ['* null', '* undefined', '* unknown', '* none', '* nan', 'f'.repeat(32)]

const NAMES = ['first name', 'last name', 'firstname', 'lastname', 'vorname', 'nachname', 'noname', 'asdf', 'qwerty', 'guest user', 'guest guest', 'guest checkout', 'max mustermann', 'erika mustermann']

const EMAILS = [
  ...'null none nil na n/a unknown anonymous anon nobody undefined noreply no-reply no_reply no.reply donotreply do-not-reply do_not_reply noemail no-email no_email nomail no-mail notprovided mailer-daemon postmaster'
    .split(' ')
    .map((local) => `${local}@*`),
  ...'test@test.* test@example.* test@dummy.*'.split(' '),
  // By name too: of these the hashes are known.
  ...'test@test.com test@example.com test@test.test none@none.com no@no.com null@null.com noreply@example.com no-reply@example.com noemail@noemail.com na@na.com a@a.com'.split(' '),
]

/** Digits that forms are filled with. A number with such digits that is really given out is one. */
const PHONES = [...Array.from({ length: 10 }, (_, digit) => Array.from({ length: 10 }, (__, more) => String(digit).repeat(more + 6))).flat(), '1234567', '12345678', '123456789', '1234567890', '0123456789', '9876543210']

/** Days that forms and programs fill in by themselves: the start of their calendars, and of all time. */
const DATES = '0000-00-00 00.00.0000 00/00/0000 0001-01-01 1111-11-11 1753-01-01 1800-01-01 1899-12-30 1899-12-31 1900-01-01 1970-01-01 2999-12-31 9999-01-01 9999-12-31'.split(' ')

/** The list that holds where rules give none of their own. */
export const defaultPlaceholders: Record<PlaceholderKind, readonly string[]> = {
  id: [...NOTHING, ...IDS],
  name: [...NOTHING, ...NAMES],
  email: [...NOTHING, ...EMAILS],
  phone: [...NOTHING, ...PHONES],
  date: [...NOTHING, ...DATES],
}

/** Words for nothing that some people are called: they only count where nothing else is said. */
const ALSO_NAMES = new Set('na nan nil blank x xx xxx xxxx'.split(' '))

/** A list in the rules: instead of the default one, or what it has more and less. */
export type PlaceholderList = readonly string[] | { also?: readonly string[] | undefined; not?: readonly string[] | undefined }

/** One list, ready to be asked. Case, accents and spaces around do not matter. */
export class Placeholders {
  private readonly texts: Set<string>
  /** Those without digits, by their letters alone: `N/A` and `NA` are one to an id. */
  private readonly letters: Set<string>
  private readonly patterns: readonly RegExp[]
  private readonly digits: Set<string>
  /** Digits that only the default list has: a number that is given out outranks them. */
  private readonly weakDigits: Set<string>
  private readonly hashes: Set<string>

  constructor(entries: readonly string[], weak: readonly string[] = []) {
    const folded = entries.map(folding)
    this.texts = new Set(folded.filter((entry) => !entry.includes('*')))
    this.letters = new Set([...this.texts].filter((entry) => !/\p{N}/u.test(entry)).map(bare).filter((entry) => entry !== ''))
    this.patterns = folded.filter((entry) => entry.includes('*')).map(patternOf)
    const usual = new Set(weak)
    this.digits = new Set(entries.filter((entry) => !usual.has(entry)).map(digitsOf).filter((entry) => entry.length > 4))
    this.weakDigits = new Set(entries.filter((entry) => usual.has(entry)).map(digitsOf).filter((entry) => entry.length > 4))
    this.hashes = new Set(['', ...entries.map((entry) => entry.trim().toLowerCase()), ...this.texts].map(sha256Hex))
    for (const entry of this.texts) if (/^[0-9a-f]{64}$/.test(entry)) this.hashes.add(entry)
  }

  /** Whether a text as a whole says nothing. Zeros alone are the number 0, however many. */
  has(text: string): boolean {
    const folded = folding(text)
    if (this.texts.has(folded) || (this.texts.has('0') && /^0+$/.test(bare(folded)))) return true
    return this.patterns.some((pattern) => pattern.test(folded) || pattern.test(spaced(folded)))
  }

  /** Whether an identifier says nothing, its marks apart. */
  hasId(text: string): boolean {
    return this.has(text) || this.letters.has(bare(folding(text)))
  }

  /** Whether a name says nothing: one of its parts is a word for nothing, or all of them together. */
  hasName(parts: readonly string[]): boolean {
    if (parts.length === 0) return false
    const folded = parts.map(folding)
    if (this.has(folded.join(' ')) || folded.every((part) => this.texts.has(part))) return true
    return folded.some((part) => this.texts.has(part) && !ALSO_NAMES.has(part))
  }

  /** Whether a number stands for none: by its digits, unless it is given out and only the default list has it. */
  hasPhone(digits: string, isGivenOut: () => boolean): boolean {
    if (this.digits.has(digits)) return true
    return (this.weakDigits.has(digits) || (this.texts.has('0') && /^0*$/.test(digits))) && !isGivenOut()
  }

  hasHash(hash: string): boolean {
    return this.hashes.has(hash)
  }
}

const usual = new Map<PlaceholderKind, Placeholders>()

/** The list for one kind of value: that of the rules, or the default one. */
export function placeholdersFor(kind: PlaceholderKind, list: PlaceholderList | undefined): Placeholders {
  const known = defaultPlaceholders[kind]
  const weak = kind === 'phone' ? PHONES : []
  if (list === undefined) {
    const before = usual.get(kind)
    if (before) return before
    const made = new Placeholders(known, weak)
    usual.set(kind, made)
    return made
  }
  if (Array.isArray(list)) return new Placeholders(list as readonly string[])
  const { also = [], not = [] } = list as Exclude<PlaceholderList, readonly string[]>
  const without = new Set(not.map(folding))
  return new Placeholders([...known.filter((entry) => !without.has(folding(entry))), ...also], weak)
}

function folding(text: string): string {
  return foldText(text).trim().replace(/\s+/g, ' ')
}

function spaced(folded: string): string {
  return folded.replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ').trim()
}

function bare(folded: string): string {
  return folded.replace(/[^\p{L}\p{N}]+/gu, '')
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '')
}

function patternOf(entry: string): RegExp {
  const literal = entry.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'))
  // eslint-disable-next-line security/detect-non-literal-regexp -- every character but * is escaped above
  return new RegExp(`^${literal.join('.+')}$`, 'su')
}
