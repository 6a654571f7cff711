import { IconAlertTriangleFilled, IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ActivationDefinition } from '../../../contract/definitions.ts'
import { plural } from '../../shared/format.ts'
import classes from './activations.module.css'
import type { StepId } from './activation-words.ts'
import type { MappingProblem } from '../../../contract/shapes.ts'
import { missingIn, problemsOf, steps } from './steps.ts'

/** The steps with their state: done, still something missing, or a problem found. */
export function StepList({ id, current, activation, problems }: { id: string | undefined; current: StepId; activation: ActivationDefinition; problems: MappingProblem[] }) {
  return (
    <nav className={classes['steps']} aria-label="Steps">
      <ol>
        {steps.map((step, index) => {
          const errors = problemsOf(step.id, activation, problems).filter((problem) => problem.severity === 'error').length
          const missing = missingIn(step.id, activation)
          const done = missing === undefined && errors === 0 && step.id !== 'review'
          const words = errors > 0 ? plural(errors, { one: 'problem', many: 'problems' }) : (missing ?? (done ? 'complete' : ''))
          const inside = (
            <>
              <span className={classes['stepMark']} data-done={done || undefined} data-bad={errors > 0 || undefined} aria-hidden="true">
                {errors > 0 ? <IconAlertTriangleFilled size={12} /> : done ? <IconCheck size={12} stroke={3} /> : index + 1}
              </span>
              {step.title}
              {words !== '' && <span className="visually-hidden">, {words}</span>}
            </>
          )
          // The router marks the link of the address itself; the first step may be shown without being in the address.
          const mark = step.id === current ? { 'aria-current': 'step' as const } : {}
          return (
            <li key={step.id} data-current={step.id === current || undefined}>
              {id === undefined ? (
                <Link to="/activations/new" search={{ step: step.id }} {...mark}>
                  {inside}
                </Link>
              ) : (
                <Link to="/activations/$activation/edit" params={{ activation: id }} search={{ step: step.id }} {...mark}>
                  {inside}
                </Link>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
