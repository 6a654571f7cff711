import type { ValueType } from '../../contract/definitions.ts'
import { canonicalise, quoted, textOf } from './canonical.ts'
import { invisibleIn } from './invisible.ts'

/** Types whose canonical value is one text, so that a row or a record can be known by it. */
export function canBeKey(type: ValueType): boolean {
  return type !== 'set' && type !== 'list' && type !== 'json'
}

/** Digits of a second in a key: all that any warehouse keeps. */
const KEY_PRECISION = 9

/** The key of a row as the audience has it: `1001` for the number 1001.0, text in NFC. What is no value of the type stays as it is. */
export function productKey(type: ValueType, text: string): string {
  const canonical = canonicalise(type, text, { precision: KEY_PRECISION })
  return canonical.ok && canonical.value !== null ? textOf(canonical.value) : text.normalize('NFC')
}

/** Why a row cannot be known by its key, as `productKey` gives it. */
export function productKeyProblem(type: ValueType, key: string): string | undefined {
  const invisible = invisibleIn(key)
  if (invisible !== undefined) return `The key ${quoted(key)} of the row holds a character that cannot be seen (${invisible}).`
  const canonical = canonicalise(type, key, { precision: KEY_PRECISION })
  return canonical.ok ? undefined : `The key of the row cannot be used: ${canonical.message}.`
}
