import type { RowState } from '../../../contract/states.ts'
import type { Refusal } from '../../destinations/destination.ts'
import { doubtWords } from '../../destinations/testimony.ts'
import type { Judged } from '../../destinations/testimony.ts'
import type { RowOutcome } from '../journal/row-changes.ts'

/** Of a row whose answer proves nothing; where it was refused, the reason is the refusal's. */
export const inDoubt = 'answer in doubt'

/** What an answer comes to for its row. */
export function outcomeOf(ordinal: number, from: RowState, answer: Judged): RowOutcome {
  switch (answer.outcome) {
    case 'delivered':
      return { ordinal, from, to: 'delivered', remoteId: answer.id ?? null, existed: answer.existed ?? false }
    case 'rejected':
      // What may work later was tried often enough by now.
      return { ordinal, from, to: answer.refusal.retryable ? 'quarantined' : 'rejected', ...refusalWords(answer.refusal) }
    case 'unknown':
      return { ordinal, from, to: 'unknown', reason: inDoubt, message: doubtWords[answer.doubt], ...(answer.refusal ? refusalWords(answer.refusal) : {}) }
  }
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
