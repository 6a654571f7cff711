import { Tooltip } from '@mantine/core'
import classes from './status.module.css'

/** How one system stands: aligned, hollow, offset red, offset amber (a person decides), dashed, or at rest. */
export type StepState = 'in step' | 'lagging' | 'out of step' | 'waiting' | 'cannot be verified' | 'quiet'
export type Step = { name: string; state: StepState }

/** The signature: one tick per system. `summary` is the sentence for hover and screen readers. */
export function StepStrip({ steps, summary }: { steps: readonly Step[]; summary: string }) {
  return (
    <Tooltip label={summary}>
      <span role="img" aria-label={summary} className={classes['strip']}>
        {steps.map((step) => (
          <i key={step.name} data-state={step.state} />
        ))}
      </span>
    </Tooltip>
  )
}
