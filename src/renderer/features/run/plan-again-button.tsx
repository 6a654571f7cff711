import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { RunProgress } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import { isFinished } from '../../app/events.ts'
import { formatNumber } from '../../shared/format.ts'
import { notifyError } from '../../shared/notify.tsx'

/** Plans just the rows that were rejected or set aside once more, from the warehouse as it is now; reviewed like any other plan. */
export function PlanAgainButton({ run }: { run: RunProgress }) {
  const navigate = useNavigate()
  const count = run.counts.rejected + run.counts.quarantined
  const plan = useMutation(
    engine.runs.retryRejected.mutationOptions({
      onSuccess: (made) => void navigate({ to: '/review/$plan', params: { plan: made.planId }, search: {} }),
      onError: notifyError,
    }),
  )
  if (!isFinished(run) || count === 0) return null
  return (
    <Button loading={plan.isPending} onClick={() => plan.mutate({ run: run.runId })}>
      Plan {formatNumber(count)} {run.counts.quarantined === 0 ? 'rejected' : run.counts.rejected === 0 ? 'set-aside' : 'refused'} {count === 1 ? 'row' : 'rows'} again
    </Button>
  )
}
