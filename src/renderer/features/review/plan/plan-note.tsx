import type { PlanDetail, PlanFilter } from '../../../../contract/shapes.ts'
import { formatNumber } from '../../../shared/format.ts'
import { When } from '../../../shared/when.tsx'
import { filterWords } from '../rows/plan-filters.ts'
import classes from '../review.module.css'

/** One line: what is listed, how far drift was looked for, how long the plan holds. */
export function PlanNote({ plan, filter, onShow }: { plan: PlanDetail; filter: PlanFilter; onShow: (filter: PlanFilter) => void }) {
  const narrower = narrowerFilter(plan, filter)
  const { readScope } = plan
  const alive = plan.state === 'in review' || plan.state === 'approved' || plan.state === 'stopped by a guard'
  return (
    <div className={classes['note']}>
      <span>{filterWords(plan, filter)}</span>
      {narrower !== undefined && (
        <button type="button" className={classes['linkButton']} onClick={() => onShow(narrower.filter)}>
          {narrower.words}
        </button>
      )}
      <span className={classes['grow']} />
      <span>
        Drift looked for in {formatNumber(readScope.looked)} of {formatNumber(readScope.of)} as of <When at={readScope.asOf} clock />
      </span>
      {plan.stale === undefined && alive ? (
        <span>
          {plan.putAway === undefined ? 'Plan' : `Put away by ${plan.putAway.by}, it waits for nobody;`} valid until <When at={plan.expiresAt} />
        </span>
      ) : (
        <span className={classes['stale']}>{plan.stale ?? stateReason(plan)}</span>
      )}
    </div>
  )
}

function stateReason(plan: PlanDetail): string {
  if (plan.state === 'expired') return 'Too old to apply: plan again to see how things stand now.'
  if (plan.state === 'stale') return 'Something this plan was made from has changed: plan again.'
  return plan.state === 'applied' ? 'This plan was applied.' : 'This plan is being applied.'
}

function narrowerFilter(plan: PlanDetail, filter: PlanFilter): { filter: PlanFilter; words: string } | undefined {
  if (filter === 'conflicts' && plan.openConflicts > 0 && plan.openConflicts < plan.counts.conflicts) return { filter: 'open conflicts', words: `Only the ${formatNumber(plan.openConflicts)} open` }
  if (filter === 'open conflicts') return { filter: 'conflicts', words: `All ${formatNumber(plan.counts.conflicts)}` }
  if (filter === 'update' && plan.counts.clear > 0) return { filter: 'clear', words: `Only the ${formatNumber(plan.counts.clear)} that clear a field` }
  if (filter === 'clear') return { filter: 'update', words: `All ${formatNumber(plan.counts.update)}` }
  return undefined
}
