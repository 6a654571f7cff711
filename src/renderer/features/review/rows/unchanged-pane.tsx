import type { PlanDetail } from '../../../../contract/shapes.ts'
import { RecordHead } from '../record/record-pane.tsx'
import classes from '../review.module.css'
import type { PlanRow } from './use-plan-rows.ts'

/** A record for which there is nothing to do: the plan stores no fields for it. */
export function UnchangedPane({ plan, row }: { plan: PlanDetail; row: PlanRow }) {
  return (
    <>
      <RecordHead plan={plan} row={row} />
      <p className={classes['block']}>Nothing to do for this {plan.noun.one}: {plan.destinationName} already holds what the warehouse says, or keeps what was answered before.</p>
    </>
  )
}
