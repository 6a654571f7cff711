import type { KeyNormaliser } from '../../contract/definitions.ts'
import type { BlockedCause } from '../../contract/states.ts'
import { canonicalise, quoted, textOf } from './canonical.ts'
import { invisibleIn } from './invisible.ts'

/** A key that can find a record, or why the value cannot be one. */
export type MatchKey = { ok: true; key: string } | { ok: false; cause: Extract<BlockedCause, 'key missing' | 'key invalid'>; message: string }

/** What people and forms write where there is nothing. Compared in lower case, whole value only. */
const PLACEHOLDERS = new Set(
  `null none nil nan n/a #n/a na n.a. n.a undefined unknown unbekannt anonymous anon nobody empty missing blank
  test testing dummy example tbd todo deleted removed redacted x xx xxx xxxx - -- --- . .. ? ?? ??? / 0 -1`
    .split(/\s+/)
    .concat('not available', 'not applicable', 'no email', 'no phone', 'not provided', 'not set'),
)

/** Local parts that stand for nobody, or for a machine that answers for everybody. */
const NOBODY = new Set(
  'null none nil na n/a unknown anonymous anon nobody undefined noreply no-reply no_reply no.reply donotreply do-not-reply do_not_reply noemail no-email no_email nomail no-mail notprovided mailer-daemon postmaster'.split(' '),
)
const TEST_DOMAIN = /^(?:test|example|dummy)\.[a-z.]+$/

const ONE_DIGIT = /^(\d)\1*$/
const COUNTED_UP = new Set(['123456789', '1234567890', '0123456789', '12345678', '1234567', '9876543210'])

/**
 * Brings a value to the form in which the destination holds the key. It is sent and looked up as it is, so it must be
 * what the destination stores: the dots and tags of a Gmail address stay, although Gmail ignores them, because the
 * destination does not. Placeholders never match anybody.
 */
export function normaliseMatchKey(normaliser: KeyNormaliser, value: unknown): MatchKey {
  const invisible = typeof value === 'string' ? invisibleIn(value) : undefined
  if (invisible !== undefined) return invalid(`${quoted(value)} holds a character that cannot be seen (${invisible}).`)
  const canonical = canonicalise('string', value, { trim: normaliser !== 'exact' })
  if (!canonical.ok) return invalid(`${canonical.message}.`)
  if (canonical.value === null) return { ok: false, cause: 'key missing', message: 'The key has no value.' }
  const text = textOf(canonical.value)
  const bare = text.trim()
  if (bare === '') return { ok: false, cause: 'key missing', message: 'The key is only white space.' }
  if (PLACEHOLDERS.has(bare.toLowerCase())) return invalid(`${quoted(text)} is a placeholder, not a key.`)
  switch (normaliser) {
    case 'exact':
    case 'trimmed':
      return zeros(text) ?? { ok: true, key: text }
    case 'lower':
      return zeros(text) ?? { ok: true, key: text.toLowerCase().normalize('NFC') }
    case 'email':
      return emailKey(text)
    case 'digits':
      return digitsKey(text)
  }
}

function invalid(message: string): MatchKey {
  return { ok: false, cause: 'key invalid', message }
}

function zeros(text: string): MatchKey | undefined {
  return text.length > 1 && text.trim().replaceAll('0', '') === '' ? invalid(`${quoted(text)} is a placeholder, not a key.`) : undefined
}

function emailKey(text: string): MatchKey {
  const read = readAddress(text)
  if (!read.ok) return read
  const [local, domain] = [read.key.slice(0, read.key.lastIndexOf('@')), read.key.slice(read.key.lastIndexOf('@') + 1)]
  if (NOBODY.has(local) || (TEST_DOMAIN.test(domain) && local === 'test')) return invalid(`${quoted(text)} is a placeholder, not a person’s address.`)
  return read
}

/** The form of an address alone, whoever it may belong to. */
export function readAddress(text: string): MatchKey {
  const address = bareAddress(text).toLowerCase().normalize('NFC')
  const at = address.lastIndexOf('@')
  if (at < 1) return invalid(`${quoted(text)} is not an email address.`)
  const local = address.slice(0, at)
  const domain = address.slice(at + 1)
  if (/[,;]/.test(address) || local.includes('@')) return invalid(`${quoted(text)} holds more than one email address.`)
  if (!isLocalPart(local) || !isDomain(domain)) return invalid(`${quoted(text)} is not an email address.`)
  return { ok: true, key: address }
}

/** The address of `Jane Doe <jane@example.org>`, `<jane@…>` or `mailto:jane@…`. */
function bareAddress(text: string): string {
  const open = text.lastIndexOf('<')
  const address = open >= 0 && text.endsWith('>') ? text.slice(open + 1, -1).trim() : text
  return /^mailto:/i.test(address) ? address.slice(7) : address
}

const LOCAL_PART = /^[^\s"(),:;<>@[\\\]\u0000-\u001f\u007f\u200b-\u200f\u2028-\u202e\ufeff]{1,64}$/
const LABEL = /^[\p{L}\p{N}\p{M}-]{1,63}$/u

function isLocalPart(local: string): boolean {
  return LOCAL_PART.test(local) && !local.startsWith('.') && !local.endsWith('.') && !local.includes('..')
}

function isDomain(domain: string): boolean {
  const labels = domain.split('.')
  const top = labels.at(-1) ?? ''
  if (labels.length < 2 || domain.length > 253 || top.length < 2 || /^\d+$/.test(top)) return false
  return labels.every((label) => LABEL.test(label) && !label.startsWith('-') && !label.endsWith('-'))
}

function digitsKey(text: string): MatchKey {
  // NFKC turns full-width digits into plain ones.
  const plain = text.normalize('NFKC')
  if (/\p{L}/u.test(plain)) return invalid(`${quoted(text)} holds letters, so its digits are not one number.`)
  const digits = plain.replace(/[^0-9]/g, '')
  if (digits === '') return invalid(`${quoted(text)} has no digits.`)
  if ((digits.length > 1 && ONE_DIGIT.test(digits)) || COUNTED_UP.has(digits)) return invalid(`${quoted(text)} is a placeholder, not a key.`)
  return { ok: true, key: digits }
}
