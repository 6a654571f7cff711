import type { ContractColumn, FieldMapping, ValueType } from '../../contract/definitions.ts'
import { AppError } from '../../contract/errors.ts'
import type { Raw } from '../../contract/states.ts'
import type { DestinationField, FieldEncoding } from './destination-field.ts'
import type { Canonical } from './canonical.ts'
import { canonicalise, canonicalOfItems, itemsOf, quoted, textOf, type CanonicalResult } from './canonical.ts'
import { conversionOf, type Conversion } from './conversion.ts'
import { sha256Hex } from './hash.ts'
import { canonicalJson } from './json.ts'
import { asInput, compileValueMap, type ValueMap } from './value-map.ts'

export type ValueCause = 'value invalid' | 'value too long' | 'not in picklist'

/** A warehouse value on its way out: what is sent and how it compares, or why the field does not take it. */
export type Forwarded = { ok: true; canonical: Canonical; raw: Raw } | ValueRefusal
export interface ValueRefusal {
  ok: false
  cause: ValueCause
  message: string
  /** The warehouse value, as text. */
  value: string
  /** The mapping translates, and says nothing of this value. */
  unmapped?: true
}

/** One mapping of an activation, made once per plan and used for every row. */
export interface CompiledMapping {
  mapping: FieldMapping
  field: DestinationField
  /** Of the product's column; absent for a constant. */
  columnType?: ValueType
  /** The destination shows plain values of the field as it was sent them ({@link FieldEncoding.keepsPlain}). */
  keepsPlain: boolean
  /** Source value → what is sent, and its comparable form `normalise(forward(d))`. */
  forward(sourceValue: unknown): Forwarded
  /** The destination's form as read → comparable form. */
  normalise(raw: Raw): Canonical
  /** The destination's form → the warehouse value it stands for; absent where the mapping is lossy or a constant. */
  inverse?(raw: Raw): CanonicalResult
  /** What is sent to empty the field. */
  empty: Raw
  /** Two warehouse values may look the same in the destination; accepted explicitly in the editor. */
  lossy: boolean
  /** Changes whenever the mapping decides differently; part of the source fingerprint. */
  version: string
}

/** Distinct values remembered per mapping: decisions have few, and their rows then cost one look-up. */
const REMEMBERED = 1024

/**
 * Compiles one mapping. `column` is the product's column, absent for a constant. Throws `type-mismatch` where no value
 * of the column could ever become one of the field. `timezone` is the workspace's.
 */
export function compileMapping(mapping: FieldMapping, column: ContractColumn | undefined, field: DestinationField, declaration: FieldEncoding, timezone = 'UTC'): CompiledMapping {
  const conversion = column === undefined ? undefined : conversionOf(column.type, field.type, { precision: field.precision, timezone })
  const valueMap = compileValueMap(mapping, column, field)
  if (column !== undefined && conversion === undefined && (valueMap === undefined || mapping.otherwise === 'as it is')) throw notConvertible(column, field)
  const options = field.options && new Set(field.options.map(({ value }) => value))
  const parts: Parts = { mapping, column, field, declaration, conversion, valueMap, options, empty: emptyRaw(field, declaration) }
  const inverse = inverseOf(parts)
  return {
    mapping,
    field,
    ...(column === undefined ? {} : { columnType: column.type }),
    keepsPlain: declaration.keepsPlain?.(field) ?? false,
    forward: mapping.value === undefined ? remembering((value) => forward(parts, value)) : constant(parts, mapping.value),
    normalise: (raw) => comparable(parts, raw),
    ...(inverse === undefined ? {} : { inverse }),
    empty: parts.empty,
    lossy: column !== undefined && inverse === undefined,
    version: sha256Hex(canonicalJson({ form: 2, mapping, type: column?.type ?? null, field, timezone })),
  }
}

