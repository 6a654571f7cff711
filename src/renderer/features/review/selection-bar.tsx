import { Button, Modal } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { PlanDetail, PlanFilter } from '../../../contract/shapes.ts'
import { client, engine } from '../../app/client.ts'
import { valueIfSent } from '../../shared/diff/diff-sign.ts'
import { formatNumber, formatRaw, plural } from '../../shared/format.ts'
import { notifyDone, notifyError } from '../../shared/notify.ts'
import { whyWords } from './columns.tsx'
import classes from './review.module.css'
import { useSelection } from './use-selection.ts'

/** Select all that are left out, or none: after a look at what that would overwrite. */
export function SelectionBar({ plan, filter }: { plan: PlanDetail; filter: PlanFilter }) {
  const [asking, setAsking] = useState(false)
  const { canSelect } = useSelection(plan)
  const queries = useQueryClient()
  const select = useMutation(
    engine.plans.select.mutationOptions({
      onSuccess: (done, { selected }) => {
        void queries.invalidateQueries({ queryKey: engine.plans.key() })
        setAsking(false)
        notifyDone(selected === false ? `Nothing is selected by hand; ${formatNumber(done.unselected)} are left out.` : `${plural(done.selected, plan.noun)} selected.`)
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
      <Button loading={select.isPending} onClick={() => select.mutate({ plan: plan.planId, scope: { all: true }, selected: false })}>
        Select none
      </Button>
      {asking && <SelectAll plan={plan} busy={select.isPending} onClose={() => setAsking(false)} onSelect={() => select.mutate({ plan: plan.planId, scope: { all: true }, selected: true })} />}
    </div>
  )
}

const EXAMPLES = 6

/** What selecting everything would overwrite, before it is selected. */
function SelectAll({ plan, busy, onClose, onSelect }: { plan: PlanDetail; busy: boolean; onClose: () => void; onSelect: () => void }) {
  const asked = { plan: plan.planId, scope: { all: true }, selected: true, previewOnly: true }
  const preview = useQuery({ queryKey: ['select preview', asked, plan.unselected], queryFn: ({ signal }) => client.plans.select(asked, { signal }) })
  const rows = useQuery(engine.plans.fieldRows.queryOptions({ input: { plan: plan.planId, filter: 'not preselected', limit: EXAMPLES } }))
  const count = preview.data?.selected ?? plan.unselected
  return (
    <Modal opened onClose={onClose} title={`Select all ${formatNumber(count)}`} size={620} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={classes['dialog']}>
        <p>
          {plural(count, plan.noun)} would be changed although a person or somebody unknown put the value there, or a value would be emptied or removed. They are sent with the rest when you apply the plan.
        </p>
        <table className={classes['examples']}>
          <caption>The first {formatNumber(rows.data?.rows.length ?? 0)}</caption>
          <tbody>
            {(rows.data?.rows ?? []).map((row) => (
              <tr key={`${row.record} ${row.field}`}>
                <th scope="row">{row.label}</th>
                <td>{row.fieldLabel}</td>
                <td>{formatRaw(row.destination)}</td>
                <td data-kept>{formatRaw(valueIfSent(row))}</td>
                <td>{whyWords(row)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <div className={classes['dialogActions']}>
          <Button onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button variant="filled" color="red" loading={busy} onClick={onSelect}>
            Select all {formatNumber(count)}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
