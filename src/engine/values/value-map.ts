import type { ContractColumn, FieldMapping, ValueType } from '../../contract/definitions.ts'
import type { DestinationField } from './destination-field.ts'
import type { Canonical } from './canonical.ts'
import { canonicalise, textOf, type CanonicalResult } from './canonical.ts'

/** A mapping's value map, ready for look-up by the text of the warehouse value; '' stands for no value. */
export interface ValueMap {
  lookUp(canonical: Canonical): CanonicalResult | undefined
  /** Destination text → warehouse text, where that is unambiguous. */
  reverse?: ReadonlyMap<string, string>
}

/** Compiles `values` of a mapping; undefined when it has none. */
export function compileValueMap(mapping: FieldMapping, column: Pick<ContractColumn, 'type'> | undefined, field: DestinationField): ValueMap | undefined {
  if (mapping.values === undefined) return undefined
  const entries = new Map<string, CanonicalResult>()
  for (const [from, to] of Object.entries(mapping.values)) entries.set(entryText(column?.type ?? 'string', from) ?? from, canonicalise(field.type, asInput(field, to), { precision: field.precision }))
  return {
    lookUp: (canonical) => entries.get(canonical === null ? '' : textOf(canonical)),
    reverse: reversed(entries, mapping.otherwise === 'as it is'),
  }
}

/**
 * The warehouse value that an entry of a value map is for, as the text behind its canonical form: `1.0` is the number 1.
 * '' stands for no value; undefined where the column can hold no such value. An entry for a set or list is for its items.
 */
export function entryText(type: ValueType, from: string): string | undefined {
  const item = type === 'set' || type === 'list' || type === 'json'
  const canonical = canonicalise(item ? 'string' : type, from)
  if (!canonical.ok) return undefined
  return canonical.value === null ? '' : textOf(canonical.value)
}

/** A constant or a mapped value as the field's type takes it: a set of one for a set. */
export function asInput(field: DestinationField, value: string | number | boolean): unknown {
  return field.type === 'set' || field.type === 'list' ? (value === '' ? null : [value]) : value
}

function reversed(entries: Map<string, CanonicalResult>, passesOthers: boolean): Map<string, string> | undefined {
  const back = new Map<string, string>()
  for (const [from, result] of entries) {
    if (!result.ok || result.value === null || from === '') return undefined
    const to = textOf(result.value)
    // Two values with one image, or an image that an unmapped value could also have: no way back.
    if (back.has(to) || (passesOthers && !entries.has(to))) return undefined
    back.set(to, from)
  }
  return back
}