interface Parts {
  mapping: FieldMapping
  column: ContractColumn | undefined
  field: DestinationField
  declaration: FieldEncoding
  conversion: Conversion | undefined
  valueMap: ValueMap | undefined
  options: ReadonlySet<string> | undefined
  empty: Raw
}

function notConvertible(column: ContractColumn, field: DestinationField): AppError {
  return new AppError('type-mismatch', `${column.column} (${column.type}) cannot be written to ${field.label} (${field.type}).`, {
    field: field.name,
    next: 'Map another column, or convert it in the product’s SQL.',
  })
}

/** Gives up on a column whose values hardly repeat: there a look-up costs more than it saves. */
function remembering(compute: (value: unknown) => Forwarded): (value: unknown) => Forwarded {
  const known = new Map<unknown, Forwarded>()
  let hits = 0
  let useful = true
  return (value) => {
    if (!useful || (typeof value === 'object' && value !== null)) return compute(value)
    const before = known.get(value)
    if (before !== undefined) {
      hits++
      return before
    }
    const result = compute(value)
    if (known.size < REMEMBERED) known.set(value, result)
    else if (hits < REMEMBERED) {
      useful = false
      known.clear()
    }
    return result
  }
}

function constant(parts: Parts, value: string | number | boolean): () => Forwarded {
  const typed = canonicalise(parts.field.type, asInput(parts.field, value), { precision: parts.field.precision })
  const result = typed.ok ? fit(parts, typed.value, value) : refused(parts, typed.message, value)
  return () => result
}

function forward(parts: Parts, value: unknown): Forwarded {
  const { mapping, column, field } = parts
  const source = canonicalise(column?.type ?? field.type, value, { trim: mapping.trim, precision: field.precision })
  if (!source.ok) return refused(parts, source.message, value)
  const mapped = mapValue(parts, source.value)
  if (mapped === 'unmapped') {
    const why = `${quoted(shown(value))} has no entry in the value map`
    return { ok: false, cause: parts.options === undefined ? 'value invalid' : 'not in picklist', message: `${field.label}: ${why}.`, value: shown(value), unmapped: true }
  }
  return mapped.ok ? fit(parts, mapped.value, value) : refused(parts, mapped.message, value)
}

function mapValue(parts: Parts, source: Canonical): CanonicalResult | 'unmapped' {
  const { valueMap, conversion, column, field } = parts
  if (valueMap !== undefined && source !== null && isSeveral(field) && isSeveral(column)) return mapItems(parts, field.type, source, valueMap)
  const entry = valueMap?.lookUp(source)
  if (entry !== undefined) return entry
  if (source === null) return { ok: true, value: null }
  if (valueMap !== undefined && parts.mapping.otherwise === 'invalid') return 'unmapped'
  return conversion === undefined ? 'unmapped' : conversion.convert(source)
}

/** The value map of a set or list holds for each of its items. */
function mapItems({ mapping }: Parts, type: 'set' | 'list', source: string, valueMap: ValueMap): CanonicalResult | 'unmapped' {
  const items: Canonical[] = []
  for (const item of itemsOf(source)) {
    const entry = valueMap.lookUp(item)
    if (entry === undefined) {
      if (item !== null && mapping.otherwise === 'invalid') return 'unmapped'
      items.push(item)
    } else if (!entry.ok) return entry
    else if (entry.value !== null) items.push(...itemsOf(entry.value))
  }
  return { ok: true, value: canonicalOfItems(type, items) }
}

function isSeveral<T extends { type: ValueType }>(holder: T | undefined): holder is T & { type: 'set' | 'list' } {
  return holder?.type === 'set' || holder?.type === 'list'
}

