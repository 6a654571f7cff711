import { Button, Progress } from '@mantine/core'
import type { PlanningProgress } from '../../../app/events.ts'
import { formatNumber } from '../../../shared/format.ts'
import classes from './identity.module.css'

type WorkBarProps = {
  label: string
  /** Absent until the engine says what it does. */
  progress: PlanningProgress | undefined
  /** The way to stop it, where it was started here. */
  stop?: { label: string; onStop: () => void } | undefined
}

/** What goes on at this moment, how far it is, and the way to stop it. */
export function WorkBar({ label, progress, stop }: WorkBarProps) {
  const { phase, done, of } = progress ?? { phase: 'Starting', done: 0, of: undefined }
  const share = of === undefined || of === 0 ? undefined : (done / of) * 100
  return (
    <div className={classes['runBar']} aria-label={label} role="group">
      <p role="status">
        <strong>{phase}</strong> <span className={classes['quiet']}>{of === undefined ? (done === 0 ? '' : formatNumber(done)) : `${formatNumber(done)} of ${formatNumber(of)}`}</span>
      </p>
      <Progress className={classes['grow']} value={share ?? 100} animated={share === undefined} size="sm" color="var(--accent)" aria-label={phase} />
      {stop !== undefined && (
        <Button size="xs" onClick={stop.onStop}>
          {stop.label}
        </Button>
      )}
    </div>
  )
}
