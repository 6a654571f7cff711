import type { BlockedCause } from '../../../contract/states.ts'
import { normaliseMatchKey } from '../../values/match-key.ts'
import { quoted } from '../../values/canonical.ts'

/**
 * The comparable values of one raw value: usually one, several where one address has several hashes. Or why there is
 * none: nothing was there, or what was there identifies nobody.
 */
export type KeyValue = { ok: true; values: string[] } | { ok: false; cause: Extract<BlockedCause, 'key missing' | 'key invalid'>; message: string }

export const missing: KeyValue = { ok: false, cause: 'key missing', message: 'The key has no value.' }

export function one(value: string): KeyValue {
  return { ok: true, values: [value] }
}

export function invalid(raw: string, why: string): Extract<KeyValue, { ok: false }> {
  return { ok: false, cause: 'key invalid', message: `${quoted(raw)} ${why}.` }
}

/** Words that programs write where there is no identifier: `user_null`, `device-unknown`. */
const EMPTY_WORDS = new Set('null undefined unknown none nil nan anonymous anon na test dummy placeholder default'.split(' '))

/** Whether an identifier is a placeholder: a word for nothing, only zeros, or one character again and again. */
export function isPlaceholder(text: string): boolean {
  if (!normaliseMatchKey('lower', text).ok) return true
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u)
  if (words.some((word) => EMPTY_WORDS.has(word))) return true
  const bare = words.join('')
  return bare === '' || (bare.length > 1 && /^(.)\1*$/su.test(bare))
}
