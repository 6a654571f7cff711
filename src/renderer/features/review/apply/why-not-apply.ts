import type { PlanDetail } from '../../../../contract/shapes.ts'
import { formatNumber, plural } from '../../../shared/format.ts'

/** Why a plan cannot be applied now, in words; undefined when it can. */
export function whyNotApply(plan: PlanDetail): string | undefined {
  switch (plan.state) {
    case 'stale':
      return plan.stale ?? 'Something this plan was made from has changed.'
    case 'expired':
      return 'This plan is too old to apply.'
    case 'applying':
      return 'This plan is being applied.'
    case 'applied':
      return 'This plan was applied.'
    case 'in review':
    case 'approved':
    case 'stopped by a guard':
      break
  }
  if (plan.stale !== undefined) return plan.stale
  const unlifted = plan.guards.filter((guard) => guard.lifted === undefined && guard.count === undefined)
  if (unlifted.length > 0) return `${plural(unlifted.length, { one: 'guard', many: 'guards' })} stopped this plan. Lift ${unlifted.length === 1 ? 'it' : 'each'} with a reason, or plan again.`
  if (plan.openConflicts > 0) return `${plural(plan.openConflicts, { one: 'conflict needs', many: 'conflicts need' })} an answer first. “Skip for now” is an answer.`
  if (plan.willSend === 0) return 'There is nothing to send.'
  return undefined
}

/** The count a person has to type before this plan is approved, if a guard asks for it. */
export function countToType(plan: PlanDetail): number | undefined {
  return plan.guards.find((guard) => guard.count !== undefined && guard.lifted === undefined)?.count
}

/** "Apply 3,530 changes". */
export function applyWords(plan: PlanDetail): string {
  if (plan.willSend === 0 && plan.openConflicts === 0) return 'Nothing to send'
  return `Apply ${formatNumber(plan.willSend)} ${plan.willSend === 1 ? 'change' : 'changes'}`
}
