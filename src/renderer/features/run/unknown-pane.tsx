import { Button } from '@mantine/core'
import type { RunProgress, UnknownRow } from '../../../contract/shapes.ts'
import { isFinished } from '../../app/events.ts'
import { ValueChange } from '../../shared/diff/diff-value.tsx'
import { plural } from '../../shared/format.ts'
import { StatusWord } from '../../shared/status-word.tsx'
import { When } from '../../shared/when.tsx'
import { RowRequests } from './row-requests.tsx'
import classes from './run.module.css'
import type { Settling } from './settle-dialog.tsx'

/** One record in doubt: what was sent, when, what was tried to find out, and what a person can say of it. */
export function UnknownPane({ run, row, onSettle }: { run: RunProgress; row: UnknownRow; onSettle: (settling: Settling) => void }) {
  const say = (as: Settling['as']) => onSettle({ as, records: [row.record] })
  return (
    <div className={classes['pane']}>
      <div className={classes['paneHead']}>
        <h2>{row.label}</h2>
        <p>
          <span className="mono">{row.record}</span>
          {row.remoteId === undefined ? '' : ` · ${run.destinationName} ${row.remoteId}`}
        </p>
      </div>
      <section className={classes['block']}>
        <StatusWord meaning={isFinished(run) ? 'needs you' : 'accepted'}>Nobody knows yet whether it arrived</StatusWord>
        <ul className={classes['tried']}>
          {row.tried.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
        <p className={classes['quiet']}>{nextWords(run, row)}</p>
        {isFinished(run) && (
          <div className={classes['choices']}>
            <Button onClick={() => say('delivered')}>It arrived…</Button>
            <Button onClick={() => say('not delivered')}>It did not arrive…</Button>
          </div>
        )}
      </section>
      <section className={classes['block']}>
        <h3>What was sent</h3>
        {row.sent.length === 0 ? (
          <p className={classes['quiet']}>{row.action}, without values.</p>
        ) : (
          <dl className={classes['facts']}>
            {row.sent.map((field) => (
              <div key={field.field}>
                <dt>{field.fieldLabel}</dt>
                <dd>
                  <ValueChange before={field.before} after={field.value} />
                </dd>
              </div>
            ))}
          </dl>
        )}
        <p className={classes['quiet']}>
          {row.action}, {plural(row.attempts, { one: 'attempt', many: 'attempts' })}
          {row.sentAt !== undefined && (
            <>
              , last sent <When at={row.sentAt} />
            </>
          )}
        </p>
      </section>
      <RowRequests run={run} record={row.record} />
    </div>
  )
}

function nextWords(run: RunProgress, row: UnknownRow): string {
  if (!isFinished(run)) return 'The run is still finding out. What it cannot settle waits for you here.'
  return row.needsPerson ? `Look at the record in ${run.destinationName}, then say what you found.` : `Looking again may still find out. Or look at the record in ${run.destinationName} yourself, then say what you found.`
}
