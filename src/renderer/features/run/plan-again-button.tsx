import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { RunProgress } from '../../../contract/shapes.ts'
import type { RowState } from '../../../contract/states.ts'
import { client } from '../../app/client.ts'
import { isFinished } from '../../app/events.ts'
import { formatNumber } from '../../shared/format.ts'
import { notifyError } from '../../shared/notify.ts'
import type { ListedState } from './run-search.ts'

/** A plan of chosen records stays small; more than these are better planned as a whole. */
const MOST = 500
const again: ReadonlySet<ListedState> = new Set<ListedState>(['rejected', 'quarantined', 'unknown'])

/** Plans just the rows that were not taken once more, reviewed like any other plan. */
export function PlanAgainButton({ run, listed }: { run: RunProgress; listed: ListedState }) {
  const navigate = useNavigate()
  const count = run.counts[listed]
  const plan = useMutation({
    mutationFn: async () => {
      const { rows } = await client.runs.rows({ run: run.runId, state: listed as RowState, limit: MOST })
      return client.plans.create({ activation: run.activation, keys: rows.map((row) => row.record) })
    },
    onSuccess: (made) => void navigate({ to: '/review/$plan', params: { plan: made.planId }, search: {} }),
    onError: notifyError,
  })
  if (!again.has(listed) || !isFinished(run) || count === 0 || count > MOST) return null
  return (
    <Button loading={plan.isPending} onClick={() => plan.mutate()}>
      Plan {count === 1 ? 'this one' : `these ${formatNumber(count)}`} again
    </Button>
  )
}
