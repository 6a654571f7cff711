import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { PlanDetail, PlanRecordDetail, RecordChoice } from '../../../../contract/shapes.ts'
import type { MissingChoice } from '../../../../contract/states.ts'
import { awaitForm } from '../../../shared/keys-taken.ts'
import { When } from '../../../shared/when.tsx'
import { MissingDialog } from './missing-dialog.tsx'
import classes from '../review.module.css'
import missing from './missing-choices.module.css'
import { choiceAction, chosenWords, choicesFor, isMissingCause } from './missing-words.ts'
import { useMissingChoice, usePlanAgain } from './use-missing-choice.ts'

type Props = { plan: PlanDetail; row: Pick<PlanRecordDetail, 'record' | 'cause' | 'choice'> }

/** One record that was deleted, merged or forgotten: what was decided, or the choices. */
export function MissingRecord({ plan, row }: Props) {
  const { choice, cause } = row
  if (plan.kind === 'revert') return null
  if (choice !== undefined) return <Decided plan={plan} row={row} choice={choice} />
  if (cause === 'forgotten') return <NextPlan plan={plan} words="That was taken back: the next plan asks about it again." />
  return isMissingCause(cause) ? <Choices plan={plan} record={row.record} choices={choicesFor[cause]} /> : null
}

function Choices({ plan, record, choices }: { plan: PlanDetail; record: string; choices: readonly MissingChoice[] }) {
  const [asking, setAsking] = useState<MissingChoice>()
  const ask = (choice: MissingChoice) => {
    awaitForm()
    setAsking(choice)
  }
  return (
    <div className={classes['block']}>
      <div className={missing['line']}>
        {choices.map((choice) => (
          <Button key={choice} onClick={() => ask(choice)}>
            {choiceAction(choice)}…
          </Button>
        ))}
      </div>
      {asking !== undefined && <MissingDialog plan={plan} choice={asking} scope={{ record }} count={1} onClose={() => setAsking(undefined)} />}
    </div>
  )
}

function Decided({ plan, row, choice }: Props & { choice: RecordChoice }) {
  const take = useMissingChoice(plan)
  const takeBack = (
    <Button loading={take.isPending} onClick={() => take.mutate({ scope: { record: row.record }, choice: 'take back' })}>
      {choiceAction('take back')}
    </Button>
  )
  return (
    <div className={classes['block']}>
      {row.cause !== 'forgotten' && (
        <p>
          {chosenWords[choice.choice]}: {choice.by}, <When at={choice.at} />
          {choice.reason === undefined ? '' : ` (“${choice.reason}”)`}
        </p>
      )}
      {choice.inPlan ? <div className={missing['line']}>{plan.run === undefined && takeBack}</div> : <NextPlanLine plan={plan} words="The next plan brings it." more={takeBack} />}
    </div>
  )
}

function NextPlan({ plan, words }: { plan: PlanDetail; words: string }) {
  return (
    <div className={classes['block']}>
      <NextPlanLine plan={plan} words={words} />
    </div>
  )
}

function NextPlanLine({ plan, words, more }: { plan: PlanDetail; words: string; more?: ReactNode }) {
  const again = usePlanAgain()
  return (
    <div className={missing['line']}>
      <span>{words}</span>
      <Button loading={again.isPending} onClick={() => again.mutate({ activation: plan.activation })}>
        Plan again
      </Button>
      {more}
    </div>
  )
}
