import { sha256Hex } from '../../values/hash.ts'
import { normaliseMatchKey } from '../../values/match-key.ts'
import { invalid, missing, one } from './key-value.ts'
import type { KeyValue } from './key-value.ts'

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

export function emailValue(raw: string): KeyValue {
  const key = normaliseMatchKey('email', raw)
  return key.ok ? one(canonicalAddress(key.key)) : key
}

/**
 * The texts under whose hash a system may know an address: as written in lower case (Meta), without dots and suffix
 * (Google, UID2), and with the other name of Gmail.
 */
export function addressVariants(address: string): string[] {
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1)
  if (!GMAIL.has(domain)) return [address]
  const bare = gmailLocal(address.slice(0, at))
  return [...new Set([address, `${bare}@gmail.com`, `${bare}@googlemail.com`])]
}

/** An address as the hashes of its variants, to be compared with addresses that are only known hashed. */
export function emailHashes(raw: string): KeyValue {
  const key = normaliseMatchKey('email', raw)
  return key.ok ? { ok: true, values: addressVariants(key.key).map(sha256Hex) } : key
}

/** Hashes of nothing, and of what forms hold where nobody gave an address. */
const NOBODY = new Set(
  [
    '',
    ...'null none undefined unknown anonymous n/a na nil test - 0'.split(' '),
    ...'test@test.com test@example.com test@test.test none@none.com no@no.com null@null.com noreply@example.com no-reply@example.com noemail@noemail.com na@na.com a@a.com'.split(' '),
  ].map(sha256Hex),
)

/** A SHA-256 that was written as hex in any case, or as base64 with or without padding or in its URL form, as lower-case hex. */
export function hashValue(raw: string): KeyValue {
  const text = raw.trim()
  if (text === '') return missing
  const hex = hexOf(text)
  if (hex === undefined) return invalid(raw, 'is no SHA-256 in hex or base64')
  if (NOBODY.has(hex) || /^(.)\1*$/.test(hex)) return invalid(raw, 'is the hash of a placeholder')
  return one(hex)
}

function hexOf(text: string): string | undefined {
  const bare = /^(?:0x|sha256[:=-])/i.test(text) ? text.replace(/^(?:0x|sha256[:=-])/i, '') : text
  if (/^[0-9a-f]{64}$/i.test(bare)) return bare.toLowerCase()
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(bare)) return undefined
  return Buffer.from(bare.replaceAll('-', '+').replaceAll('_', '/'), 'base64').toString('hex')
}
