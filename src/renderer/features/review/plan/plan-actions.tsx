import { Button, Tooltip } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { PlanDetail } from '../../../../contract/shapes.ts'
import { engine } from '../../../app/client.ts'
import { useLive } from '../../../app/events.ts'
import { notifyError } from '../../../shared/notify.tsx'
import { modKey } from '../../../shared/use-shortcuts.ts'
import { HandOverButton } from './hand-over.tsx'
import classes from '../review.module.css'
import { applyWords, whyNotApply } from '../apply/why-not-apply.ts'

const TRIAL_ROWS = 10

/** Try 10 first, plan again, apply: one of them is the primary action. */
export function PlanActions({ plan, onApply }: { plan: PlanDetail; onApply: () => void }) {
  const navigate = useNavigate()
  const progress = useLive((state) => state.planning[plan.activation])
  const create = useMutation(
    engine.plans.create.mutationOptions({
      onSuccess: (made) => void navigate({ to: '/review/$plan', params: { plan: made.planId } }),
      onError: notifyError,
    }),
  )
  const over = plan.state === 'stale' || plan.state === 'expired' || plan.stale !== undefined
  const words = create.isPending ? (progress?.phase ?? 'Planning') : plan.kind === 'trial' ? 'Plan everything' : 'Plan again'
  const planAgain = plan.kind === 'revert' ? null : (
    <Button variant={over ? 'filled' : 'default'} loading={create.isPending} onClick={() => create.mutate({ activation: plan.activation })}>
      {words}
    </Button>
  )
  if (plan.run !== undefined) {
    return (
      <>
        {planAgain}
        <Button component={Link} to={`/runs/${plan.run.runId}`} variant="filled">
          Open the run
        </Button>
      </>
    )
  }
  if (over) return planAgain
  return (
    <>
      {planAgain}
      {plan.kind === 'ordinary' && plan.counts.source > TRIAL_ROWS && (
        <Button disabled={create.isPending} onClick={() => create.mutate({ activation: plan.activation, limit: TRIAL_ROWS })}>
          Try 10 first
        </Button>
      )}
      <PutAway plan={plan} />
      <HandOverButton plan={plan} />
      <ApplyButton plan={plan} onApply={onApply} />
    </>
  )
}

/** Nobody is asked about the plan any more; pressed again, it is back. */
function PutAway({ plan }: { plan: PlanDetail }) {
  const queries = useQueryClient()
  const away = plan.putAway !== undefined
  const options = { onSuccess: () => void queries.invalidateQueries(), onError: notifyError }
  const putAway = useMutation(engine.plans.putAway.mutationOptions(options))
  const bringBack = useMutation(engine.plans.bringBack.mutationOptions(options))
  return (
    <Button loading={putAway.isPending || bringBack.isPending} onClick={() => (away ? bringBack : putAway).mutate({ plan: plan.planId })}>
      {away ? 'Bring back' : 'Put away'}
    </Button>
  )
}

/** Off until nothing is missing; what is missing is said on hover, on focus and to screen readers. */
function ApplyButton({ plan, onApply }: { plan: PlanDetail; onApply: () => void }) {
  const reason = whyNotApply(plan)
  return (
    <Tooltip label={reason} disabled={reason === undefined}>
      <Button
        variant="filled"
        aria-disabled={reason !== undefined}
        data-off={reason !== undefined || undefined}
        aria-describedby={reason === undefined ? undefined : 'why-not-apply'}
        onClick={reason === undefined ? onApply : undefined}
        rightSection={<kbd className={classes['applyKey']}>{`${modKey} ↵`}</kbd>}
      >
        {applyWords(plan)}
        {reason !== undefined && (
          <span id="why-not-apply" className="visually-hidden">
            {reason}
          </span>
        )}
      </Button>
    </Tooltip>
  )
}
