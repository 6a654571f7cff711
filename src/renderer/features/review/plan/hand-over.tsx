import { Button, Modal, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { PlanDetail } from '../../../../contract/shapes.ts'
import { client, engine } from '../../../app/client.ts'
import { ErrorNotice } from '../../../shared/error-notice.tsx'
import { plural } from '../../../shared/format.ts'
import { awaitForm } from '../../../shared/keys-taken.ts'
import { notifyDone } from '../../../shared/notify.tsx'
import { StatusWord } from '../../../shared/status-word.tsx'
import { useFirstField } from '../../../shared/use-first-field.ts'
import { When } from '../../../shared/when.tsx'
import classes from '../review.module.css'

/** "Hand over…": whoever reviewed gives the plan to somebody else to approve and apply. */
export function HandOverButton({ plan }: { plan: PlanDetail }) {
  const [asking, setAsking] = useState(false)
  const ask = () => {
    awaitForm()
    setAsking(true)
  }
  return (
    <>
      <Button onClick={ask}>Hand over…</Button>
      {asking && <HandOverDialog plan={plan} onClose={() => setAsking(false)} />}
    </>
  )
}

function HandOverDialog({ plan, onClose }: { plan: PlanDetail; onClose: () => void }) {
  const [to, setTo] = useState('')
  const [reason, setReason] = useState('')
  const field = useFirstField(setTo)
  const queries = useQueryClient()
  const give = useMutation({
    mutationFn: () => client.plans.handOver({ plan: plan.planId, to: to.trim(), ...(reason.trim() === '' ? {} : { reason: reason.trim() }) }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: engine.plans.key() })
      void queries.invalidateQueries({ queryKey: engine.home.key() })
      notifyDone(`Handed over to ${to.trim()}`)
      onClose()
    },
  })
  return (
    <Modal opened onClose={onClose} title={`Hand over the plan of ${plan.activationName}`} size={520} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        className={classes['dialog']}
        onSubmit={(event) => {
          event.preventDefault()
          if (to.trim() !== '') give.mutate()
        }}
      >
        <p>
          {openWords(plan)} Whoever gets it sees it on Home, can change answers, and approves and applies it. It stays valid for 7 days; nothing is sent until then.
        </p>
        <TextInput ref={field} label="To" description="Their name as Lockstep shows it: the one they use on their computer" value={to} onChange={(event) => setTo(event.currentTarget.value)} autoComplete="off" data-autofocus />
        <TextInput label="What they should look at (optional, kept in the audit)" value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        {give.isError && <ErrorNotice error={give.error} />}
        <div className={classes['dialogActions']}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" disabled={to.trim() === ''} loading={give.isPending}>
            Hand over to {to.trim() === '' ? '…' : to.trim()}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

/** In which state the plan changes hands. */
function openWords(plan: PlanDetail): string {
  if (plan.openConflicts > 0) return `${plural(plan.openConflicts, { one: 'conflict has', many: 'conflicts have' })} no answer yet.`
  return plan.counts.conflicts === 0 ? `${plural(plan.willSend, plan.noun)} would be sent to ${plan.destinationName}.` : `Every conflict has an answer; ${plural(plan.willSend, plan.noun)} would be sent to ${plan.destinationName}.`
}

/** In whose hands the plan is, why, and whether it is still as it was given. */
export function HandOverNote({ plan }: { plan: PlanDetail }) {
  const { handOver } = plan
  if (handOver === undefined) return null
  return (
    <div className={classes['handOver']} role="note">
      <StatusWord meaning="needs you">Handed over to {handOver.to}</StatusWord>
      <span>
        by {handOver.by}, <When at={handOver.at} />
        {handOver.reason === undefined ? '' : `: “${handOver.reason}”`}
      </span>
      {handOver.changed && <span className={classes['quiet']}>Answers or selection have changed since.</span>}
    </div>
  )
}
