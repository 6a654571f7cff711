import { Button, Modal, Progress } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import type { ActivationSummary } from '../../../contract/shapes.ts'
import { client } from '../../app/client.ts'
import type { PlanningProgress } from '../../app/events.ts'
import { useLive } from '../../app/events.ts'
import { engineError } from '../../shared/engine-error.ts'
import { ErrorNotice } from '../../shared/error-notice.tsx'
import { formatNumber } from '../../shared/format.ts'
import classes from './activations.module.css'

/** Makes a plan, showing what is being read, and opens it in Review. Sends nothing. */
export function usePlan(activation: string) {
  const navigate = useNavigate()
  const asked = useRef<AbortController>(undefined)
  const plan = useMutation({
    mutationFn: async () => {
      asked.current = new AbortController()
      return client.plans.create({ activation }, { signal: asked.current.signal })
    },
    onSuccess: (made) => void navigate({ to: '/review/$plan', params: { plan: made.planId } }),
  })
  return {
    start: () => plan.mutate(),
    planning: plan.isPending,
    error: plan.error,
    /** Stops waiting; nothing was sent, so nothing has to be undone. */
    close: () => {
      asked.current?.abort()
      plan.reset()
    },
  }
}

/** "Plan": the way to everything an activation ever does. A plan that waits for a person is reviewed first. */
export function PlanButton({ activation, size = 'sm', variant = 'default' }: { activation: Pick<ActivationSummary, 'id' | 'name' | 'waitingPlan'>; size?: 'xs' | 'sm'; variant?: 'default' | 'filled' }) {
  const plan = usePlan(activation.id)
  const waiting = activation.waitingPlan
  if (waiting !== undefined) {
    return (
      <Button size={size} variant={variant} component={Link} to={`/review/${waiting}`} aria-label={`Review the plan of ${activation.name}`}>
        Review
      </Button>
    )
  }
  return (
    <>
      <Button size={size} variant={variant} aria-label={`Plan ${activation.name}`} onClick={plan.start} loading={plan.planning}>
        Plan
      </Button>
      <PlanDialog name={activation.name} id={activation.id} plan={plan} />
    </>
  )
}

/** The dialog while a plan is made; closing it stops the planning. */
export function PlanDialog({ name, id, plan }: { name: string; id: string; plan: ReturnType<typeof usePlan> }) {
  const progress = useLive((state) => state.planning[id])
  const cancelled = plan.error !== null && engineError(plan.error).code === 'cancelled'
  return (
    <Modal opened={plan.planning || (plan.error !== null && !cancelled)} onClose={plan.close} title={`Planning ${name}`} closeButtonProps={{ 'aria-label': 'Close' }}>
      {plan.error === null ? <Phases progress={progress} onStop={plan.close} /> : <ErrorNotice error={plan.error} action={<Button onClick={plan.start}>Plan again</Button>} />}
    </Modal>
  )
}

function Phases({ progress, onStop }: { progress: PlanningProgress | undefined; onStop: () => void }) {
  const { phase, done, of } = progress ?? { phase: 'Starting', done: 0, of: undefined }
  const share = of === undefined || of === 0 ? undefined : (done / of) * 100
  return (
    <div className={classes['phases']}>
      <p role="status">
        <strong>{phase}</strong>
        <span>{of === undefined ? (done === 0 ? '' : formatNumber(done)) : `${formatNumber(done)} of ${formatNumber(of)}`}</span>
      </p>
      <Progress value={share ?? 100} animated={share === undefined} size="sm" color="var(--accent)" aria-label={phase} />
      <p className={classes['quiet']}>Nothing is sent. The plan opens in Review, where you decide.</p>
      <div>
        <Button onClick={onStop}>Stop planning</Button>
      </div>
    </div>
  )
}
