import type { RowState, RunCounts, Verification } from '../../contract/states.ts'

/** A run before its first row. */
export function nothingDone(planned: number): RunCounts {
  return { planned, pending: planned, sent: 0, accepted: 0, delivered: 0, rejected: 0, skipped: 0, quarantined: 0, unknown: 0, verified: 0, overridden: 0, unverifiable: 0 }
}

/** Moves rows from one state to another; the balance holds before and after. */
export function moveRows(counts: RunCounts, from: RowState, to: RowState, rows = 1): void {
  counts[from] -= rows
  counts[to] += rows
  if (counts[from] < 0) throw new Error(`more rows left ${from} than were there`)
}

export function addVerification(counts: RunCounts, verification: Verification, rows = 1): void {
  counts[verification] += rows
}

/** planned = pending + sent + accepted + delivered + rejected + skipped + quarantined + unknown; the read-backs are parts of delivered. */
export function balances(counts: RunCounts): boolean {
  const states = counts.pending + counts.sent + counts.accepted + counts.delivered + counts.rejected + counts.skipped + counts.quarantined + counts.unknown
  return counts.planned === states && counts.verified + counts.overridden + counts.unverifiable <= counts.delivered
}
