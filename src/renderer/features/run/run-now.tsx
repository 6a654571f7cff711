import type { RunProgress } from '../../../contract/shapes.ts'
import { isFinished } from '../../app/events.ts'
import { formatEta, formatNumber, sentence } from '../../shared/format.ts'
import { StatusWord } from '../../shared/status-word.tsx'
import { useNow, useZone } from '../../shared/when.tsx'
import { comparisonSentence, doneSentence, isCutShort, waitSentence } from './run-story.ts'
import classes from './run.module.css'

/** How it goes in words: pace and time left, what is waited for, why it stands still, what is done already and what to do. */
export function RunNow({ run }: { run: RunProgress }) {
  const zone = useZone()
  const now = useNow()
  const live = !isFinished(run)
  const moving = live && !run.paused && run.hold === undefined
  return (
    <div className={classes['now']} aria-live="polite">
      {moving && run.rate > 0 && run.waits.length === 0 && <span>{formatNumber(Math.round(run.rate))} rows a second</span>}
      {moving && run.eta !== undefined && <span>{formatEta(run.eta)} (estimated)</span>}
      {live && run.waits.map((wait) => <StatusWord key={`${wait.limit} ${wait.until}`} meaning="quiet">{waitSentence(wait, now, zone)}</StatusWord>)}
      {isCutShort(run) && <Standstill run={run} />}
      {!live && <span>{comparisonSentence(run)}</span>}
    </div>
  )
}

/** Cause, next step, and what is done already. */
function Standstill({ run }: { run: RunProgress }) {
  const failed = run.state === 'failed'
  const meaning = failed ? 'problem' : run.hold === 'turn' ? 'quiet' : 'needs you'
  return (
    <div className={classes['standstill']}>
      <StatusWord meaning={meaning}>{causeWords(run)}</StatusWord>
      <p>
        {doneSentence(run)} {run.next ?? nextWords(run)}
      </p>
    </div>
  )
}

function causeWords(run: RunProgress): string {
  if (run.reason !== undefined) return sentence(run.reason)
  if (run.hold === 'turn') return 'Another run writes the same records first'
  if (run.paused) return 'Paused: nothing more is sent until you resume'
  return run.state === 'failed' ? 'The run failed' : 'The run was stopped'
}

function nextWords(run: RunProgress): string {
  if (run.hold === 'turn') return 'It goes on by itself.'
  if (run.paused) return 'Resume it to go on from there, or cancel it.'
  const { delivered, rejected, quarantined } = run.counts
  const again = rejected + quarantined > 0 ? 'Plan the refused rows again once the cause is gone' : 'Plan the activation again to send the rest'
  return delivered === 0 ? `${again}.` : `${again}, or revert what was delivered.`
}
