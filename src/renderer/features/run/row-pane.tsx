import { useQuery } from '@tanstack/react-query'
import type { RunProgress, RunRow } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import { DiffList } from '../../shared/diff/diff-list.tsx'
import { plural } from '../../shared/format.ts'
import { StatusWord } from '../../shared/status-word.tsx'
import { When } from '../../shared/when.tsx'
import { HeldNow } from './held-now.tsx'
import { RowRequests } from './row-requests.tsx'
import { rowStory, rowWords } from './row-words.ts'
import classes from './run.module.css'

/** One row: what was sent, what came of it, the vendor's own words folded. */
export function RowPane({ row, run }: { row: RunRow; run: RunProgress }) {
  const record = useQuery(engine.plans.record.queryOptions({ input: { plan: run.planId, record: row.record } }))
  const { meaning, words } = rowWords(row)
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
        <StatusWord meaning={meaning}>{words}</StatusWord>
        <p>{rowStory(row)}</p>
        <p className={classes['quiet']}>
          {row.attempts > 0 ? plural(row.attempts, { one: 'attempt', many: 'attempts' }) : 'Not sent'}
          {row.settledAt !== undefined && (
            <>
              , settled <When at={row.settledAt} />
            </>
          )}
        </p>
        {row.detail !== undefined && (
          <details>
            <summary>What {run.destinationName} said</summary>
            <pre>{row.detail}</pre>
          </details>
        )}
      </section>
      {row.verification === 'overridden' && row.remoteId !== undefined && <HeldNow run={run} record={row.record} />}
      {record.data !== undefined && record.data.fieldsChanged.length > 0 && (
        <section className={classes['block']}>
          <h3>What the plan said</h3>
          <DiffList rows={record.data.fieldsChanged} />
        </section>
      )}
      {row.attempts > 0 && <RowRequests run={run} record={row.record} />}
    </div>
  )
}
