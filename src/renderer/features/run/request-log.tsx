import { useState } from 'react'
import type { LoggedRequest, RunProgress } from '../../../contract/shapes.ts'
import { client, engine } from '../../app/client.ts'
import { isFinished } from '../../app/events.ts'
import { FindBox } from '../../shared/find-box.tsx'
import { formatNumber, plural } from '../../shared/format.ts'
import { Grid } from '../../shared/grid/grid.tsx'
import type { GridColumn } from '../../shared/grid/grid-column.ts'
import { usePagedRows } from '../../shared/grid/use-paged-rows.ts'
import { SplitPane } from '../../shared/split-pane.tsx'
import { EmptyState } from '../../shared/states.tsx'
import { When } from '../../shared/when.tsx'
import { RequestDetail, RequestOutcome } from './request-detail.tsx'
import type { RunSearch } from './run-search.ts'
import classes from './run.module.css'

const columns: GridColumn<LoggedRequest>[] = [
  { id: 'at', header: 'When', width: 130, text: () => 'yesterday 16:22 CET', copied: (request) => request.at, cell: (request) => <When at={request.at} /> },
  { id: 'purpose', header: 'What for', width: 180, widest: 420, grow: 2, important: true, text: (request) => request.purpose, cell: (request) => <span>{request.purpose}</span> },
  { id: 'attempt', header: 'Attempt', width: 80, align: 'end', text: (request) => formatNumber(request.attempt), cell: (request) => <span className={request.attempt === 1 ? classes['quiet'] : undefined}>{formatNumber(request.attempt)}</span> },
  { id: 'outcome', header: 'What came back', width: 180, widest: 480, grow: 2, text: (request) => `${request.outcome}     `, cell: (request) => <RequestOutcome request={request} /> },
  { id: 'milliseconds', header: 'Took', width: 80, align: 'end', text: (request) => `${formatNumber(request.milliseconds)} ms`, cell: (request) => <span className={classes['quiet']}>{formatNumber(request.milliseconds)} ms</span> },
  { id: 'path', secondary: true, header: 'Request', width: 160, widest: 380, grow: 1.5, text: (request) => `${request.method} ${request.path}  `, cell: (request) => <code className={classes['quiet']}>{`${request.method} ${request.path}`}</code> },
]

/** The last requests of a run and what came back, newest first, searchable. */
export function RequestLog({ run, search, onSearch }: { run: RunProgress; search: RunSearch; onSearch: (search: RunSearch) => void }) {
  const [active, setActive] = useState(-1)
  const asked = { run: run.runId, ...(search.find === undefined ? {} : { search: search.find }) }
  const rows = usePagedRows<LoggedRequest>({
    queryKey: [...engine.runs.requests.queryKey({ input: asked }), isFinished(run)],
    fetch: (offset, limit, signal) => client.runs.requests({ ...asked, offset, limit }, { signal }),
  })
  const request = active < 0 ? undefined : rows.rowAt(active)
  return (
    <SplitPane name="requests" label="Request" initial={480} detail={request === undefined ? null : <Pane run={run} request={request} />}>
      <div className={classes['groupActions']}>
        <h2 className={classes['listed']}>{rows.pending ? 'Requests' : `${search.find === undefined ? 'The last' : 'Found'} ${plural(rows.total, { one: 'request', many: 'requests' })}`}</h2>
        <FindBox
          label="Find in requests: a word of what was sent, came back or was asked for"
          value={search.find}
          onFind={(find) => {
            setActive(-1)
            onSearch({ ...search, find })
          }}
        />
      </div>
      <Grid
        label="Requests of the run"
        name="run-requests"
        columns={columns}
        rows={rows}
        active={active}
        onActive={setActive}
        empty={<EmptyState>{search.find === undefined ? 'No request of this run is kept: it sent none yet, or they were dropped after their time.' : 'No request fits.'}</EmptyState>}
      />
    </SplitPane>
  )
}

function Pane({ run, request }: { run: RunProgress; request: LoggedRequest }) {
  return (
    <div className={classes['pane']}>
      <div className={classes['paneHead']}>
        <h2>{request.purpose}</h2>
        <p>
          <RequestOutcome request={request} />
        </p>
      </div>
      <section className={classes['block']}>
        <RequestDetail request={request} destinationName={run.destinationName} level={3} />
      </section>
    </div>
  )
}
