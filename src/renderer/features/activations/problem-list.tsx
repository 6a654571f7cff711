import { StatusWord } from '../../shared/status-word.tsx'
import classes from './activations.module.css'
import type { MappingProblem } from './steps.ts'

/** Problems and warnings, worst first; `label` names the field in words. */
export function ProblemList({ problems, label }: { problems: MappingProblem[]; label?: (field: string) => string }) {
  if (problems.length === 0) return null
  const sorted = [...problems].sort((left, right) => Number(left.severity === 'warning') - Number(right.severity === 'warning'))
  return (
    <ul className={classes['problems']}>
      {sorted.map((problem, index) => (
        <li key={index} data-severity={problem.severity}>
          <StatusWord meaning={problem.severity === 'error' ? 'problem' : 'needs you'}>{label === undefined ? (problem.severity === 'error' ? 'Cannot work' : 'Expect') : label(problem.field)}</StatusWord>
          <span>{problem.message}</span>
        </li>
      ))}
    </ul>
  )
}
