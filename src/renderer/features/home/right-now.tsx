import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { HomeSummary, RunSummary } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import { isFinished, useLive } from '../../app/events.ts'
import { formatEta, formatNumber } from '../../shared/format.ts'
import { StatusWord } from '../../shared/status-word.tsx'
import { When } from '../../shared/when.tsx'
import { proofWords } from './activation-words.ts'
import classes from './home.module.css'

const LAST_RUNS = 5

/** The right column: what goes on at this moment, what was done last, how fresh the warehouse is. */
export function RightNow({ home }: { home: HomeSummary }) {
  const runs = useQuery(engine.runs.list.queryOptions({ input: { limit: 20 } }))
  const live = useLive((state) => state.runs)
  const planning = useLive((state) => state.planning)
  const all: readonly RunSummary[] = (runs.data ?? []).map((run) => live[run.runId] ?? run)
  const going = all.filter((run) => !isFinished(run))
  const over = all.filter((run) => isFinished(run)).slice(0, LAST_RUNS)
  const nameOf = (id: string) => home.activations.find((activation) => activation.id === id)?.name ?? id
  return (
    <aside aria-label="Right now" className={classes['side']}>
      <div className={`surface ${classes['card']}`}>
        <h2>Right now</h2>
        {going.length === 0 && Object.keys(planning).length === 0 && <p className={classes['quiet']}>Nothing is being planned or sent.</p>}
        {Object.entries(planning).map(([id, progress]) => (
          <Going key={id} title={nameOf(id)} words={progress.phase} done={progress.done} of={progress.of} />
        ))}
        {going.map((run) => (
          <RunGoing key={run.runId} run={run} eta={live[run.runId]?.eta} />
        ))}
      </div>
      {over.length > 0 && (
        <div className={`surface ${classes['card']}`}>
          <h2>Last runs</h2>
          <ul>
            {over.map((run) => (
              <li key={run.runId} className={classes['line']}>
                <Link to="/runs/$run" params={{ run: run.runId }} search={{}} className={classes['name']}>
                  {run.activationName}
                </Link>
                <span className={classes['quiet']}>
                  <When at={run.finishedAt ?? run.startedAt} />
                </span>
                <Proof run={run} />
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className={`surface ${classes['card']}`}>
        <h2>Warehouse</h2>
        <p className={classes['quiet']}>{home.sourceReadAt === undefined ? 'Not read yet: the first plan reads it.' : <>Last read <When at={home.sourceReadAt} /></>}</p>
      </div>
    </aside>
  )
}

/** How much was read back and how much of it stuck; green only when that is all and the run came to its end. */
function Proof({ run }: { run: RunSummary }) {
  const { delivered, verified, rejected, quarantined, unknown, overridden } = run.counts
  if (delivered === 0) return <StatusWord meaning={run.state === 'failed' ? 'problem' : 'quiet'}>{run.state === 'failed' ? 'Failed; nothing was delivered' : 'Nothing was delivered'}</StatusWord>
  const findings = rejected + quarantined + unknown + overridden
  const broken = run.state === 'failed' ? 'Failed; ' : run.state === 'stopped' ? 'Stopped; ' : ''
  const meaning = run.state === 'failed' || overridden + unknown > 0 ? 'problem' : findings > 0 || run.state === 'stopped' ? 'needs you' : verified === delivered ? 'verified' : 'accepted'
  return <StatusWord meaning={meaning}>{`${broken}${proofWords(run.counts)}`}</StatusWord>
}

function RunGoing({ run, eta }: { run: RunSummary; eta: [number, number] | undefined }) {
  const { counts } = run
  const verifying = run.state === 'verifying'
  const done = verifying ? counts.verified + counts.overridden + counts.unverifiable : counts.planned - counts.pending - counts.sent - counts.accepted
  const words = run.paused ? 'Paused' : verifying ? 'Reading back' : 'Applying'
  return (
    <Link to="/runs/$run" params={{ run: run.runId }} search={{}} className={classes['going']}>
      <Going title={run.activationName} words={eta === undefined || run.paused ? words : `${words}, ${formatEta(eta)}`} done={done} of={verifying ? counts.delivered : counts.planned} />
    </Link>
  )
}

function Going({ title, words, done, of }: { title: string; words: string; done: number; of: number | undefined }) {
  return (
    <span className={classes['progress']}>
      <span className={classes['goingTitle']}>{title}</span>
      <span className={classes['quiet']}>
        {[words, ...(of === undefined ? (done === 0 ? [] : [formatNumber(done)]) : [`${formatNumber(done)} of ${formatNumber(of)}`])].join(' · ')}
      </span>
      {of !== undefined && of > 0 && <span role="progressbar" aria-label={title} aria-valuemin={0} aria-valuemax={of} aria-valuenow={done} className={classes['bar']} style={{ '--share': done / of }} />}
    </span>
  )
}
