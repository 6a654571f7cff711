import type { FieldClass, Raw } from '../../contract/states.ts'
import type { Editor } from '../destinations/destination.ts'
import type { Sending } from '../execution/plan-for-apply.ts'
import type { Base, Canonical, FieldChange } from './types.ts'

/** A field's change as a list: names of members in every row of a big plan would be most of it. */
type Stored = [field: string, of: FieldClass, row: number, marks: number, base: Base | 0, warehouse: Raw, destination: Raw, d: Canonical, a: Canonical, editor?: Editor]

const unknownBase: Base = { known: false }
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

/**
 * What is sent of a record about which nobody has anything to decide, straight from its stored text: most of a big plan
 * is that, and needs no objects for it. Undefined where there is a conflict, or where the first release wrote it.
 */
export function plainSending(text: string): Sending | undefined {
  const list = JSON.parse(text) as Stored[] | FieldChange[]
  if (list.length > 0 && !isStored(list)) return undefined
  const stored = list as Stored[]
  let before = ''
  let isByName = true
  for (const [field, of] of stored) {
    if (of === 'conflict') return undefined
    isByName &&= before < field
    before = field
  }
  return sendingOf(isByName ? stored : stored.sort(([one], [other]) => (one < other ? -1 : 1)))
}

function sendingOf(stored: readonly Stored[]): Sending {
  const send: Record<string, Raw> = {}
  const before: Record<string, Raw> = {}
  for (const [field, , , set, , warehouse, destination] of stored) {
    if ((set & marks.write) === 0) continue
    send[field] = warehouse
    before[field] = destination
  }
  return { send, before, everything: true }
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
