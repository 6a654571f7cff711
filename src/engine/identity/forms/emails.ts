import { domainToASCII, domainToUnicode } from 'node:url'
import { sha256Hex } from '../../values/hash.ts'
import { readAddress } from '../../values/match-key.ts'
import { caseFolded } from './fold.ts'
import { invalid, missing, one, placeholder } from './key-value.ts'
import type { KeyValue } from './key-value.ts'
import { placeholdersFor } from './placeholders.ts'
import type { Placeholders } from './placeholders.ts'

const GMAIL = new Set(['gmail.com', 'googlemail.com'])

/** The mailbox that a lower-case address reaches: only Gmail is known to ignore dots and +suffixes, and to have two names. */
export function canonicalAddress(address: string): string {
  const at = address.lastIndexOf('@')
  if (!GMAIL.has(address.slice(at + 1))) return address
  return `${gmailLocal(address.slice(0, at))}@gmail.com`
}

function gmailLocal(local: string): string {
  const bare = (local.split('+')[0] ?? '').replaceAll('.', '')
  return bare === '' ? local : bare
}

/** An address as it was written, in lower case, and as it is compared: its domain as the network knows it. */
interface Address {
  written: string
  comparable: string
}

function readPlaced(raw: string, placeholders: Placeholders): Address | KeyValue {
  const text = raw.normalize('NFKC').trim()
  if (text === '') return missing
  if (placeholders.has(text) || placeholders.has(addressIn(text))) return placeholder(raw, 'a person’s address')
  const read = readAddress(text)
  if (!read.ok) return read.cause === 'key missing' ? missing : { ok: false, cause: 'key invalid', message: read.message, reason: 'not of its form' }
  const folded = caseFolded(read.key)
  const at = folded.lastIndexOf('@')
  const comparable = canonicalAddress(`${folded.slice(0, at)}@${networkDomain(folded.slice(at + 1))}`)
  if (placeholders.has(comparable) || placeholders.hasHash(sha256Hex(comparable))) return placeholder(raw, 'a person’s address')
  return { written: read.key, comparable }
}

/** `münchen.de` as `xn--mnchen-3ya.de`. */
function networkDomain(domain: string): string {
  return /^[ -~]*$/.test(domain) ? domain : domainToASCII(domain) || domain
}

/** What stands in the angle brackets of a display name, where there are any. */
function addressIn(text: string): string {
  return /<([^<>]*)>\s*$/.exec(text)?.[1] ?? text
}

export function emailValue(raw: string, placeholders: Placeholders = placeholdersFor('email', undefined)): KeyValue {
  const read = readPlaced(raw, placeholders)
  return 'ok' in read ? read : one(read.comparable)
}

/**
 * The texts under whose hash a system may know an address: as written in lower case (Meta), without dots and suffix
 * (Google, UID2), with the other name of Gmail, and with its domain in either spelling.
 */
export function addressVariants({ written, comparable }: Address): string[] {
  const at = comparable.lastIndexOf('@')
  const [local, domain] = [comparable.slice(0, at), comparable.slice(at + 1)]
  const names = GMAIL.has(domain) ? [...GMAIL] : domain.includes('xn--') ? [domain, domainToUnicode(domain)] : [domain]
  return [...new Set([written, caseFolded(written), ...names.map((name) => `${local}@${name}`)])]
}

/** An address as the hashes of its variants, to be compared with addresses that are only known hashed. */
export function emailHashes(raw: string, placeholders: Placeholders = placeholdersFor('email', undefined)): KeyValue {
  const read = readPlaced(raw, placeholders)
  return 'ok' in read ? read : { ok: true, values: addressVariants(read).map(sha256Hex) }
}

/** A SHA-256 that was written as hex in any case, or as base64 with or without padding or in its URL form, as lower-case hex. */
export function hashValue(raw: string, placeholders: Placeholders = placeholdersFor('email', undefined)): KeyValue {
  const text = raw.trim()
  if (text === '') return missing
  if (placeholders.has(text)) return placeholder(raw, 'a hash')
  const hex = hexOf(text)
  if (hex === undefined) return invalid(raw, 'is no SHA-256 in hex or base64')
  // No text has such a hash: somebody filled the column with it.
  if (placeholders.hasHash(hex) || /^(.)\1*$/.test(hex)) return invalid(raw, 'is the hash of a placeholder', 'placeholder')
  return one(hex)
}

/** A hash in its one form; undefined for any other text. */
export function hexOf(text: string): string | undefined {
  const bare = /^(?:0x|sha256[:=-])/i.test(text) ? text.replace(/^(?:0x|sha256[:=-])/i, '') : text
  if (/^[0-9a-f]{64}$/i.test(bare)) return bare.toLowerCase()
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(bare)) return undefined
  return Buffer.from(bare.replaceAll('-', '+').replaceAll('_', '/'), 'base64').toString('hex')
}
