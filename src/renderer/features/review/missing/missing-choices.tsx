import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CauseGroup, MissingCause, PlanDetail } from '../../../../contract/shapes.ts'
import type { MissingChoice } from '../../../../contract/states.ts'
import { engine } from '../../../app/client.ts'
import { awaitForm } from '../../../shared/keys-taken.ts'
import { MissingDialog } from './missing-dialog.tsx'
import classes from './missing-choices.module.css'
import { causeWords, choiceAction, choiceOutcome, choicesFor, isMissingCause } from './missing-words.ts'
import { useMissingChoice, usePlanAgain } from './use-missing-choice.ts'

/** The choices about deleted records, above their list. */
export function GoneChoices({ plan }: { plan: PlanDetail }) {
  const causes = useQuery(engine.plans.causes.queryOptions({ input: { plan: plan.planId, of: 'blocked' } }))
  return <MissingChoices plan={plan} groups={(causes.data ?? []).filter(({ cause }) => cause === 'gone')} />
}

/** What a person can do about records that were deleted, merged or forgotten: for all of a cause, with the number. */
export function MissingChoices({ plan, groups }: { plan: PlanDetail; groups: readonly CauseGroup[] }) {
  const missing = groups.flatMap((group) => (isMissingCause(group.cause) ? [{ ...group, cause: group.cause }] : []))
  const again = usePlanAgain()
  if (plan.kind === 'revert' || missing.length === 0) return null
  return (
    <div className={classes['bar']} role="group" aria-label="Deleted, merged and forgotten records">
      {missing.map((group) => (
        <CauseChoices key={group.cause} plan={plan} cause={group.cause} count={group.count} decided={group.decided ?? []} />
      ))}
      {missing.some(({ decided }) => decided !== undefined) && (
        <div className={classes['line']}>
          <span>This plan stays as it is; the next one brings what was chosen.</span>
          <Button loading={again.isPending} onClick={() => again.mutate({ activation: plan.activation })}>
            Plan again
          </Button>
        </div>
      )}
    </div>
  )
}

type CauseProps = { plan: PlanDetail; cause: MissingCause; count: number; decided: NonNullable<CauseGroup['decided']> }

function CauseChoices({ plan, cause, count, decided }: CauseProps) {
  const [asking, setAsking] = useState<MissingChoice>()
  const ask = (choice: MissingChoice) => {
    awaitForm()
    setAsking(choice)
  }
  const take = useMissingChoice(plan)
  const chosen = decided.reduce((sum, one) => sum + one.count, 0)
  const open = count - chosen
  const held = cause === 'forgotten' ? open : chosen
  return (
    <div className={classes['line']}>
      <span>
        {causeWords(cause, count, plan.destinationName)}
        {decided.map((one) => ` · ${choiceOutcome(one.choice, one.count, plan.noun)}`)}
      </span>
      {open > 0 &&
        choicesFor[cause].map((choice) => (
          <Button key={choice} onClick={() => ask(choice)}>
            {choiceAction(choice, open)}…
          </Button>
        ))}
      {held > 0 && (
        <Button loading={take.isPending} onClick={() => take.mutate({ scope: { all: true, cause }, choice: 'take back' })}>
          {choiceAction('take back', held)}
        </Button>
      )}
      {asking !== undefined && <MissingDialog plan={plan} choice={asking} scope={{ all: true, cause }} count={open} onClose={() => setAsking(undefined)} />}
    </div>
  )
}