/** Length, list and the destination's own encoder; then what the destination would show of it. */
function fit(parts: Parts, typed: Canonical, value: unknown): Forwarded {
  const { field, declaration } = parts
  const canonical = folded(field, typed)
  if (canonical === null) return { ok: true, canonical, raw: parts.empty }
  const problem = lengthProblem(field, canonical, value) ?? optionProblem(parts, canonical, value)
  if (problem !== undefined) return problem
  const encoded = declaration.encode(field, canonical)
  if (!encoded.ok) return { ok: false, cause: encoded.reason, message: encoded.message, value: shown(value) }
  return { ok: true, raw: encoded.raw, canonical: comparable(parts, encoded.raw) }
}

/** What empties the field. A field that cannot be emptied is not sent empty either (see checkMapping). */
function emptyRaw(field: DestinationField, declaration: FieldEncoding): Raw {
  const encoded = declaration.encode(field, null)
  return encoded.ok ? encoded.raw : null
}

function comparable({ field, declaration }: Parts, raw: Raw): Canonical {
  return comparableForm(field, declaration, raw)
}

/** The destination's form as read → comparable form (normalise of semantics §1); it depends on the field alone. */
export function comparableForm(field: DestinationField, declaration: Pick<FieldEncoding, 'decode'>, raw: Raw): Canonical {
  return raw === null ? null : folded(field, declaration.decode(field, raw))
}

/** What the destination does to text itself, done on both sides so that they compare. */
function folded(field: DestinationField, canonical: Canonical): Canonical {
  if (canonical === null || field.folds === undefined || !canonical.startsWith('s:')) return canonical
  const text = textOf(canonical).toLowerCase().normalize('NFC')
  const kept = field.folds === 'email' ? text.trim() : text
  return kept === '' ? null : `s:${kept}`
}

function lengthProblem(field: DestinationField, canonical: string, value: unknown): ValueRefusal | undefined {
  const length = canonical.length - 2
  if (field.maxLength === undefined || length <= field.maxLength || !canonical.startsWith('s:')) return undefined
  return { ok: false, cause: 'value too long', message: `${field.label} takes ${field.maxLength} characters; ${quoted(textOf(canonical))} has ${length}.`, value: shown(value) }
}

function optionProblem({ field, options }: Parts, canonical: string, value: unknown): ValueRefusal | undefined {
  if (options === undefined) return undefined
  const chosen = isSeveral(field) ? itemsOf(canonical).map((item) => (item === null ? '' : textOf(item))) : [textOf(canonical)]
  const unknown = chosen.find((text) => !options.has(text))
  if (unknown === undefined) return undefined
  return { ok: false, cause: 'not in picklist', message: `${field.label} does not offer ${quoted(unknown)}.`, value: shown(value) }
}

function refused({ field }: Parts, message: string, value: unknown): ValueRefusal {
  return { ok: false, cause: 'value invalid', message: `${field.label}: ${message}.`, value: shown(value) }
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function inverseOf(parts: Parts): ((raw: Raw) => CanonicalResult) | undefined {
  const { mapping, column, field, conversion, valueMap } = parts
  if (column === undefined || field.folds !== undefined) return undefined
  if (valueMap !== undefined && valueMap.reverse === undefined) return undefined
  const back = conversion?.back
  if (valueMap === undefined && back === undefined) return undefined
  if (valueMap !== undefined && (isSeveral(column) || (mapping.otherwise === 'as it is' && back === undefined))) return undefined
  return (raw) => {
    const canonical = comparable(parts, raw)
    if (canonical === null) return { ok: true, value: null }
    const source = valueMap?.reverse?.get(reverseText(field, canonical))
    if (source !== undefined) return canonicalise(column.type, source, { precision: field.precision })
    if (back === undefined || (valueMap !== undefined && mapping.otherwise === 'invalid')) return { ok: false, message: `${quoted(textOf(canonical))} stands for no value of ${column.column}` }
    return back(canonical)
  }
}

/** The reverse map was built from the text of mapped values, which for sets is their JSON of canonical items. */
function reverseText(field: DestinationField, canonical: string): string {
  return isSeveral(field) ? JSON.stringify(itemsOf(canonical)) : textOf(canonical)
}
