import { useQuery } from '@tanstack/react-query'
import type { RunProgress } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import { formatNumber } from '../../shared/format.ts'
import { When } from '../../shared/when.tsx'
import { RequestDetail, RequestOutcome } from './request-detail.tsx'
import classes from './run.module.css'

const MOST = 20

/** The requests that were about one record, newest first; each unfolds to what was sent and what came back. */
export function RowRequests({ run, record }: { run: RunProgress; record: string }) {
  const requests = useQuery(engine.runs.requests.queryOptions({ input: { run: run.runId, record, limit: MOST } }))
  if (requests.data === undefined) return null
  const { rows, total } = requests.data
  return (
    <section className={classes['block']} aria-label="Requests about this record">
      <h3>Requests about this record{total === 0 ? '' : `, ${formatNumber(total)}`}</h3>
      {rows.length === 0 && <p className={classes['quiet']}>None is kept. Lockstep keeps the last requests of a run, and more of those that failed.</p>}
      {rows.map((request) => (
        <details key={request.id} className={classes['request']}>
          <summary>
            <span className={classes['requestPurpose']}>{request.purpose}</span>
            <RequestOutcome request={request} />
            <span className={classes['quiet']}>
              <When at={request.at} />
            </span>
          </summary>
          <RequestDetail request={request} destinationName={run.destinationName} level={4} />
        </details>
      ))}
    </section>
  )
}
