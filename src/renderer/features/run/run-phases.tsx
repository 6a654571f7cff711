import { IconCheck } from '@tabler/icons-react'
import type { RunProgress } from '../../../contract/shapes.ts'
import { formatNumber } from '../../shared/format.ts'
import { RunNow } from './run-now.tsx'
import type { Phase } from './run-words.ts'
import { phases } from './run-words.ts'
import classes from './run.module.css'

/** The phases as real progress, and in words how it goes. */
export function RunPhases({ run }: { run: RunProgress }) {
  return (
    <div className={classes['phases']}>
      <ol>
        {phases(run).map((phase) => (
          <PhaseBar key={phase.name} phase={phase} paused={run.paused} />
        ))}
      </ol>
      <RunNow run={run} />
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
