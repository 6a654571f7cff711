import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { GuardFinding, PlanDetail } from '../../../../contract/shapes.ts'
import { engine } from '../../../app/client.ts'
import { notifyError } from '../../../shared/notify.tsx'
import { StatusWord } from '../../../shared/status-word.tsx'
import { When } from '../../../shared/when.tsx'
import classes from '../review.module.css'

/** What the guards found. Lifting one takes a reason and holds for this plan only. */
export function GuardFindings({ plan }: { plan: PlanDetail }) {
  if (plan.guards.length === 0) return null
  return (
    <ul className={classes['guards']} aria-label="Guards">
      {plan.guards.map((finding) => (
        <Finding key={finding.guard} plan={plan} finding={finding} />
      ))}
    </ul>
  )
}

function Finding({ plan, finding }: { plan: PlanDetail; finding: GuardFinding }) {
  const [lifting, setLifting] = useState(false)
  const { lifted } = finding
  const settled = lifted !== undefined || finding.count !== undefined
  return (
    <li className={classes['guard']} data-settled={settled || undefined}>
      <StatusWord meaning={lifted !== undefined ? 'quiet' : finding.count !== undefined ? 'needs you' : 'problem'}>
        {lifted !== undefined ? 'Guard lifted' : finding.count !== undefined ? 'Count asked for' : 'Stopped by a guard'}
      </StatusWord>
      <div className={classes['guardWords']}>
        <span>{finding.message}</span>{' '}
        {lifted === undefined ? (
          <span className={classes['quiet']}>{finding.next}</span>
        ) : (
          <span className={classes['quiet']}>
            “{lifted.reason}”, {lifted.by}, <When at={lifted.at} />
          </span>
        )}
        {lifting && <LiftForm plan={plan} guard={finding.guard} onDone={() => setLifting(false)} />}
      </div>
      {!settled && !lifting && plan.run === undefined && (
        <Button onClick={() => setLifting(true)} color="red">
          Lift for this plan…
        </Button>
      )}
    </li>
  )
}

const SHORTEST_REASON = 3

function LiftForm({ plan, guard, onDone }: { plan: PlanDetail; guard: string; onDone: () => void }) {
  const [reason, setReason] = useState('')
  const queries = useQueryClient()
  const lift = useMutation(
    engine.plans.liftGuard.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: engine.plans.key() })
        onDone()
      },
      onError: notifyError,
    }),
  )
  return (
    <form
      className={classes['lift']}
      onSubmit={(event) => {
        event.preventDefault()
        lift.mutate({ plan: plan.planId, guard, reason: reason.trim() })
      }}
    >
      <TextInput label="Reason, kept in the audit" value={reason} onChange={(event) => setReason(event.currentTarget.value)} autoFocus className={classes['grow']} />
      <Button type="submit" color="red" disabled={reason.trim().length < SHORTEST_REASON} loading={lift.isPending}>
        Lift this guard
      </Button>
      <Button onClick={onDone}>Cancel</Button>
    </form>
  )
}
