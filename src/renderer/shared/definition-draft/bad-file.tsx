import type { DefinitionDocument } from '../../../contract/shapes.ts'
import { plural } from '../format.ts'
import { StatusWord } from '../status-word.tsx'
import classes from './definition.module.css'

const around = 8

/** A definition file that cannot be read: each problem by line, and its text with those lines marked. */
export function BadFile({ document }: { document: DefinitionDocument }) {
  const { problems, path, text } = document
  const lines = problems.flatMap((problem) => (problem.line === undefined ? [] : [problem.line]))
  return (
    <section className={classes['bad']} aria-label={`Problems in ${path}`}>
      <StatusWord meaning="problem">{`${path} has ${plural(problems.length, { one: 'problem', many: 'problems' })}`}</StatusWord>
      <ul className={classes['badList']}>
        {problems.map((problem, index) => (
          <li key={index}>
            <p className={classes['badMessage']}>
              {problem.line === undefined ? '' : `Line ${String(problem.line)}: `}
              {problem.message}
            </p>
            {problem.next !== undefined && <p>{problem.next}</p>}
          </li>
        ))}
      </ul>
      <FileText text={text} marked={lines} />
      <p className={classes['quiet']}>Correct the file in any text editor; this screen follows. Everything else in the workspace stays usable.</p>
    </section>
  )
}

function FileText({ text, marked }: { text: string; marked: number[] }) {
  const lines = text.split('\n')
  const first = marked.length === 0 ? 1 : Math.max(1, Math.min(...marked) - around)
  const last = marked.length === 0 ? around * 2 : Math.max(...marked) + around
  const shown = lines.slice(first - 1, last)
  return (
    <pre className={classes['fileText']} tabIndex={0} aria-label="Text of the file">
      {shown.map((words, index) => {
        const number = first + index
        return (
          <div key={number} data-marked={marked.includes(number) || undefined}>
            <span aria-hidden="true">{number}</span>
            <code>{words === '' ? ' ' : words}</code>
          </div>
        )
      })}
    </pre>
  )
}
