import type { Authority, EditorKind } from '../../contract/definitions.ts'
import type { AnswerKind, BlockedCause, FieldClass, Raw, RecordOperation } from '../../contract/states.ts'
import type { Canonical } from '../values/canonical.ts'
import type { Editor } from '../destinations/destination.ts'

/** The last agreed value of a field (semantics §1). */
export type LastSynced = { known: false } | { known: true; value: Raw; canonical: Canonical; assumed?: boolean; at?: string }

export type StickyKind = 'keep' | 'accept' | 'overridden' | 'reverted'

/** A choice that stands while both sides stay as they were. */
export interface StickyAnswer {
  d: Canonical
  a: Canonical
  kind: StickyKind
}

/** What the classifier is asked about one field. All three values are in comparable form. */
export interface FieldQuestion {
  base: { known: false } | { known: true; canonical: Canonical }
  d: Canonical
  a: Canonical
  /** Already resolved: never 'latest wins' (see `effectiveAuthority`). */
  authority: Exclude<Authority, 'latest wins'>
  clear: boolean
  sticky?: StickyAnswer
}

/** What the table of semantics §2 answers. */
export interface FieldVerdict {
  /** Row of the table, 1–11. */
  case: number
  class: FieldClass
  /** The value would be sent, if nothing else holds the record. */
  write: boolean
  /** b moves to d by observation alone (row 1). */
  agreed: boolean
  /** The destination moved while the warehouse did not (rows 7 with d = b, and 10), whatever the authority. */
  drift: boolean
  /** Row 8 and its like: a value is there that we never agreed on. */
  firstContact: boolean
  /** Replaces a non-empty destination value other than b. */
  destroys: boolean
}

/** One field of one record in a plan: everything Review shows and apply needs. */
export interface FieldChange {
  field: string
  class: FieldClass
  case: number
  write: boolean
  drift: boolean
  firstContact: boolean
  destroys: boolean
  base: LastSynced
  /** forward(d): what would be sent. */
  warehouse: Raw
  /** As read for the plan; compared again just before writing. */
  destination: Raw
  d: Canonical
  a: Canonical
  editor?: Editor
}

/** One record of a plan. Records come in order of the product key (binary order of its text). */
export interface RecordChange {
  /** From 0, in key order, over all stored records of the plan. */
  ordinal: number
  key: string
  label: string
  remoteId?: string
  /** Normalised match key as sent to the destination. */
  matchKey?: string
  operation: RecordOperation
  blocked?: { cause: BlockedCause; field?: string; message: string; value?: string }
  /** Sent unless somebody unselects it; false: `skipped(not selected)` until selected. */
  preselected: boolean
  /** Why it is not preselected, in words. */
  hold?: string
  fields: FieldChange[]
}

/** An answer to one conflict, by (record, field). */
export interface Answer {
  kind: AnswerKind
  /** For 'value': the destination's form. */
  value?: Raw
  reason?: string
}

/** What a record comes to, once answers and selection are known. */
export type Resolution =
  | { send: Record<string, Raw>; changes: FieldChange[] }
  | { hold: 'answers missing'; open: string[] }
  | { skip: 'not selected' | 'kept' | 'skip for now' | 'nothing left to send' }

/** Who may have typed a value: unknown counts as a person unless we are declared the only writer. */
export function countsAsPerson(editor: EditorKind | undefined, onlyWriter: boolean): boolean {
  if (editor === 'person') return true
  return (editor === undefined || editor === 'unknown') && !onlyWriter
}
