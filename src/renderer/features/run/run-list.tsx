import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { RunSummary } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import { formatNumber, formatShare, shortId } from '../../shared/format.ts'
import { Grid } from '../../shared/grid/grid.tsx'
import type { GridColumn } from '../../shared/grid/grid-column.ts'
import { rowsFrom } from '../../shared/grid/rows-from.ts'
import { Loading } from '../../shared/loading.tsx'
import { Page } from '../../shared/page.tsx'
import { EmptyState, ErrorState } from '../../shared/states.tsx'
import { StatusWord } from '../../shared/status-word.tsx'
import { When } from '../../shared/when.tsx'
import classes from './run.module.css'
import { runStateWords, unsettled } from './run-words.ts'

const number = (id: string, header: string, of: (run: RunSummary) => number): GridColumn<RunSummary> => ({
  id,
  header,
  width: 80,
  align: 'end',
  text: (run) => formatNumber(of(run)),
  cell: (run) => <span className={of(run) === 0 ? classes['quiet'] : undefined}>{formatNumber(of(run))}</span>,
})

const columns: GridColumn<RunSummary>[] = [
  {
    id: 'activation',
    header: 'Run',
    width: 220,
    widest: 420,
    grow: 2,
    text: (run) => run.activationName,
    cell: (run) => (
      <Link to="/runs/$run" params={{ run: run.runId }} search={{}} tabIndex={-1} className={classes['runLink']}>
        {run.activationName}
      </Link>
    ),
  },
  { id: 'id', secondary: true, header: 'Number', width: 96, text: (run) => shortId(run.runId), cell: (run) => <span className="mono">{shortId(run.runId)}</span> },
  {
    id: 'state',
    header: 'State',
    width: 180,
    text: (run) => `${runStateWords(run).words}     `,
    cell: (run) => <StatusWord meaning={runStateWords(run).meaning}>{runStateWords(run).words}</StatusWord>,
  },
  number('planned', 'Planned', (run) => run.counts.planned),
  number('delivered', 'Delivered', (run) => run.counts.delivered),
  {
    id: 'verified',
    header: 'Read back',
    width: 90,
    align: 'end',
    text: (run) => formatShare(run.counts.verified, run.counts.delivered),
    cell: (run) => <span>{formatShare(run.counts.verified, run.counts.delivered)}</span>,
  },
  number('findings', 'Need you', (run) => unsettled(run.counts)),
  { id: 'started', header: 'Started', width: 120, text: () => 'yesterday 16:22 CET', copied: (run) => run.startedAt, cell: (run) => <When at={run.startedAt} /> },
]

/** Every run, newest first. */
export function RunList() {
  const runs = useQuery(engine.runs.list.queryOptions({ input: { limit: 200 } }))
  const navigate = useNavigate()
  const [active, setActive] = useState(-1)
  if (runs.isPending) return <Page title="Runs">{<Loading label="Reading the runs" rows={6} />}</Page>
  if (runs.isError) {
    return (
      <Page title="Runs">
        <ErrorState error={runs.error} onRetry={() => void runs.refetch()} />
      </Page>
    )
  }
  return (
    <Page title="Runs">
      <Grid
        label="Runs"
        name="runs"
        columns={columns}
        rows={rowsFrom(runs.data)}
        active={active}
        onActive={setActive}
        onOpen={(run) => void navigate({ to: '/runs/$run', params: { run: run.runId }, search: {} })}
        empty={<EmptyState action={<Link to="/review">Go to Review</Link>}>Nothing was applied yet. A run begins when a reviewed plan is approved and applied.</EmptyState>}
      />
    </Page>
  )
}
