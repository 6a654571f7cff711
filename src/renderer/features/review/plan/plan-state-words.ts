import type { PlanSummary } from '../../../../contract/shapes.ts'
import type { Meaning } from '../../../shared/status-word.tsx'

/** The state of a plan as a status word. Applied is not verified: that is for the run to say. */
export function planStateWords(plan: Pick<PlanSummary, 'state' | 'kind' | 'handOver' | 'putAway' | 'superseded' | 'nothingToSend'>): { meaning: Meaning; words: string } {
  const open = plan.state === 'in review' || plan.state === 'approved' || plan.state === 'stopped by a guard'
  if (open && plan.putAway !== undefined) return { meaning: 'quiet', words: 'Put away' }
  if (open && plan.superseded === true) return { meaning: 'quiet', words: 'Replaced by a newer plan' }
  if (open && plan.nothingToSend === true) return { meaning: 'quiet', words: 'Nothing to send' }
  switch (plan.state) {
    case 'in review':
      return { meaning: 'needs you', words: plan.handOver === undefined ? 'In review' : `In review with ${plan.handOver.to}` }
    case 'approved':
      return { meaning: 'needs you', words: 'Approved, not applied' }
    case 'applying':
      return { meaning: 'quiet', words: 'Applying' }
    case 'applied':
      return { meaning: 'quiet', words: 'Applied' }
    case 'stale':
      return { meaning: 'quiet', words: 'Out of date' }
    case 'expired':
      return { meaning: 'quiet', words: 'Expired' }
    case 'stopped by a guard':
      return { meaning: 'problem', words: 'Stopped by a guard' }
  }
}

/** What to call a plan that is not an ordinary one. */
export function planKindWords(kind: PlanSummary['kind']): string | undefined {
  return kind === 'trial' ? 'Trial' : kind === 'revert' ? 'Revert' : undefined
}
