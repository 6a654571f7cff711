import type { FieldMapping } from '../../contract/definitions.ts'
import type { DestinationField } from '../destinations/destination.ts'
import type { Canonical } from '../planning/types.ts'
import { canonicalise, textOf, type CanonicalResult } from './canonical.ts'

/** A mapping's value map, ready for look-up by the text of the warehouse value; '' stands for no value. */
export interface ValueMap {
  lookUp(canonical: Canonical): CanonicalResult | undefined
  /** Destination text → warehouse text, where that is unambiguous. */
  reverse?: ReadonlyMap<string, string>
}

/** Compiles `values` of a mapping; undefined when it has none. */
export function compileValueMap(mapping: FieldMapping, field: DestinationField): ValueMap | undefined {
  if (mapping.values === undefined) return undefined
  const entries = new Map<string, CanonicalResult>()
  for (const [from, to] of Object.entries(mapping.values)) entries.set(from.normalize('NFC'), canonicalise(field.type, asInput(field, to)))
  return {
    lookUp: (canonical) => entries.get(canonical === null ? '' : textOf(canonical)),
    reverse: reversed(entries, mapping.otherwise === 'as it is'),
  }
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
