import type { RowState } from '../../contract/states.ts'
import type { Refusal, RowAnswer } from '../destinations/destination.ts'
import type { RowOutcome } from './journal.ts'

/** What an answer comes to for its row. */
export function outcomeOf(ordinal: number, from: RowState, answer: RowAnswer | undefined): RowOutcome {
  if (!answer) return { ordinal, from, to: 'unknown', reason: 'answer lost', message: 'The destination did not say what became of this record.' }
  if (answer.outcome === 'delivered') return { ordinal, from, to: 'delivered', remoteId: answer.id ?? null, existed: answer.existed ?? false }
  // What may work later was tried often enough by now.
  return { ordinal, from, to: answer.refusal.retryable ? 'quarantined' : 'rejected', ...refusalWords(answer.refusal) }
}

/** A refusal as the journal keeps it. */
export function refusalWords(refusal: Refusal): Pick<RowOutcome, 'reason' | 'message' | 'detail' | 'field'> {
  return {
    reason: refusal.code,
    message: refusal.message,
    ...(refusal.vendor === undefined ? {} : { detail: refusal.vendor }),
    ...(refusal.field === undefined ? {} : { field: refusal.field }),
  }
}
