import { IconCheck } from '@tabler/icons-react'
import type { RunProgress } from '../../../contract/shapes.ts'
import { formatClock, formatEta, formatNumber, formatRelative, sentence } from '../../shared/format.ts'
import { StatusWord } from '../../shared/status-word.tsx'
import { useNow, useZone } from '../../shared/when.tsx'
import type { Phase } from './run-words.ts'
import { phases } from './run-words.ts'
import classes from './run.module.css'

/** The phases as real progress, with rate, time left and the limits that are waited for. */
export function RunPhases({ run }: { run: RunProgress }) {
  const live = run.state === 'applying' || run.state === 'verifying'
  return (
    <div className={classes['phases']}>
      <ol>
        {phases(run).map((phase) => (
          <PhaseBar key={phase.name} phase={phase} paused={run.paused} />
        ))}
      </ol>
      <div className={classes['pace']}>
        {run.reason !== undefined && <span className={classes['reason']}>{sentence(run.reason)}</span>}
        {live && !run.paused && run.rate > 0 && <span>{formatNumber(Math.round(run.rate))} rows a second</span>}
        {live && !run.paused && run.eta !== undefined && <span>{formatEta(run.eta)} (estimated)</span>}
        {live && run.paused && <StatusWord meaning="needs you">Paused: nothing is sent until you resume</StatusWord>}
        {live && <Waits run={run} />}
      </div>
    </div>
  )
}

function PhaseBar({ phase, paused }: { phase: Phase; paused: boolean }) {
  const share = phase.of === 0 ? (phase.state === 'over' ? 1 : 0) : phase.done / phase.of
  return (
    <li className={classes['phase']} data-state={phase.state}>
      <span className={classes['phaseName']}>
        {phase.state === 'over' && <IconCheck size={13} aria-label="finished" />}
        {phase.name}
      </span>
      <span
        role="progressbar"
        aria-label={phase.name}
        aria-valuemin={0}
        aria-valuemax={phase.of}
        aria-valuenow={phase.done}
        className={classes['bar']}
        data-paused={paused || undefined}
        style={{ '--share': share }}
      />
      <span className={classes['phaseCount']}>
        {formatNumber(phase.done)} of {formatNumber(phase.of)}
      </span>
    </li>
  )
}

/** "Waits for the limit 190 requests in 10 s until 14:05:08 CET". */
function Waits({ run }: { run: RunProgress }) {
  const zone = useZone()
  const now = useNow()
  return run.waits.map((wait) => (
    <StatusWord key={`${wait.limit} ${wait.until}`} meaning="quiet">
      Waits for {run.destinationName}’s limit “{wait.limit}” until {formatClock(wait.until, zone)}, {formatRelative(wait.until, now, zone)}
    </StatusWord>
  ))
}
