import type { BlockedCause } from '../../../contract/states.ts'
import { quoted } from '../../values/canonical.ts'

/** Why a value that is there is no key: the rules say that it stands for nothing, or is outside their limits, or it has not the form. */
export type DropReason = 'placeholder' | 'before the earliest' | 'after the latest' | 'not of its form'

/**
 * The comparable values of one raw value: usually one, several where one address has several hashes. Or why there is
 * none: nothing was there, or what was there identifies nobody.
 */
export type KeyValue =
  | { ok: true; values: string[] }
  | { ok: false; cause: Extract<BlockedCause, 'key missing'>; message: string }
  | { ok: false; cause: Extract<BlockedCause, 'key invalid'>; message: string; reason: DropReason }

export const missing: KeyValue = { ok: false, cause: 'key missing', message: 'The key has no value.' }

export function one(value: string): KeyValue {
  return { ok: true, values: [value] }
}

export function invalid(raw: string, why: string, reason: DropReason = 'not of its form'): Extract<KeyValue, { cause: 'key invalid' }> {
  return { ok: false, cause: 'key invalid', message: `${quoted(raw)} ${why}.`, reason }
}

/** A value that the list of placeholders names. */
export function placeholder(raw: string, what: string): Extract<KeyValue, { cause: 'key invalid' }> {
  return invalid(raw, `is a placeholder, not ${what}`, 'placeholder')
}
