import type { RowState, Verification } from '../../contract/states.ts'
import { canonicalJson } from '../values/json.ts'
import { recordReference } from './reference-key.ts'

/** What a run's row comes to, as far as the audit hashes it. */
export interface SettledRow {
  ordinal: number
  record: string
  remoteId: string | null
  operation: string
  state: RowState
  reason: string | null
  payloadHash: string | null
}

/** States after which a row does not change any more; only these are hashed into a batch. */
export const finalStates: readonly RowState[] = ['delivered', 'rejected', 'skipped', 'quarantined']

/** One line of the text that a batch event hashes: rows in ordinal order, keyed references instead of keys. */
export function outcomeLine(key: string, row: SettledRow): string {
  const remote = row.remoteId === null ? null : recordReference(key, row.remoteId)
  return `${canonicalJson([row.ordinal, recordReference(key, row.record), remote, row.operation, row.state, row.reason, row.payloadHash])}\n`
}

/** One line of the text that the end of a run hashes: every row with its read-back. */
export function verificationLine(ordinal: number, state: RowState, verification: Verification | null): string {
  return `${ordinal} ${state} ${verification ?? '-'}\n`
}
