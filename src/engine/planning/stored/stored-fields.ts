import type { FieldClass, Raw } from '../../../contract/states.ts'
import type { Editor } from '../../destinations/destination.ts'
import type { Sending } from '../../plans/plan-for-apply.ts'
import type { LastSynced, FieldChange } from '../../plans/plan-rows.ts'
import type { Canonical } from '../../values/canonical.ts'

/** A field's change as a list: names of members in every row of a big plan would be most of it. */
type Stored = [field: string, of: FieldClass, row: number, marks: number, base: LastSynced | 0, warehouse: Raw, destination: Raw, d: Canonical, a: Canonical, editor?: Editor]

const unknownBase: LastSynced = { known: false }
const marks = { write: 1, drift: 2, firstContact: 4, destroys: 8 } as const

/** The changes of a record as a plan's file keeps them for apply. */
export function storeFields(changes: readonly FieldChange[]): string {
  return JSON.stringify(changes.map(toStored))
}

/** Reads what {@link storeFields} wrote, and what the first release wrote, which kept the members' names. */
export function parseFields(text: string): FieldChange[] {
  const list = JSON.parse(text) as Stored[] | FieldChange[]
  return isStored(list) ? list.map(fromStored) : list
}

/** What is sent of a record that needs no decision, as a plan's file keeps it: values, what was there, and names in order. */
export type StoredSending = [values: Raw[], before: Raw[] | 0, names: string]

/**
 * The same of a record about which nobody has anything to decide: most of a big plan is that, and a run reads nothing
 * else of it. Undefined where there is a conflict.
 */
export function storeSending(changes: readonly FieldChange[]): string | undefined {
  if (changes.some((change) => change.class === 'conflict' || !isPlainName(change.field))) return undefined
  const sent = changes.filter((change) => change.write).sort((one, other) => (one.field < other.field ? -1 : 1))
  const before = sent.map(({ destination }) => destination)
  const stored: StoredSending = [sent.map(({ warehouse }) => warehouse), before.every((value) => value === null) ? 0 : before, sent.map(({ field }) => field).join('\n')]
  return JSON.stringify(stored)
}

/** Names that can stand in one line and be set on an object: all that systems have. */
function isPlainName(name: string): boolean {
  return name !== '' && name !== '__proto__' && !name.includes('\n')
}

/** Makes use of what {@link storeSending} wrote. One for each reading of a plan: most records send the same fields. */
export function sendingReader(): (stored: StoredSending) => Sending {
  const known = new Map<string, { names: string[]; nothing: Record<string, Raw> }>()
  return ([values, held, joined]) => {
    let fields = known.get(joined)
    if (!fields) {
      const names = joined === '' ? [] : joined.split('\n')
      known.set(joined, (fields = { names, nothing: named(names, []) }))
    }
    const { names, nothing } = fields
    return { send: named(names, values), before: held === 0 ? nothing : named(names, held), everything: true }
  }
}

function named(names: readonly string[], values: readonly Raw[]): Record<string, Raw> {
  const record: Record<string, Raw> = {}
  names.forEach((name, index) => {
    record[name] = values[index] ?? null
  })
  return record
}

function isStored(list: Stored[] | FieldChange[]): list is Stored[] {
  return Array.isArray(list[0])
}

function toStored(change: FieldChange): Stored {
  const { field, base, warehouse, destination, d, a, editor } = change
  const set = (change.write ? marks.write : 0) + (change.drift ? marks.drift : 0) + (change.firstContact ? marks.firstContact : 0) + (change.destroys ? marks.destroys : 0)
  const stored: Stored = [field, change.class, change.case, set, base.known ? base : 0, warehouse, destination, d, a]
  if (editor !== undefined) stored.push(editor)
  return stored
}

function fromStored([field, of, row, set, base, warehouse, destination, d, a, editor]: Stored): FieldChange {
  return {
    field,
    class: of,
    case: row,
    write: (set & marks.write) !== 0,
    drift: (set & marks.drift) !== 0,
    firstContact: (set & marks.firstContact) !== 0,
    destroys: (set & marks.destroys) !== 0,
    base: base === 0 ? unknownBase : base,
    warehouse,
    destination,
    d,
    a,
    ...(editor === undefined ? {} : { editor }),
  }
}
