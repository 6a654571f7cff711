import { StatusWord } from '../../shared/status-word.tsx'
import classes from './activations.module.css'
import type { MappingProblem } from '../../../contract/shapes.ts'

/** Problems and warnings, worst first; `label` names the field in words, `onField` leads to it. */
export function ProblemList({ problems, label, onField }: { problems: MappingProblem[]; label?: (field: string) => string; onField?: (field: string) => void }) {
  if (problems.length === 0) return null
  const sorted = [...problems].sort((left, right) => Number(left.severity === 'warning') - Number(right.severity === 'warning'))
  return (
    <ul className={classes['problems']}>
      {sorted.map((problem, index) => (
        <li key={index} data-severity={problem.severity}>
          <StatusWord meaning={problem.severity === 'error' ? 'problem' : 'needs you'}>
            {label === undefined ? problem.severity === 'error' ? 'Cannot work' : 'Expect' : <FieldName words={label(problem.field)} onChoose={onField === undefined ? undefined : () => onField(problem.field)} />}
          </StatusWord>
          <span>{problem.message}</span>
        </li>
      ))}
    </ul>
  )
}

function FieldName({ words, onChoose }: { words: string; onChoose: (() => void) | undefined }) {
  if (onChoose === undefined) return words
  return (
    <button type="button" className={classes['linkButton']} onClick={onChoose}>
      {words}
    </button>
  )
}
