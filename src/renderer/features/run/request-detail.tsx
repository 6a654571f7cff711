import type { LoggedRequest } from '../../../contract/shapes.ts'
import { formatAbsolute, formatNumber, plural } from '../../shared/format.ts'
import { StatusWord } from '../../shared/status-word.tsx'
import { useZone } from '../../shared/when.tsx'
import classes from './run.module.css'

/** What was sent, what came back, when and how often: for whoever has to explain it to the vendor. */
export function RequestDetail({ request, destinationName, level }: { request: LoggedRequest; destinationName: string; level: 3 | 4 }) {
  const zone = useZone()
  // Not every system has a status in its answers.
  const nothingCame = request.status === undefined && request.failed && request.answer === undefined
  const facts: [string, string | undefined][] = [
    ['When', formatAbsolute(request.at, zone)],
    ['Took', `${formatNumber(request.milliseconds)} ms`],
    ['Attempt', request.attempt === 1 ? 'the first' : `number ${formatNumber(request.attempt)}`],
    ['About', request.records === undefined ? undefined : plural(request.records, { one: 'record', many: 'records' })],
    ['Status', nothingCame ? 'no answer' : request.status?.toString()],
    [`${destinationName}’s number for it`, request.vendorRequest],
  ]
  return (
    <>
      <p className={classes['requestLine']}>
        <code>
          {request.method} {request.path}
        </code>
      </p>
      <dl className={classes['facts']}>
        {facts.map(([name, value]) => value !== undefined && <Fact key={name} name={name} value={value} />)}
      </dl>
      <Body level={level} title="What was sent" text={request.sent} nothing="No body was sent." />
      <Body level={level} title="What came back" text={request.answer} nothing={nothingCame ? 'Nothing came back.' : 'The answer had no body.'} />
      <p className={classes['quiet']}>Values of fields are masked; headers and secrets are never kept.</p>
    </>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function Body({ level, title, text, nothing }: { level: 3 | 4; title: string; text: string | undefined; nothing: string }) {
  const Heading = level === 3 ? 'h3' : 'h4'
  return (
    <section className={classes['body']}>
      <Heading>{title}</Heading>
      {text === undefined ? <p className={classes['quiet']}>{nothing}</p> : <pre tabIndex={0}>{text}</pre>}
    </section>
  )
}

/** What came of it, as a status word. Taken is not verified, and looks quiet: only a read-back earns green. */
export function RequestOutcome({ request }: { request: Pick<LoggedRequest, 'outcome' | 'failed' | 'status' | 'answer'> }) {
  const refused = request.status === undefined ? request.answer !== undefined : request.status < 500 && request.status !== 429
  return <StatusWord meaning={!request.failed ? 'quiet' : refused ? 'problem' : 'needs you'}>{request.outcome}</StatusWord>
}
