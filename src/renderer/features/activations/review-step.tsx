import { Button } from '@mantine/core'
import type { ActivationDefinition } from '../../../contract/definitions.ts'
import { Section } from '../../shared/page.tsx'
import { StatusWord } from '../../shared/status-word.tsx'
import classes from './activations.module.css'
import { InWords } from './in-words.tsx'
import { PlanDialog, usePlan } from './plan-button.tsx'
import { ProblemList } from './problem-list.tsx'
import type { MappingProblem } from '../../../contract/shapes.ts'
import { firstMissing } from './steps.ts'
import { useObjects } from './use-objects.ts'

interface ReviewStepProps {
  id: string | undefined
  activation: ActivationDefinition
  problems: MappingProblem[]
  changed: boolean
  onSave: () => Promise<string | undefined>
}

/** Everything in words, what to expect, then save and plan. */
export function ReviewStep({ id, activation, problems, changed, onSave }: ReviewStepProps) {
  const { object } = useObjects(activation.destination.connection, activation.destination.object)
  const missing = firstMissing(activation)
  const errors = problems.filter((problem) => problem.severity === 'error').length
  const label = (name: string): string => object?.fields.find((field) => field.name === name)?.label ?? name
  return (
    <div className={classes['body']}>
      <div className={classes['wide']}>
        <InWords activation={activation} id={id} />
        {problems.length > 0 && (
          <Section title="What to expect" aside="checked against the product and the destination as they are now">
            <ProblemList problems={problems} label={label} />
          </Section>
        )}
        {missing !== undefined && <StatusWord meaning="needs you">{missing.words}</StatusWord>}
        {missing === undefined && errors > 0 && <StatusWord meaning="problem">Records would be blocked until the problems above are solved</StatusWord>}
        <SaveAndPlan id={id} name={activation.name} blocked={missing !== undefined || errors > 0} changed={changed} onSave={onSave} />
      </div>
    </div>
  )
}

function SaveAndPlan({ id, name, blocked, changed, onSave }: { id: string | undefined; name: string; blocked: boolean; changed: boolean; onSave: () => Promise<string | undefined> }) {
  const plan = usePlan(id ?? '')
  const start = async () => {
    const saved = changed ? await onSave() : id
    if (saved !== undefined && id !== undefined) plan.start()
  }
  return (
    <div className={classes['saveAndPlan']}>
      <Button variant="filled" disabled={blocked} loading={plan.planning} onClick={() => void start()}>
        {id === undefined ? 'Save' : changed ? 'Save and plan' : 'Plan'}
      </Button>
      <span className={classes['quiet']}>A plan sends nothing. It shows in Review what would change, person by person.</span>
      {id !== undefined && <PlanDialog name={name} id={id} plan={plan} />}
    </div>
  )
}
