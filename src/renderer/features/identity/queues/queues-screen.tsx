import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { IdentityOverview, QueueItem, QueueKind } from '../../../../contract/shapes.ts'
import { engine } from '../../../app/client.ts'
import { FindBox } from '../../../shared/find-box.tsx'
import { formatNumber } from '../../../shared/format.ts'
import { Grid } from '../../../shared/grid/grid.tsx'
import { Loading } from '../../../shared/loading.tsx'
import { SplitPane } from '../../../shared/split-pane.tsx'
import { EmptyState, ErrorState } from '../../../shared/states.tsx'
import { CasePane } from './case-pane.tsx'
import { IdentityFrame } from '../frame/identity-frame.tsx'
import type { QueueSearch } from '../frame/identity-search.ts'
import classes from '../frame/identity.module.css'
import { LastDecisionBar } from '../decisions/last-decision.tsx'
import { columnsFor } from './queue-columns.tsx'
import { queueCount, queueEmpty, queueKinds, queueSentences, queueTitles } from './queue-words.ts'
import { RunAgain, RunButton } from '../frame/run-progress.tsx'
import { useDecidedCases, useSameCase } from './use-decided-cases.ts'
import { useQueueRows } from './use-queue-rows.ts'

type QueuesProps = { search: QueueSearch; onSearch: (search: QueueSearch) => void }

/** What a person decides on: one list of cases at the left, the records side by side at the right. */
export function QueuesScreen(props: QueuesProps) {
  return (
    <IdentityFrame of={props.search.of} actions={(identity) => <RunAgain identity={identity} />}>
      {(identity) => <OpenQueues key={identity} identity={identity} {...props} />}
    </IdentityFrame>
  )
}

function OpenQueues({ identity, search, onSearch }: QueuesProps & { identity: string }) {
  const overview = useQuery(engine.identity.overview.queryOptions({ input: { identity } }))
  if (overview.isPending) return <Loading label="Reading what waits" rows={6} />
  if (overview.isError) return <ErrorState error={overview.error} onRetry={() => void overview.refetch()} />
  if (overview.data.run === null) return <EmptyState action={<RunButton identity={identity} filled />}>Nothing waits yet: the first run finds who is ambiguous, who is there twice, and who is missing.</EmptyState>
  return <Cases overview={overview.data} search={search} onSearch={onSearch} />
}

function Cases({ overview, search, onSearch }: QueuesProps & { overview: IdentityOverview }) {
  const { identity } = overview
  const kind = search.show ?? firstQueue(overview)
  const [active, setActive] = useState(0)
  const rows = useQueueRows(identity, kind, search)
  const at = Math.min(active, rows.total - 1)
  // A form that is open keeps its case, also when the list is read again under it.
  const [held, setHeld] = useState<QueueItem>()
  const current = held ?? rows.rowAt(at)
  useSameCase(rows, at, setActive)
  const { decisions, decided, decisionsAbout } = useDecidedCases(identity)
  const goOn = () => setActive(at + 1 < rows.total ? at + 1 : Math.max(0, at - 1))
  const show = (next: QueueSearch) => {
    setActive(0)
    onSearch(next)
  }
  const narrowed = search.find !== undefined || search.source !== undefined
  return (
    <>
      <QueueBar overview={overview} kind={kind} search={search} onSearch={show} />
      <p className={classes['note']}>{queueSentences[kind]}</p>
      <LastDecisionBar decisions={decisions} />
      <SplitPane
        name="identity"
        label="Case"
        initial={560}
        roomy
        detail={current === undefined ? null : <CasePane key={current.id} identity={identity} item={current} decided={decided.get(current.id)} decisions={decisionsAbout(current, { goOn, comeBack: () => setActive(at) })} onHold={(hold) => setHeld(hold ? current : undefined)} onMove={(step) => setActive(Math.max(0, Math.min(rows.total - 1, at + step)))} />}
      >
        <Grid
          label={`${queueTitles[kind]} cases`}
          name={`queue-${kind}`}
          columns={columnsFor(kind, decided)}
          rows={rows}
          active={at}
          onActive={setActive}
          empty={<EmptyState>{narrowed ? 'Nothing here fits what is looked for.' : queueEmpty[kind]}</EmptyState>}
        />
      </SplitPane>
    </>
  )
}

/** The queue that is shown first: the first one with something in it. */
function firstQueue({ queues }: Pick<IdentityOverview, 'queues'>): QueueKind {
  return queueKinds.find((kind) => queueCount(queues, kind) > 0) ?? 'ambiguous'
}

function QueueBar({ overview, kind, search, onSearch }: QueuesProps & { overview: IdentityOverview; kind: QueueKind }) {
  const sources = overview.run?.sources ?? []
  return (
    <div className={classes['tilesBar']}>
      <div role="group" aria-label="Queues" className={classes['tiles']}>
        {queueKinds.map((other) => (
          <button
            key={other}
            type="button"
            className={classes['tile']}
            aria-pressed={other === kind}
            data-tone={other === 'ambiguous' && overview.queues.ambiguous > 0 ? 'needs you' : undefined}
            onClick={() => onSearch({ of: search.of, show: other, source: search.source, find: search.find })}
          >
            <b>{formatNumber(queueCount(overview.queues, other))}</b>
            <span>{queueTitles[other]}</span>
          </button>
        ))}
      </div>
      <Select
        className={classes['systemFilter']}
        aria-label="System"
        placeholder="All systems"
        clearable
        data={sources.map(({ source, name }) => ({ value: source, label: name }))}
        value={search.source ?? null}
        onChange={(next) => onSearch({ ...search, show: kind, source: next ?? undefined })}
      />
      <FindBox label="Find a person, key or value" value={search.find} onFind={(find) => onSearch({ ...search, show: kind, find })} />
    </div>
  )
}
