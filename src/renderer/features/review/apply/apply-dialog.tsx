import { Button, Modal, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { PlanDetail } from '../../../../contract/shapes.ts'
import { client } from '../../../app/client.ts'
import { ErrorNotice } from '../../../shared/error-notice.tsx'
import { engineError } from '../../../shared/engine-error.ts'
import { formatNumber } from '../../../shared/format.ts'
import { applySentences } from './apply-sentences.ts'
import classes from '../review.module.css'
import { applyWords, countToType } from './why-not-apply.ts'

/** Says with numbers what will happen, approves exactly that, and starts the run. Enter does not apply. */
export function ApplyDialog({ plan, onClose }: { plan: PlanDetail; onClose: () => void }) {
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const apply = useMutation({
    mutationFn: async () => {
      const count = digits(typed)
      if (plan.state !== 'approved') await client.plans.approve({ plan: plan.planId, ...(count === undefined ? {} : { confirmCount: count }) })
      return client.runs.start({ plan: plan.planId })
    },
    onSuccess: (run) => void navigate({ to: '/runs/$run', params: { run: run.runId } }),
  })
  const asksForCount = countToType(plan) ?? (apply.isError && engineError(apply.error).code === 'confirmation-missing' ? plan.willSend : undefined)
  const ready = asksForCount === undefined || digits(typed) === asksForCount
  return (
    <Modal opened onClose={onClose} title={`${applyWords(plan)} to ${plan.destinationName}`} size={560} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={classes['dialog']}>
        <ul className={classes['sentences']}>
          {applySentences(plan).map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
        {asksForCount !== undefined && (
          <TextInput
            label={`Type ${formatNumber(asksForCount)} to approve this many`}
            inputMode="numeric"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
          />
        )}
        {apply.isError && <ErrorNotice error={apply.error} />}
        <p className={classes['quiet']}>You can pause or cancel while it runs, and revert it afterwards with a new plan. Every value that can be read is read back.</p>
        <div className={classes['dialogActions']}>
          <Button onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button variant="filled" disabled={!ready} loading={apply.isPending} onClick={() => apply.mutate()}>
            {applyWords(plan)}
          </Button>
        </div>
      </div>
    </Modal>
  )
}

/** A count as people type it: with or without separators. */
function digits(text: string): number | undefined {
  const plain = text.replace(/[\s,.’']/g, '')
  return /^\d+$/.test(plain) ? Number(plain) : undefined
}
