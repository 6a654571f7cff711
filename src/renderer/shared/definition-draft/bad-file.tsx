import type { DefinitionDocument } from '../../../contract/shapes.ts'
import { StatusWord } from '../status-word.tsx'
import classes from './definition.module.css'

const around = 8

/** A definition file that cannot be read: the message, and its text with the line marked. */
export function BadFile({ document }: { document: DefinitionDocument }) {
  return (
    <div className={classes['bad']}>
      {document.problems.map((problem, index) => (
        <section key={index} aria-label={`Problem in ${document.path}`}>
          <div className={classes['badHead']}>
            <StatusWord meaning="problem">
              {document.path}
              {problem.line === undefined ? '' : `, line ${String(problem.line)}`}
            </StatusWord>
            <p className={classes['badMessage']}>{problem.message}</p>
            {problem.next !== undefined && <p>{problem.next}</p>}
          </div>
          <FileText text={document.text} line={problem.line} />
        </section>
      ))}
      <p className={classes['quiet']}>Correct the file in any text editor; this screen follows. Everything else in the workspace stays usable.</p>
    </div>
  )
}

function FileText({ text, line }: { text: string; line: number | undefined }) {
  const lines = text.split('\n')
  const first = line === undefined ? 1 : Math.max(1, line - around)
  const shown = lines.slice(first - 1, line === undefined ? around * 2 : line + around)
  return (
    <pre className={classes['fileText']} tabIndex={0} aria-label="Text of the file">
      {shown.map((words, index) => {
        const number = first + index
        return (
          <div key={number} data-marked={number === line || undefined}>
            <span aria-hidden="true">{number}</span>
            <code>{words === '' ? ' ' : words}</code>
          </div>
        )
      })}
    </pre>
  )
}
