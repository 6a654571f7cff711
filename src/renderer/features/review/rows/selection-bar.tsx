import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { PlanDetail, PlanFilter } from '../../../../contract/shapes.ts'
import { engine } from '../../../app/client.ts'
import { formatNumber } from '../../../shared/format.ts'
import { notifyDone, notifyError } from '../../../shared/notify.tsx'
import classes from '../review.module.css'
import { SelectDialog } from './select-dialog.tsx'
import { useSelection } from './use-selection.ts'

/** Select all that are left out, or none: after a look at what that would overwrite. */
export function SelectionBar({ plan, filter }: { plan: PlanDetail; filter: PlanFilter }) {
  const [asking, setAsking] = useState(false)
  const { canSelect } = useSelection(plan)
  const queries = useQueryClient()
  const unselect = useMutation(
    engine.plans.select.mutationOptions({
      onSuccess: (done) => {
        void queries.invalidateQueries({ queryKey: engine.plans.key() })
        notifyDone(`Nothing is selected by hand; ${formatNumber(done.unselected)} are left out.`)
      },
      onError: notifyError,
    }),
  )
  if (!canSelect || filter !== 'not preselected') return null
  return (
    <div className={classes['toolbar']}>
      <span className={classes['quiet']}>Tick what should be sent. Space ticks the marked row.</span>
      <span className={classes['grow']} />
      {plan.unselected > 0 && <Button onClick={() => setAsking(true)}>Select all {formatNumber(plan.unselected)}…</Button>}
      <Button loading={unselect.isPending} onClick={() => unselect.mutate({ plan: plan.planId, scope: { all: true }, selected: false })}>
        Select none
      </Button>
      {asking && <SelectDialog plan={plan} onClose={() => setAsking(false)} />}
    </div>
  )
}
