import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { RunProgress } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import { formatDuration, shortId } from '../../shared/format.ts'
import { Loading } from '../../shared/loading.tsx'
import { Page } from '../../shared/page.tsx'
import { SplitPane } from '../../shared/split-pane.tsx'
import { ErrorState } from '../../shared/states.tsx'
import { StatusWord } from '../../shared/status-word.tsx'
import { When } from '../../shared/when.tsx'
import { Balance } from './balance.tsx'
import { RunPhases } from './run-phases.tsx'
import { RequestLog } from './request-log.tsx'
import type { ListedState, RunSearch } from './run-search.ts'
import { RowPane } from './row-pane.tsx'
import { RunActions } from './run-actions.tsx'
import { RunCauses } from './run-causes.tsx'
import { RunRows } from './run-rows.tsx'
import { firstState, runStateWords } from './run-words.ts'
import { RunViews } from './run-views.tsx'
import { UnknownRows } from './unknown-rows.tsx'
import { useRunRows } from './use-run-rows.ts'
import classes from './run.module.css'

export type RunScreenProps = { runId: string; search: RunSearch; onSearch: (search: RunSearch) => void }

/** One run, live: what is done, what balances, what needs a person. */
export function RunScreen(props: RunScreenProps) {
  const run = useQuery(engine.runs.get.queryOptions({ input: { run: props.runId } }))
  if (run.isPending) return <Page title="Run">{<Loading label="Reading the run" rows={8} />}</Page>
  if (run.isError) {
    return (
      <Page title="Run">
        <ErrorState error={run.error} onRetry={() => void run.refetch()} back={<Link to="/runs">All runs</Link>} />
      </Page>
    )
  }
  return <OpenRun {...props} run={run.data} />
}

function OpenRun({ run, search, onSearch }: RunScreenProps & { run: RunProgress }) {
  const listed = search.show ?? firstState(run.counts)
  return (
    <Page
      title={run.activationName}
      context={<Context run={run} />}
      actions={
        <>
          <RunViews view={search.view} onView={(view) => onSearch(view === undefined ? {} : { view })} />
          <RunActions run={run} />
        </>
      }
    >
      <RunPhases run={run} />
      <Balance run={run} listed={search.view === undefined ? listed : undefined} onList={(state) => onSearch({ show: state })} />
      <Listing key={listed} run={run} search={search} listed={listed} onSearch={onSearch} />
    </Page>
  )
}

type ListingProps = { run: RunProgress; search: RunSearch; listed: ListedState; onSearch: (search: RunSearch) => void }

/** Rows in one state, the queue of rows in doubt, or the requests. */
function Listing(props: ListingProps) {
  const { run, search, listed } = props
  if (search.view === 'requests') return <RequestLog run={run} search={search} onSearch={props.onSearch} />
  if (listed === 'unknown' && search.cause === undefined) return <UnknownRows run={run} />
  return <Rows {...props} />
}

function Rows({ run, search, listed, onSearch }: ListingProps) {
  const [active, setActive] = useState(-1)
  const cause = search.cause === undefined ? undefined : { cause: search.cause, field: search.field }
  const rows = useRunRows(run, listed, cause)
  const current = active < 0 ? undefined : rows.rowAt(active)
  const choose = (next: RunSearch) => {
    setActive(-1)
    onSearch(next)
  }
  return (
    <SplitPane name="run" label="Row" detail={current === undefined ? null : <RowPane row={current} run={run} />}>
      <RunCauses
        run={run}
        listed={listed}
        cause={cause}
        // What is in doubt has a queue of its own.
        onCause={(chosen) => choose(chosen?.cause.startsWith('unknown') === true ? { show: 'unknown' } : { show: listed, cause: chosen?.cause, field: chosen?.field })}
      />
      <RunRows run={run} listed={listed} rows={rows} active={active} onActive={setActive} />
    </SplitPane>
  )
}

function Context({ run }: { run: RunProgress }) {
  const { meaning, words } = runStateWords(run)
  const seconds = run.finishedAt === undefined ? undefined : (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000
  return (
    <span className={classes['context']}>
      <StatusWord meaning={meaning}>{words}</StatusWord>
      <span>
        {run.destinationName} · started <When at={run.startedAt} />
        {seconds === undefined ? '' : `, took ${formatDuration(seconds)}`} ·{' '}
        <Link to="/review/$plan" params={{ plan: run.planId }} search={{}}>
          plan <span className="mono">{shortId(run.planId)}</span>
        </Link>
      </span>
    </span>
  )
}
