import type { Authority, FieldMapping } from '../../../contract/definitions.ts'
import type { ObjectDescription } from '../../../contract/shapes.ts'
import type { FilterColumn } from '../../shared/filter-builder/filter-columns.ts'

export type DestinationField = ObjectDescription['fields'][number]

/** A mapping as the editor begins it. */
export function newMapping(to: string, from?: string): FieldMapping {
  return { ...(from === undefined ? { value: '' } : { from }), to, clear: false, trim: false, otherwise: 'invalid', onInvalid: 'block record' }
}

/** Fields that can be written and are not taken by another row. */
export function freeFields(fields: DestinationField[], mappings: FieldMapping[], except?: FieldMapping): DestinationField[] {
  const taken = new Set(mappings.filter((mapping) => mapping !== except).map((mapping) => mapping.to))
  return fields.filter((field) => field.access === 'read and write' && !taken.has(field.name))
}

/** Columns and free fields that are called the same; nothing is mapped twice, and a key is left to the match. */
export function suggestedMappings(columns: FilterColumn[], fields: DestinationField[], mappings: FieldMapping[], matchField: string): FieldMapping[] {
  const mapped = new Set(mappings.map((mapping) => mapping.from))
  const free = freeFields(fields, mappings).filter((field) => field.name !== matchField)
  return columns.flatMap((column) => {
    if (mapped.has(column.name)) return []
    const field = free.find((candidate) => [candidate.name, candidate.label].some((name) => plain(name) === plain(column.name)))
    return field === undefined ? [] : [newMapping(field.name, column.name)]
  })
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

/** Changes one row; the destination field identifies it. */
export function setMapping(mappings: FieldMapping[], to: string, next: FieldMapping): FieldMapping[] {
  return mappings.map((mapping) => (mapping.to === to ? next : mapping))
}

/** The row takes its value from a column; what only fits another column goes. */
export function fromColumn(mapping: FieldMapping, from: string): FieldMapping {
  const { value: _value, values, ...rest } = mapping
  return { ...rest, from, ...(mapping.from === from && values !== undefined ? { values } : {}) }
}

/** The row writes the same value everywhere. */
export function fixedValue(mapping: FieldMapping, value: string | number | boolean): FieldMapping {
  const { from: _from, values: _values, ...rest } = mapping
  return { ...rest, value }
}

/** Who owns the field; the activation's own choice needs no entry. */
export function withAuthority(mapping: FieldMapping, authority: Authority | undefined): FieldMapping {
  const { authority: _before, ...rest } = mapping
  return authority === undefined ? rest : { ...rest, authority }
}

/** One line of a value map: a value of the warehouse, how often it occurs, what it becomes. */
export interface ValueLine {
  from: string
  count: number | undefined
  to: string | undefined
}

/** Every value that occurs or is mapped, most frequent first, then mapped ones that do not occur. */
export function valueLines(values: FieldMapping['values'], occurring: { value: string; count: number }[]): ValueLine[] {
  const map = values ?? {}
  const seen = new Set(occurring.map((entry) => entry.value))
  const rest = Object.keys(map).filter((value) => !seen.has(value))
  return [
    ...occurring.map((entry) => ({ from: entry.value, count: entry.count, to: textOf(map[entry.value]) })),
    ...rest.map((value) => ({ from: value, count: undefined, to: textOf(map[value]) })),
  ]
}

function textOf(value: string | number | boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value)
}

/** Changes what one warehouse value becomes; undefined takes it out of the map. */
export function setValueLine(mapping: FieldMapping, from: string, to: string | undefined): FieldMapping {
  const { [from]: _before, ...kept } = mapping.values ?? {}
  return { ...mapping, values: to === undefined ? kept : { ...kept, [from]: to } }
}

/** Fills the map where a warehouse value and a choice of the field are the same word. */
export function withSameWords(mapping: FieldMapping, occurring: string[], field: DestinationField): FieldMapping {
  const found = occurring.flatMap((value) => {
    const option = field.options?.find((candidate) => [candidate.value, candidate.label].some((word) => plain(word) === plain(value)))
    return option === undefined ? [] : [[value, option.value] as const]
  })
  return { ...mapping, values: { ...Object.fromEntries(found), ...mapping.values } }
}
