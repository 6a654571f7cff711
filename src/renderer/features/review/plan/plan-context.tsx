import type { PlanDetail } from '../../../../contract/shapes.ts'
import { plural, shortId } from '../../../shared/format.ts'
import { StatusWord } from '../../../shared/status-word.tsx'
import classes from '../review.module.css'
import { planKindWords, planStateWords } from './plan-state-words.ts'

/** Beside the title: audience, size, number of the plan, and its state where that is not simply "in review". */
export function PlanContext({ plan }: { plan: PlanDetail }) {
  const kind = planKindWords(plan.kind)
  const state = planStateWords(plan)
  return (
    <span className={classes['context']}>
      {kind !== undefined && (
        <span className={classes['kind']} title={plan.kind === 'trial' ? 'A small ordinary plan, to look before the whole' : 'Puts back what a run changed'}>
          {kind}
        </span>
      )}
      <span>
        {audienceWords(plan)} · plan <span className="mono">{shortId(plan.planId)}</span>
      </span>
      {plan.state !== 'in review' && <StatusWord meaning={state.meaning}>{state.words}</StatusWord>}
    </span>
  )
}

/** A revert is about whom the run changed or created, whatever audience that came from. */
function audienceWords({ kind, segmentName, counts, noun }: PlanDetail): string {
  if (kind === 'revert') return plural(counts.source + counts.remove, noun)
  return [segmentName, plural(counts.source, noun)].filter((part) => part !== undefined).join(' · ')
}
