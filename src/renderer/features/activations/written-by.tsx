import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { MouseEvent } from 'react'
import type { MappingProblem } from '../../../contract/shapes.ts'
import { StatusWord } from '../../shared/status-word.tsx'
import classes from './activations.module.css'
import type { TakeOverProps } from './step-props.ts'

interface WrittenByProps extends TakeOverProps {
  /** The field in words. */
  label: string
  field: string
  problem: MappingProblem | undefined
  /** Absent: it cannot be left out by itself. */
  onLeaveOut?: ((event: MouseEvent) => void) | undefined
}

/** Another activation writes the field: who, and the three ways on. What is taken over changes with the save, and says so. */
export function WrittenBy({ label, field, problem, onLeaveOut, takeOvers, onTakeOvers }: WrittenByProps) {
  const taken = takeOvers.find((one) => one.field === field)
  if (taken !== undefined) {
    return (
      <div className={classes['writtenBy']}>
        <StatusWord meaning="quiet">When you save, “{taken.name}” stops writing {label}</StatusWord>
        <Button size="xs" onClick={() => onTakeOvers(takeOvers.filter((one) => one !== taken))}>
          Leave it with “{taken.name}”
        </Button>
      </div>
    )
  }
  const by = problem?.writtenBy
  if (by === undefined) return null
  return (
    <div className={classes['writtenBy']}>
      <StatusWord meaning="problem">“{by.name}” writes this</StatusWord>
      {onLeaveOut !== undefined && (
        <Button size="xs" aria-label={`Leave it out: ${label}`} onClick={onLeaveOut}>
          Leave it out
        </Button>
      )}
      <Button size="xs" aria-label={`Take it over: ${label}, from ${by.name}`} onClick={() => onTakeOvers([...takeOvers, { field, ...by }])}>
        Take it over
      </Button>
      <Link to="/activations/$activation" params={{ activation: by.activation }}>
        Open “{by.name}”
      </Link>
    </div>
  )
}
