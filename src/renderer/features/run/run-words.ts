import type { RunProgress, RunSummary } from '../../../contract/shapes.ts'
import type { RunCounts } from '../../../contract/states.ts'
import { formatNumber, plural } from '../../shared/format.ts'
import type { Meaning } from '../../shared/status-word.tsx'
import type { ListedState } from './run-search.ts'

/** Rows that need a person after a run. */
export function unsettled(counts: RunCounts): number {
  return counts.rejected + counts.quarantined + counts.unknown + counts.overridden
}

/** The state of a run as a status word. Green only when every delivered row was proved by its read-back. */
export function runStateWords(run: Pick<RunSummary, 'state' | 'paused' | 'counts'>): { meaning: Meaning; words: string } {
  const { counts } = run
  switch (run.state) {
    case 'approved':
      return { meaning: 'quiet', words: run.paused ? 'Paused' : 'Waiting to start' }
    case 'applying':
      return run.paused ? { meaning: 'needs you', words: 'Paused' } : { meaning: 'quiet', words: 'Applying' }
    case 'verifying':
      return run.paused ? { meaning: 'needs you', words: 'Paused' } : { meaning: 'accepted', words: 'Verifying' }
    case 'failed':
      return { meaning: 'problem', words: 'Failed' }
    case 'stopped':
      return { meaning: 'needs you', words: 'Stopped' }
    case 'done':
      break
  }
  if (counts.overridden > 0 || counts.unknown > 0) return { meaning: 'problem', words: 'Done, with findings' }
  if (counts.rejected + counts.quarantined > 0) return { meaning: 'needs you', words: 'Done, some not taken' }
  if (counts.delivered > 0 && counts.verified === counts.delivered) return { meaning: 'verified', words: 'Verified' }
  if (counts.unverifiable > 0) return { meaning: 'accepted', words: 'Accepted, cannot be verified' }
  return counts.delivered === 0 ? { meaning: 'quiet', words: 'Done, nothing sent' } : { meaning: 'accepted', words: 'Accepted, not verified' }
}

/** 'cut short': the run is over, and the phase is not. */
export type PhaseState = 'before' | 'now' | 'over' | 'cut short'
export type Phase = { name: string; state: PhaseState; done: number; of: number }

/** The phases with what is done of each. A stopped run stays where it stopped: what did not finish is never over. */
export function phases(run: Pick<RunProgress, 'state' | 'counts'>): Phase[] {
  const { counts } = run
  const finished = run.state === 'done' || run.state === 'stopped' || run.state === 'failed'
  const settled = counts.planned - counts.pending - counts.sent - counts.accepted - counts.unknown
  const read = counts.verified + counts.overridden + counts.unverifiable
  const applied = settled >= counts.planned
  const applying: PhaseState = applied ? 'over' : finished || run.state === 'verifying' ? 'cut short' : run.state === 'applying' ? 'now' : 'before'
  const verifying: PhaseState = run.state === 'verifying' ? 'now' : !finished ? 'before' : applied && read >= counts.delivered ? 'over' : 'cut short'
  return [
    { name: 'Applying', state: applying, done: settled, of: counts.planned },
    { name: 'Reading back', state: verifying, done: read, of: counts.delivered },
  ]
}

/** The states a row can be in, in the order of the balance, with their words. */
export const stateWords: Record<ListedState, string> = {
  pending: 'Waiting',
  sent: 'Sent',
  accepted: 'Accepted',
  delivered: 'Delivered',
  rejected: 'Rejected',
  skipped: 'Left out',
  quarantined: 'Set aside',
  unknown: 'Unknown',
  verified: 'Verified',
  overridden: 'Changed back',
  unverifiable: 'Cannot be verified',
}

export const balanceStates = ['pending', 'sent', 'accepted', 'delivered', 'rejected', 'skipped', 'quarantined', 'unknown'] as const satisfies readonly ListedState[]
export const proofStates = ['verified', 'overridden', 'unverifiable'] as const satisfies readonly ListedState[]

/** What is listed first: what needs a person, else what was delivered. */
export function firstState(counts: RunCounts): ListedState {
  if (counts.unknown > 0) return 'unknown'
  if (counts.overridden > 0) return 'overridden'
  if (counts.rejected > 0) return 'rejected'
  if (counts.quarantined > 0) return 'quarantined'
  return 'delivered'
}

/** What an ended run sends when it goes on, before it does. */
export function resumeSentences({ counts, destinationName }: Pick<RunSummary, 'counts' | 'destinationName'>): string[] {
  const { pending, unknown } = counts
  return [
    `${plural(pending, records)} not sent yet ${pending === 1 ? 'is' : 'are'} compared with ${destinationName} once more, and sent where nothing has changed since the plan.`,
    ...(unknown > 0 ? [`${formatNumber(unknown)} in doubt ${unknown === 1 ? 'is' : 'are'} looked up; what did not arrive is sent again.`] : []),
    'Where the plan is not valid any more, nothing is sent, and they are left out. Then plan the activation again.',
  ]
}

const records = { one: 'record', many: 'records' }

/** What a cancelled run leaves behind, before it is cancelled. */
export function cancelSentences(run: Pick<RunSummary, 'counts' | 'destinationName'>): string[] {
  const { counts, destinationName } = run
  const underWay = counts.sent + counts.accepted
  return [
    `${plural(counts.pending, records)} not sent yet ${counts.pending === 1 ? 'is' : 'are'} left out.`,
    ...(underWay > 0 ? [`${formatNumber(underWay)} under way ${underWay === 1 ? 'is' : 'are'} settled first, so that none stays unknown.`] : []),
    `${plural(counts.delivered, records)} already delivered ${counts.delivered === 1 ? 'stays' : 'stay'} in ${destinationName} and ${counts.delivered === 1 ? 'is' : 'are'} read back. To put back what was there, revert the run afterwards.`,
  ]
}
