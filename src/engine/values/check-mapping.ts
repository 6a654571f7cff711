import type { ContractColumn, FieldMapping } from '../../contract/definitions.ts'
import type { DestinationField, FieldEncoding } from './destination-field.ts'
import { canonicalise, quoted } from './canonical.ts'
import { conversionOf } from './conversion.ts'
import { compileMapping, type ValueRefusal } from './mapping.ts'
import { asInput } from './value-map.ts'

/** What the editor says about a mapping before it is saved. An error stops saving; a warning is accepted by saving. */
export interface MappingFinding {
  severity: 'error' | 'warning'
  kind: 'unknown column' | 'unknown field' | 'read only' | 'not convertible' | 'values uncovered' | 'value not taken' | 'lossy' | 'cannot be empty'
  message: string
  next: string
}

export interface MappingUnderCheck {
  mapping: FieldMapping
  /** The product's column; absent for a constant or where the product has none of that name. */
  column?: ContractColumn
  /** The destination's field; absent where the object has none of that name. */
  field?: DestinationField
  declaration: FieldEncoding
  /** Distinct values of the column, as many as were looked at. */
  samples?: unknown[]
  /** The workspace's. */
  timezone?: string
}

/** Everything that can be said about a mapping without sending anything; errors first. */
export function checkMapping(check: MappingUnderCheck): MappingFinding[] {
  const { mapping, column, field } = check
  if (field === undefined) return [error('unknown field', `The destination has no field ${quoted(mapping.to)}.`, 'Choose one of its fields, or create it there first.')]
  if (field.access !== 'read and write') return [error('read only', `${field.label} is ${field.access === 'computed' ? 'computed by the destination' : 'read only'}.`, 'Map another field.')]
  if (mapping.from !== undefined && column === undefined) return [error('unknown column', `The product has no column ${quoted(mapping.from)}.`, 'Choose one of its columns, or add it to the product’s contract.')]
  const broken = conversionFindings(check, field)
  if (broken.length > 0) return broken
  return [...valueMapFindings(mapping, field), ...emptyFindings(mapping, field), ...sampleFindings(check, field), ...lossFindings(check, field)]
}

function error(kind: MappingFinding['kind'], message: string, next: string): MappingFinding {
  return { severity: 'error', kind, message, next }
}

function conversionFindings({ mapping, column }: MappingUnderCheck, field: DestinationField): MappingFinding[] {
  if (column === undefined || conversionOf(column.type, field.type) !== undefined) return []
  if (mapping.values !== undefined && mapping.otherwise === 'invalid') return []
  return [error('not convertible', `${column.column} (${column.type}) cannot be written to ${field.label} (${field.type}).`, 'Map another column, or convert it in the product’s SQL.')]
}

/** Constants and the right side of a value map are known beforehand, so a wrong one is an error at once. */
function valueMapFindings(mapping: FieldMapping, field: DestinationField): MappingFinding[] {
  const targets = mapping.value === undefined ? Object.values(mapping.values ?? {}) : [mapping.value]
  const findings: MappingFinding[] = []
  for (const target of new Set(targets)) {
    const typed = canonicalise(field.type, asInput(field, target), { precision: field.precision })
    const offered = field.options === undefined || target === '' || field.options.some((option) => option.value === String(target))
    if (!typed.ok) findings.push(error('value not taken', `${field.label}: ${typed.message}.`, 'Correct the value on the destination’s side of the map.'))
    else if (!offered) findings.push(error('value not taken', `${field.label} does not offer ${quoted(target)}.`, `It offers ${offer(field)}.`))
  }
  return findings
}

function emptyFindings(mapping: FieldMapping, field: DestinationField): MappingFinding[] {
  if (!mapping.clear || !field.required) return []
  return [error('cannot be empty', `${field.label} is required, so an empty warehouse value cannot empty it.`, 'Turn clearing off for this field.')]
}

function sampleFindings(check: MappingUnderCheck, field: DestinationField): MappingFinding[] {
  if (check.samples === undefined || check.column === undefined) return []
  const { forward } = compileMapping(check.mapping, check.column, field, check.declaration, check.timezone)
  const refused = check.samples.map(forward).filter((result) => !result.ok)
  if (refused.length === 0) return []
  const then = check.mapping.onInvalid === 'leave field' ? 'the field is left as it is' : 'their records are blocked'
  const offered = field.options === undefined ? '' : ` The field offers ${offer(field)}.`
  const unmapped = refused.filter((result) => result.unmapped)
  const notTaken = refused.filter((result) => !result.unmapped)
  const findings: MappingFinding[] = []
  if (unmapped.length > 0) {
    const { words, count } = listed(unmapped)
    findings.push({
      severity: 'warning',
      kind: 'values uncovered',
      message: `${words} ${count === 1 ? 'has' : 'have'} no entry in the value map of ${field.label}; ${then}.`,
      next: `Say what each becomes, or let what is not in the map be sent as it is.${offered}`,
    })
  }
  if (notTaken.length > 0) {
    const uncovered = notTaken.some((result) => result.cause === 'not in picklist')
    findings.push({
      severity: 'warning',
      kind: uncovered ? 'values uncovered' : 'value not taken',
      message: `${field.label} does not take ${listed(notTaken).words}; ${then}.`,
      next: uncovered ? `Add them to the value map.${offered}` : 'Correct them in the warehouse, or map another column.',
    })
  }
  return findings
}

/** The first few values by name, and how many there are. */
function listed(refused: readonly ValueRefusal[]): { words: string; count: number } {
  const values = [...new Set(refused.map(({ value }) => quoted(value)))]
  return { words: `${values.slice(0, 5).join(', ')}${values.length > 5 ? ` and ${values.length - 5} more` : ''}`, count: values.length }
}

function lossFindings({ mapping, column, declaration }: MappingUnderCheck, field: DestinationField): MappingFinding[] {
  if (column === undefined || !compileMapping(mapping, column, field, declaration).lossy) return []
  return [
    {
      severity: 'warning',
      kind: 'lossy',
      message: `Different values of ${column.column} can look the same in ${field.label}, so a value there does not always lead back to one in the warehouse.`,
      next: 'Save to accept this, or map a column of the field’s own type.',
    },
  ]
}

function offer(field: DestinationField): string {
  const values = (field.options ?? []).map((option) => option.value)
  return values.length > 8 ? `${values.slice(0, 8).join(', ')} and ${values.length - 8} more` : values.join(', ')
}
