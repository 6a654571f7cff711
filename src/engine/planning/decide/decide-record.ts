import type { Authority, SyncMode } from '../../../contract/definitions.ts'
import type { Raw, RecordOperation } from '../../../contract/states.ts'
import type { Editor } from '../../destinations/destination.ts'
import { rawText } from '../../values/json.ts'
import type { CompiledMapping, Forwarded, ValueRefusal } from '../../values/mapping.ts'
import { classifyByHistory, speaksFor } from './classify.ts'
import { holdReason } from './hold.ts'
import type { LastSynced, FieldChange, RecordChange, StickyAnswer } from '../../plans/plan-rows.ts'
import type { Canonical } from '../../values/canonical.ts'

export type Blocked = NonNullable<RecordChange['blocked']>

/** How the source row found its record. A matched row may still be blocked: gone, moved, key cannot change. */
export type RecordMatch = { state: 'matched'; blocked?: Blocked } | { state: 'unmatched' } | { state: 'ambiguous' | 'invalid'; blocked: Blocked }

/** One mapped field of a record. For a record that is not there yet: base unknown, actual null. */
export interface FieldInput {
  compiled: CompiledMapping
  /** Of the mapping, or of the activation. */
  authority: Authority
  forwarded: Forwarded
  /** A pinned value in the destination's form: replaces d and outranks authority. */
  override?: { value: Raw }
  base: LastSynced
  actual: Raw
  sticky?: StickyAnswer
  editor?: Editor
}

export interface RecordInput {
  match: RecordMatch
  /** Members of an audience follow rules of their own. */
  mode: Exclude<SyncMode, 'members'>
  doNotSend: boolean
  /** Declared by the connection: an unknown editor is not counted as a person. */
  onlyWriter: boolean
  /** When the row last changed in the warehouse, ISO instant; for 'latest wins'. */
  warehouseChangedAt?: string
  /** A run may have made the record already: nobody knows whether it arrived. */
  doubtful?: boolean
  /** List fields that are in sync too. */
  withInSync?: boolean
  fields: FieldInput[]
}

/** A field whose base moves to d because both sides were seen to be equal. */
export interface AgreedField {
  field: string
  value: Raw
  canonical: Canonical
}

export interface RecordDecision extends Pick<RecordChange, 'operation' | 'blocked' | 'preselected' | 'hold' | 'fields'> {
  agreed: AgreedField[]
  /** Fields left alone because their value is not taken and the mapping says so. */
  leftOut: { field: string; refusal: ValueRefusal }[]
}

/** Decides what a plan does with one record (semantics §3). */
export function decideRecord(input: RecordInput): RecordDecision {
  const { match, mode } = input
  const creates = match.state === 'unmatched'
  if ('blocked' in match && match.blocked !== undefined) return blocked(match.blocked)
  if (creates && mode === 'update only') return blocked({ cause: 'not there', message: 'The record is not in the destination, and this activation only updates.' })
  const wanted = creates ? input.fields : input.fields.filter(({ compiled }) => compiled.mapping.onlyOnCreate !== true)
  const refusal = firstRefusal(wanted)
  if (refusal !== undefined) return blocked(refusal)
  return creates ? decideCreate(input, wanted) : decideMatched(input, wanted)
}

function blocked(reason: Blocked): RecordDecision {
  return { operation: 'blocked', blocked: reason, preselected: false, fields: [], agreed: [], leftOut: [] }
}

const doNotSend: Blocked = { cause: 'do not send', message: 'The activation’s do-not-send condition holds for this record.' }
const valueCauses = ['value invalid', 'value too long', 'not in picklist'] as const

/** By cause, then in the order of the mapping, so that the same record always names the same field. */
function firstRefusal(fields: FieldInput[]): Blocked | undefined {
  const refused = fields.flatMap(({ compiled, forwarded, override }) =>
    forwarded.ok || override !== undefined || compiled.mapping.onInvalid === 'leave field' ? [] : [{ field: compiled.field.name, refusal: forwarded }],
  )
  if (refused.length === 0) return undefined
  for (const cause of valueCauses) {
    const first = refused.find(({ refusal }) => refusal.cause === cause)
    if (first !== undefined) return { cause, field: first.field, message: first.refusal.message, value: first.refusal.value }
  }
  return undefined
}

function missing(fields: FieldInput[]): Blocked | undefined {
  const first = fields[0]?.compiled.field
  return first && { cause: 'required missing', field: first.name, message: `${first.label} is required and would have no value.` }
}

function decideCreate(input: RecordInput, wanted: FieldInput[]): RecordDecision {
  const absent = wanted.filter((field) => field.compiled.field.required && (desired(field)?.canonical ?? null) === null)
  const reason = missing(absent) ?? (input.doNotSend ? doNotSend : undefined)
  if (reason !== undefined) return blocked(reason)
  const fields: FieldChange[] = []
  for (const field of wanted) {
    const d = desired(field)
    if (d !== undefined && d.canonical !== null) fields.push(newValue(field, d))
  }
  const hold = input.doubtful === true ? { hold: 'A run has sent this record, and nobody knows whether it arrived' } : {}
  return { operation: 'create', preselected: input.doubtful !== true, ...hold, fields, agreed: [], leftOut: leftOutOf(wanted) }
}

