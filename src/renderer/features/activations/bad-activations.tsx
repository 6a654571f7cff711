import { Link } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { engine } from '../../app/client.ts'
import { StatusWord } from '../../shared/status-word.tsx'
import classes from './activations.module.css'

/** Activation files that cannot be read are not in the list of activations; they are named here. */
export function BadActivations() {
  const workspace = useQuery(engine.workspace.current.queryOptions())
  const problems = (workspace.data?.problems ?? []).filter((problem) => problem.file?.startsWith('activations/') === true)
  if (problems.length === 0) return null
  return (
    <ul className={classes['bad']} aria-label="Files with a problem">
      {problems.map((problem, index) => (
        <li key={index}>
          <StatusWord meaning="problem">{`${problem.file ?? ''}${problem.line === undefined ? '' : `, line ${String(problem.line)}`}`}</StatusWord> {problem.message}{' '}
          <Link to="/activations/$activation/edit" params={{ activation: idOf(problem.file ?? '') }} search={{}}>
            Look at the file
          </Link>
        </li>
      ))}
    </ul>
  )
}

function idOf(file: string): string {
  return file.replace(/^activations\//, '').replace(/\.ya?ml$/, '')
}
