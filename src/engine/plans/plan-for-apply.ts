import type { Raw } from '../../contract/states.ts'
import type { RecordChange, Resolution, StickyKind } from './plan-rows.ts'
import type { Canonical } from '../values/canonical.ts'
import type { SyncEvidence } from '../storage/sync-evidence.ts'

/** A record of a stored plan that a run may write. */
export interface PlannedRecord extends Omit<RecordChange, 'fields'> {
  operation: 'create' | 'update' | 'remove'
  /** Source fingerprint: the record counts as settled at it once everything is proved. */
  fp: string | null
  /** This activation made the record earlier; the link keeps saying so. */
  createdByUs?: boolean
}

/** What a run sends of a record. */
export interface Sending {
  /** Destination field → value, by name. */
  send: Record<string, Raw>
  /** What the destination held of these fields when the plan was made. */
  before: Record<string, Raw>
  /** Nothing of the record was kept back, and all is the warehouse's: its source row needs no second look. */
  everything: boolean
}

/** A choice that the person's answers to this record make sticky once the plan is applied. */
export interface StandingChoice {
  field: string
  d: Canonical
  a: Canonical
  kind: StickyKind
  by: string
}

/** What was signed, or what is in the way of a signature. */
export interface PlanReadiness {
  approval?: { approvedBy: string; at: number; decisionHash: string }
  /** Conflicts (fields) without an answer. */
  openConflicts: number
  /** Why the plan may not be applied any more, one sentence: expired, a definition changed … */
  invalid?: { kind: 'stale' | 'expired'; because: string }
}

/**
 * A stored plan as the run reads it: immutable, in ordinal order, with the answers and the selection that the approval
 * signed. Planning implements it over the plan's files.
 */
export interface PlanForApply {
  id: string
  planHash: string
  activation: string
  activationName: string
  connection: string
  object: string
  /** Destination field by which records are found and made. */
  matchField: string
  /** What a removal does. */
  onRemove: 'clear fields' | 'archive' | 'delete' | undefined
  /** create + update + remove. */
  planned: number
  /** Asked before the first row, and again before going on after a restart. */
  readiness(): Promise<PlanReadiness>
  /** Chunks in ordinal order, only creates, updates and removals, from an ordinal on. */
  records(fromOrdinal: number): AsyncIterable<PlannedRecord[]>
  /** What the record comes to with its answers. */
  sendingOf(record: PlannedRecord): Sending | Exclude<Resolution, { send: unknown }>
  standingChoices(record: PlannedRecord): StandingChoice[]
  /** A destination value, sent or read, in the form in which the plan compares (normalise of semantics §1). */
  comparable(field: string, raw: Raw): Canonical
  /** Product keys that this plan would create and another run has made, or may have made, since the plan was read. */
  madeElsewhere?(): Promise<ReadonlySet<string>>
  /** Called in the transaction that starts the run: what the answers make lasting. */
  started?(): void
  /** Where proved values go. One at a time; call `discard` when it is not finished. */
  openSink(): Promise<ObservationSink>
  close(): void
}

/** Takes what a run proved, and makes it known when the run ends. */
export interface ObservationSink {
  add(observation: SyncEvidence): void
  /** The record was removed and a read proved it: the link and the base of the key go. */
  forget(record: { key: string; remoteId: string }): void
  /** Writes the files. The function makes them count: call it in the transaction that ends the run. */
  finish(): Promise<() => void>
  discard(): Promise<void>
}
