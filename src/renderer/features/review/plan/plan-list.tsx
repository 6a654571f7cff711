import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { PlanSummary } from '../../../../contract/shapes.ts'
import { engine } from '../../../app/client.ts'
import { formatNumber, shortId } from '../../../shared/format.ts'
import { Grid } from '../../../shared/grid/grid.tsx'
import type { GridColumn } from '../../../shared/grid/grid-column.ts'
import { rowsFrom } from '../../../shared/grid/rows-from.ts'
import { Loading } from '../../../shared/loading.tsx'
import { Page } from '../../../shared/page.tsx'
import { EmptyState, ErrorState } from '../../../shared/states.tsx'
import { StatusWord } from '../../../shared/status-word.tsx'
import { When } from '../../../shared/when.tsx'
import { planKindWords, planStateWords } from './plan-state-words.ts'
import classes from '../review.module.css'

const number = (id: string, header: string, of: (plan: PlanSummary) => number): GridColumn<PlanSummary> => ({
  id,
  header,
  width: 76,
  align: 'end',
  text: (plan) => formatNumber(of(plan)),
  cell: (plan) => <span className={of(plan) === 0 ? classes['zero'] : undefined}>{formatNumber(of(plan))}</span>,
})

const columns: GridColumn<PlanSummary>[] = [
  {
    id: 'activation',
    header: 'Plan',
    width: 220,
    widest: 420,
    grow: 2,
    text: planTitle,
    cell: (plan) => (
      <Link to="/review/$plan" params={{ plan: plan.planId }} tabIndex={-1} className={classes['planLink']}>
        {planTitle(plan)}
      </Link>
    ),
  },
  { id: 'id', secondary: true, header: 'Number', width: 96, text: (plan) => shortId(plan.planId), cell: (plan) => <span className="mono">{shortId(plan.planId)}</span> },
  {
    id: 'state',
    header: 'State',
    width: 170,
    text: (plan) => `${planStateWords(plan).words}    `,
    cell: (plan) => <StatusWord meaning={planStateWords(plan).meaning}>{planStateWords(plan).words}</StatusWord>,
  },
  number('create', 'Create', (plan) => plan.counts.create),
  number('update', 'Update', (plan) => plan.counts.update),
  number('remove', 'Remove', (plan) => plan.counts.remove),
  number('blocked', 'Blocked', (plan) => plan.counts.blocked),
  number('conflicts', 'Conflicts', (plan) => plan.counts.conflicts),
  { id: 'made', header: 'Made', width: 120, text: () => 'yesterday 16:22 CET', copied: (plan) => plan.createdAt, cell: (plan) => <When at={plan.createdAt} /> },
]

function planTitle(plan: PlanSummary): string {
  const kind = planKindWords(plan.kind)
  return kind === undefined ? plan.activationName : `${plan.activationName} (${kind.toLowerCase()})`
}

/** Plans that wait for a person come first, then the others, newest first. */
export function PlanList() {
  const plans = useQuery(engine.plans.list.queryOptions({ input: { limit: 200 } }))
  const navigate = useNavigate()
  const [active, setActive] = useState(-1)
  if (plans.isPending) return <Page title="Review">{<Loading label="Reading the plans" rows={6} />}</Page>
  if (plans.isError) {
    return (
      <Page title="Review">
        <ErrorState error={plans.error} onRetry={() => void plans.refetch()} />
      </Page>
    )
  }
  const waiting = plans.data.filter((plan) => plan.waiting)
  const rows = [...waiting, ...plans.data.filter((plan) => !plan.waiting)]
  return (
    <Page title="Review" context={waiting.length === 0 ? 'Nothing waits for you' : `${formatNumber(waiting.length)} ${waiting.length === 1 ? 'plan waits' : 'plans wait'} for you`} actions={<Button component={Link} to="/settings/decisions">Policies and overrides</Button>}>
      <Grid
        label="Plans"
        name="plans"
        columns={columns}
        rows={rowsFrom(rows)}
        active={active}
        onActive={setActive}
        onOpen={(plan) => void navigate({ to: '/review/$plan', params: { plan: plan.planId } })}
        empty={<EmptyState action={<Link to="/activations">Go to the activations</Link>}>No plan has been made yet. Plan an activation to see here what it would do, before anything is sent.</EmptyState>}
      />
    </Page>
  )
}
