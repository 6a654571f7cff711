import type { PlanDetail } from '../contract/shapes.ts'
import { count, counted, moment, pairs } from './table.ts'

/** A plan in a few lines: its numbers, what was looked at, and what comes next. */
export function planText(plan: PlanDetail): string {
  const { counts, readScope } = plan
  const cleared = counts.clear === 0 ? '' : `, ${count(counts.clear)} of them clear a field`
  return [
    `Plan ${plan.planId} of ${plan.activationName}, for ${plan.noun.many} in ${plan.destinationName}`,
    pairs([
      ['Create', count(counts.create)],
      ['Update', `${count(counts.update)}${cleared}`],
      ['Remove', count(counts.remove)],
      ['Unchanged', count(counts.unchanged)],
      ['Blocked', count(counts.blocked)],
      ['Gone', counts.gone === 0 ? undefined : count(counts.gone)],
      ['Conflicts', counts.conflicts === 0 ? '0' : `${count(counts.conflicts)} in ${counted(counts.conflictRecords, 'record', 'records')}, ${count(plan.openConflicts)} without an answer`],
      ['Drift', counts.drift === 0 ? '0' : `${count(counts.drift)} in ${counted(counts.driftRecords, 'record', 'records')}`],
      ['Source', `${count(counts.source)} rows: ${count(counts.matched)} matched, ${count(counts.unmatched)} unmatched, ${count(counts.ambiguous)} ambiguous, ${count(counts.invalid)} invalid`],
    ]),
    `Drift was looked for in ${count(readScope.looked)} of ${count(readScope.of)} linked records, as of ${moment(readScope.asOf)}. The plan is valid until ${moment(plan.expiresAt)}.`,
    next(plan),
  ].join('\n')
}

function next(plan: PlanDetail): string {
  const short = plan.planId.slice(0, 8)
  const stopped = plan.guards.find((guard) => guard.count === undefined && !guard.lifted)
  if (stopped) return `Stopped by the guard “${stopped.guard}”. If it is right: lockstep approve ${short} --lift-guard "${stopped.guard}" --reason "…"`
  if (plan.openConflicts > 0) return `Next: lockstep review list ${short}`
  const typed = plan.guards.find((guard) => guard.count !== undefined && !guard.lifted)
  return `Next: lockstep approve ${short}${typed?.count === undefined ? '' : ` --confirm-count ${typed.count}`}`
}
