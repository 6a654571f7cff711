import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { StatusWord } from '../shared/status-word.tsx'
import { engine } from './client.ts'
import classes from './definition-screens.module.css'

type Kind = 'product' | 'segment' | 'identity' | 'activation' | 'connection'
const folders: Record<Kind, string> = { product: 'products/', segment: 'segments/', identity: 'identity/', activation: 'activations/', connection: 'connections/' }

/** Files of one kind that cannot be used as they are: by name and line, with a way to their text. */
export function ProblemFiles({ kind }: { kind: Kind }) {
  const workspace = useQuery(engine.workspace.current.queryOptions())
  const problems = (workspace.data?.problems ?? []).filter((problem) => problem.file?.startsWith(folders[kind]) === true)
  if (problems.length === 0) return null
  return (
    <ul className={classes['files']} aria-label="Files with a problem">
      {problems.map((problem, index) => (
        <li key={index}>
          <StatusWord meaning="problem">{`${problem.file ?? ''}${problem.line === undefined ? '' : `, line ${String(problem.line)}`}`}</StatusWord>
          <span>{problem.message}</span>
          <FileLink kind={kind} id={idOf(problem.file ?? '', kind)}>
            Look at the file
          </FileLink>
        </li>
      ))}
    </ul>
  )
}

function idOf(file: string, kind: Kind): string {
  return file.slice(folders[kind].length).replace(/\.(ya?ml|sql)$/, '')
}

function FileLink({ kind, id, children }: { kind: Kind; id: string; children: ReactNode }) {
  switch (kind) {
    case 'product':
      return (
        <Link to="/products/$product" params={{ product: id }}>
          {children}
        </Link>
      )
    case 'segment':
      return (
        <Link to="/segments/$segment" params={{ segment: id }}>
          {children}
        </Link>
      )
    case 'identity':
      return (
        <Link to="/identity/rules" search={{ of: id }}>
          {children}
        </Link>
      )
    case 'activation':
      return (
        <Link to="/activations/$activation/edit" params={{ activation: id }} search={{}}>
          {children}
        </Link>
      )
    case 'connection':
      return (
        <Link to="/connections/$connection" params={{ connection: id }}>
          {children}
        </Link>
      )
  }
}
