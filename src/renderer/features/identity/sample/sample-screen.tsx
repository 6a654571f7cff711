import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { PairVerdict, Precision, SampledPair } from '../../../../contract/shapes.ts'
import { client, engine } from '../../../app/client.ts'
import { ErrorNotice } from '../../../shared/error-notice.tsx'
import { formatNumber, plural } from '../../../shared/format.ts'
import { Loading } from '../../../shared/loading.tsx'
import { notifyError } from '../../../shared/notify.tsx'
import { SplitPane } from '../../../shared/split-pane.tsx'
import { EmptyState, ErrorState } from '../../../shared/states.tsx'
import { IdentityFrame } from '../frame/identity-frame.tsx'
import classes from '../frame/identity.module.css'
import { JudgedPair } from './judged-pair.tsx'
import personClasses from '../records/person.module.css'
import { PrecisionPane } from './precision-pane.tsx'
import { RunButton } from '../frame/run-progress.tsx'
import { nextOpenPair } from './sample-order.ts'

const MOST_PAIRS = 200
const DRAW = 50

/** A sample of what the rules joined, judged by a person: how right the rules are, with how sure that is. */
export function SampleScreen({ of }: { of: string | undefined }) {
  return (
    <IdentityFrame of={of} actions={(identity) => <DrawMore identity={identity} />}>
      {(identity) => <Sample key={identity} identity={identity} />}
    </IdentityFrame>
  )
}

function Sample({ identity }: { identity: string }) {
  const overview = useQuery(engine.identity.overview.queryOptions({ input: { identity } }))
  const ran = overview.data?.run !== null
  const sample = useSample(identity)
  if (overview.isError) return <ErrorState error={overview.error} onRetry={() => void overview.refetch()} />
  if (!ran) return <EmptyState action={<RunButton identity={identity} filled />}>There is nothing to judge yet: the first run joins records, and a sample shows whether it was right.</EmptyState>
  if (sample.isError) return <ErrorState error={sample.error} onRetry={() => void sample.refetch()} />
  if (sample.data === undefined) return <Loading label="Reading the sample" rows={6} />
  if (sample.data.total === 0) return <EmptyState action={<DrawButton identity={identity} filled />}>Draw some pairs of records that the rules joined, and say of each whether it is one person.</EmptyState>
  return <Pairs identity={identity} pairs={sample.data.pairs} precision={sample.data.precision} />
}

/** The pairs drawn so far; asked for once there is something to draw from. */
function useSample(identity: string) {
  const overview = useQuery(engine.identity.overview.queryOptions({ input: { identity } }))
  return useQuery({ ...engine.identity.sample.queryOptions({ input: { identity, limit: MOST_PAIRS } }), enabled: overview.data !== undefined && overview.data.run !== null })
}

/** More pairs, once there are some; before, the screen itself offers to draw. */
function DrawMore({ identity }: { identity: string }) {
  const sample = useSample(identity)
  return (sample.data?.total ?? 0) === 0 ? null : <DrawButton identity={identity} />
}

function DrawButton({ identity, filled = false }: { identity: string; filled?: boolean }) {
  const queries = useQueryClient()
  const draw = useMutation({
    mutationFn: () => client.identity.drawSample({ identity, size: DRAW }),
    onSuccess: () => queries.invalidateQueries({ queryKey: engine.identity.key() }),
    onError: notifyError,
  })
  return (
    <Button variant={filled ? 'filled' : 'default'} loading={draw.isPending} onClick={() => draw.mutate()}>
      Draw {formatNumber(DRAW)} pairs
    </Button>
  )
}

function Pairs({ identity, pairs, precision }: { identity: string; pairs: readonly SampledPair[]; precision: Precision }) {
  const [at, setAt] = useState(() => nextOpenPair(pairs, -1) ?? 0)
  const queries = useQueryClient()
  const judge = useMutation({
    mutationFn: ({ pair, verdict }: { pair: string; verdict: PairVerdict | null }) => client.identity.judge({ identity, pair, verdict }),
    // The next pair can be judged before everything is read again.
    onSuccess: () => void queries.invalidateQueries({ queryKey: engine.identity.key() }),
  })
  const place = Math.min(at, pairs.length - 1)
  const pair = pairs[place]
  if (pair === undefined) return null
  const give = (verdict: PairVerdict) => {
    if (judge.isPending) return
    // A press on the verdict that stands takes it back.
    const taken = pair.verdict === verdict ? null : verdict
    judge.mutate({ pair: pair.id, verdict: taken }, { onSuccess: () => taken !== null && setAt(nextOpenPair(pairs, place) ?? place) })
  }
  return (
    <SplitPane name="identity-sample" label="How right the rules are" initial={360} detail={<PrecisionPane precision={precision} />}>
      <div className={classes['scroll']} tabIndex={-1}>
        <p role="status" className={personClasses['pairPlace']}>
          Pair {formatNumber(place + 1)} of {formatNumber(pairs.length)}, {plural(precision.judged, { one: 'judged', many: 'judged' })}
        </p>
        {judge.isError && <ErrorNotice error={judge.error} />}
        <JudgedPair key={pair.id} identity={identity} pair={pair} busy={judge.isPending} onVerdict={give} onMove={(step) => setAt(Math.max(0, Math.min(pairs.length - 1, place + step)))} />
      </div>
    </SplitPane>
  )
}
