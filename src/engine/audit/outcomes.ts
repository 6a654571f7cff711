import type { RowState, Verification } from '../../contract/states.ts'
import { canonicalJson } from '../values/json.ts'

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

/** One line of the text that a batch event hashes: rows in ordinal order, keyed references (reference-key.ts) instead of keys. */
export function outcomeLine(referenceTo: (record: string) => string, row: SettledRow): string {
  const remote = row.remoteId === null ? 'null' : `"${referenceTo(row.remoteId)}"`
  const reason = row.reason === null ? 'null' : canonicalJson(row.reason)
  // Canonical JSON of an array, written by hand: this is asked for every row of every run.
  return `[${row.ordinal},"${referenceTo(row.record)}",${remote},"${row.operation}","${row.state}",${reason},${row.payloadHash === null ? 'null' : `"${row.payloadHash}"`}]\n`
}

/** One line of the text that the end of a run hashes: every row with its read-back. */
export function verificationLine(ordinal: number, state: RowState, verification: Verification | null): string {
  return `${ordinal} ${state} ${verification ?? '-'}\n`
}

/** The same line as SQLite writes it from a row of the journal. */
export const verificationLineSql = "ordinal || ' ' || state || ' ' || coalesce(verification, '-') || char(10)"