/** A value for a record that is not there yet: a fill, whatever the authority. */
function newValue({ compiled }: FieldInput, d: Desired): FieldChange {
  return {
    field: compiled.field.name,
    class: 'fill',
    case: 6,
    write: true,
    drift: false,
    firstContact: false,
    destroys: false,
    base: { known: false },
    warehouse: d.raw,
    destination: null,
    d: d.canonical,
    a: null,
  }
}

function decideMatched(input: RecordInput, wanted: FieldInput[]): RecordDecision {
  if (input.mode === 'insert only') return input.doNotSend ? blocked(doNotSend) : { operation: 'unchanged', preselected: false, fields: [], agreed: [], leftOut: [] }
  const fields: FieldChange[] = []
  const agreed: AgreedField[] = []
  const emptied: FieldInput[] = []
  for (const field of wanted) {
    const d = desired(field)
    if (d === undefined) continue
    const change = compare(input, field, d)
    if (change.case === 1 && movesBase(field, d)) agreed.push({ field: change.field, value: field.actual, canonical: d.canonical })
    if (wantsSending(change) && d.canonical === null && field.compiled.field.required) emptied.push(field)
    if (change.class !== 'in sync' || input.withInSync === true) fields.push(change)
  }
  const reason = missing(emptied) ?? keyChange(fields, wanted) ?? (input.doNotSend ? doNotSend : undefined)
  if (reason !== undefined) return blocked(reason)
  const operation: RecordOperation = fields.some(wantsSending) ? 'update' : 'unchanged'
  const hold = operation === 'update' ? holdReason(fields, labelsOf(wanted), input.onlyWriter) : undefined
  return { operation, preselected: operation === 'update' && hold === undefined, ...(hold === undefined ? {} : { hold }), fields, agreed, leftOut: leftOutOf(wanted) }
}

/** A key that the destination keeps as it is: the record waits as a whole, because it may be somebody else by now. */
function keyChange(changes: FieldChange[], wanted: FieldInput[]): Blocked | undefined {
  for (const change of changes) {
    const field = wanted.find(({ compiled }) => compiled.field.name === change.field)?.compiled.field
    if (field?.setOnce === true && change.a !== null && wantsSending(change)) return cannotChange(field.name, field.label, change.warehouse)
  }
  return undefined
}

/** Why a record is blocked whose key in the warehouse is not the one that its record keeps. */
export function cannotChange(field: string, label: string, warehouse: Raw): Blocked {
  const value = typeof warehouse === 'string' ? warehouse : rawText(warehouse)
  return { cause: 'key cannot change', field, message: `${label} of a record that is there cannot change.`, ...(value === null ? {} : { value }) }
}

function wantsSending(change: FieldChange): boolean {
  return change.write || change.class === 'conflict'
}

interface Desired {
  canonical: Canonical
  raw: Raw
}

/** What the field should hold; undefined where its value is not taken and the field is left alone. */
function desired({ compiled, forwarded, override }: FieldInput): Desired | undefined {
  if (override !== undefined) return { raw: override.value, canonical: compiled.normalise(override.value) }
  return forwarded.ok ? forwarded : undefined
}

function compare(input: RecordInput, field: FieldInput, d: Desired): FieldChange {
  const { compiled, override, base, actual, sticky, editor } = field
  const a = compiled.normalise(actual)
  const pinned = override !== undefined
  const stands = sticky !== undefined && speaksFor(sticky, field.authority)
  const sides = { base, d: d.canonical, a, clear: pinned || compiled.mapping.clear, ...(stands ? { sticky } : {}) }
  const verdict = classifyByHistory(sides, pinned ? 'warehouse' : field.authority, {
    ...(input.warehouseChangedAt === undefined ? {} : { warehouseChangedAt: input.warehouseChangedAt }),
    ...(editor?.at === undefined ? {} : { fieldChangedAt: editor.at }),
  })
  return {
    field: compiled.field.name,
    class: verdict.class,
    case: verdict.case,
    write: verdict.write,
    drift: verdict.drift,
    firstContact: verdict.firstContact,
    destroys: verdict.destroys,
    base,
    warehouse: d.raw,
    destination: actual,
    d: d.canonical,
    a,
    ...(editor === undefined ? {} : { editor }),
  }
}

/** Not only when the value is new: a new spelling of the same value is kept too, as SQL compares the stored spelling. */
function movesBase({ base, actual }: FieldInput, d: Desired): boolean {
  if (!base.known || base.assumed === true || base.canonical !== d.canonical) return true
  return base.value !== actual && rawText(base.value) !== rawText(actual)
}

function leftOutOf(wanted: FieldInput[]): RecordDecision['leftOut'] {
  return wanted.flatMap(({ compiled, forwarded, override }) => (forwarded.ok || override !== undefined ? [] : [{ field: compiled.field.name, refusal: forwarded }]))
}

function labelsOf(wanted: FieldInput[]): ReadonlyMap<string, string> {
  return new Map(wanted.map(({ compiled }) => [compiled.field.name, compiled.field.label]))
}
