import { skipReason } from '../../../contract/states.ts'
import type { RowState, SkipReason } from '../../../contract/states.ts'
import { isRefusalKind, refusalWords } from '../../destinations/refusals.ts'

/** Words and fix of a group of rows that were not delivered as planned. */
export interface CauseWords {
  title: string
  fix: string
}

const skipped: Record<SkipReason, CauseWords> = {
  'not selected': { title: 'Not selected', fix: 'Select these records in the next plan if they should be sent.' },
  kept: { title: 'The destination’s values were kept', fix: 'Nothing to do; the answer stands until either side changes.' },
  'skip for now': { title: 'Skipped for now', fix: 'They come back in the next plan.' },
  moved: { title: 'Changed in the destination since the plan', fix: 'Make a new plan; it shows what changed.' },
  cancelled: { title: 'The run was cancelled before them', fix: 'Make a new plan to send them.' },
  expired: { title: 'The plan expired before them', fix: 'Make a new plan to send them.' },
  'nothing left to send': { title: 'Nothing left to send', fix: 'Nothing to do; every change of the record was kept back.' },
}

const byReason: Record<string, CauseWords> = {
  'answer lost': { title: 'The answer was lost', fix: 'Look again: it reads the records and finds out.' },
  'job lost': { title: 'The destination lost the job', fix: 'Look again: it reads the records and finds out.' },
  'answer in doubt': { title: 'What the destination answered proves nothing', fix: 'Look again: it reads the records and finds out.' },
  'needs a person': { title: 'Nobody can tell whether it arrived', fix: 'Look at the record in the destination, then make a new plan.' },
  'retries exhausted': { title: 'Sent several times without arriving', fix: 'Check the destination, then make a new plan.' },
  'said not delivered': { title: 'A person says that it did not arrive', fix: 'Make a new plan to send them.' },
  'only looked': { title: 'A second look showed that it did not arrive', fix: 'Plan them again to send them.' },
  stopped: { title: 'The run stopped before it was sent again', fix: 'Make a new plan to send them.' },
}

/** Words for rows of one state and reason; `message` is one row's own. */
export function causeWords(state: RowState, reason: string | null, message: string | null): CauseWords {
  const skip = state === 'skipped' ? skipReason.safeParse(reason) : undefined
  if (skip?.success) return skipped[skip.data]
  if (reason !== null && isRefusalKind(reason)) return refusalWords[reason]
  const known = reason === null ? undefined : byReason[reason]
  if (known) return known
  return { title: message ?? 'The destination refused the value', fix: 'Correct the value in the warehouse or the mapping, then make a new plan.' }
}

export const foundNowhereWords: CauseWords = {
  title: 'Said to be made, and not found',
  fix: 'Look for them in the destination. The next plan asks before it makes them again.',
}

export const overriddenWords: CauseWords = {
  title: 'Overridden by the destination',
  fix: 'A rule of the destination replaced the value. It is not sent again until either side changes.',
}
