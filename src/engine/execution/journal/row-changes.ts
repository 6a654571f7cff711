import type { RowState, SkipReason } from '../../../contract/states.ts'
import type { JournalRow } from '../../plans/journal-rows.ts'

/** A row that a batch is about to send. */
export interface IntentRow {
  ordinal: number
  record: string
  label: string
  remoteId: string | null
  operation: JournalRow['operation']
  payloadHash: string
}

/** A row that is not sent, and why. */
export interface SkippedRow extends Omit<IntentRow, 'payloadHash'> {
  reason: SkipReason
  message?: string
}

/** What became of a row that was sent. Expects it in `from`. */
export interface RowOutcome {
  ordinal: number
  from: RowState
  to: Exclude<RowState, 'pending' | 'sent' | 'skipped'>
  remoteId?: string | null
  /** A create that found the record and changed it. */
  existed?: boolean
  reason?: string
  message?: string
  detail?: string
  field?: string
  job?: string
  position?: number
  /** What the destination needs to go on with the job. */
  jobContext?: string
  /** The request did not leave, so it does not count as one. */
  unsent?: boolean
  /** Delivered, and nobody can read it back: that is known at once. Only of plain deliveries. */
  unverifiable?: boolean
}
