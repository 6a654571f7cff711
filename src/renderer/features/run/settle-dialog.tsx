import { Button, Checkbox, Modal, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { RunProgress, SettledAs } from '../../../contract/shapes.ts'
import { client, engine } from '../../app/client.ts'
import { ErrorNotice } from '../../shared/error-notice.tsx'
import { formatNumber, plural } from '../../shared/format.ts'
import { notifyDone } from '../../shared/notify.tsx'
import { useFirstField } from '../../shared/use-first-field.ts'
import classes from './run.module.css'

/** What a person is about to say of which records. */
export interface Settling {
  as: SettledAs
  records: string[]
}

const noun = { one: 'record', many: 'records' }

/** A person says what became of records in doubt, with how they know it. Enter does not settle. */
export function SettleDialog({ run, settling, onClose }: { run: RunProgress; settling: Settling; onClose: () => void }) {
  const { as, records } = settling
  const [reason, setReason] = useState('')
  const field = useFirstField(setReason)
  const [again, setAgain] = useState(true)
  const plan = useQuery(engine.plans.get.queryOptions({ input: { plan: run.planId }, enabled: as === 'not delivered' }))
  // A way back has its values from the run before, not from the warehouse: planning the activation would send others.
  const canPlan = as === 'not delivered' && plan.data !== undefined && plan.data.kind !== 'revert'
  const queries = useQueryClient()
  const navigate = useNavigate()
  const settle = useMutation({
    mutationFn: async () => {
      await client.runs.settle({ run: run.runId, records, as, reason: reason.trim() })
      if (!canPlan || !again) return undefined
      // The run reads back and stores what it knows first; a plan before that would not see it.
      for await (const _picture of await client.runs.watch({ run: run.runId }));
      return client.plans.create({ activation: run.activation, keys: records })
    },
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: engine.runs.key() })
      void queries.invalidateQueries({ queryKey: engine.home.key() })
      notifyDone(`${plural(records.length, noun)} settled`)
      onClose()
      if (made !== undefined) void navigate({ to: '/review/$plan', params: { plan: made.planId }, search: {} })
    },
  })
  const count = plural(records.length, noun)
  return (
    <Modal opened onClose={onClose} title={as === 'delivered' ? `${count} arrived` : `${count} did not arrive`} size={520} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={classes['dialog']}>
        <p>{as === 'delivered' ? arrivedWords(run, records.length) : notArrivedWords(records.length)}</p>
        <TextInput ref={field} label="How do you know? Kept in the audit" value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus autoComplete="off" />
        {canPlan && <Checkbox label={`Plan ${records.length === 1 ? 'it' : `these ${formatNumber(records.length)}`} again, for review`} checked={again} onChange={(event) => setAgain(event.currentTarget.checked)} />}
        {settle.isError && <ErrorNotice error={settle.error} />}
        <div className={classes['dialogActions']}>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="filled" disabled={reason.trim() === ''} loading={settle.isPending} onClick={() => settle.mutate()}>
            {as === 'delivered' ? `Settle ${count} as arrived` : `Settle ${count} as not arrived`}
          </Button>
        </div>
      </div>
    </Modal>
  )
}

function arrivedWords({ destinationName }: RunProgress, count: number): string {
  return `${count === 1 ? 'It counts' : 'They count'} as delivered and ${count === 1 ? 'is' : 'are'} read back where ${destinationName} can be read. What was not found there is a finding, not a success.`
}

function notArrivedWords(count: number): string {
  return `${count === 1 ? 'It is' : 'They are'} set aside, and nothing is sent by that. If ${count === 1 ? 'it' : 'one of them'} did arrive after all, a new plan sees it and does not send it twice.`
}
