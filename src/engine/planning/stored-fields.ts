import type { FieldClass, Raw } from '../../contract/states.ts'
import type { Editor } from '../destinations/destination.ts'
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
