import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { PlanDetail } from '../../../../contract/shapes.ts'
import { client, engine } from '../../../app/client.ts'
import { CauseList, type ChosenCause } from '../../../shared/cause-list.tsx'
import { ExportButton } from '../../../shared/export-button.tsx'
import { saveExport } from '../../../app/shell-bridge.ts'
import { formatNumber } from '../../../shared/format.ts'
import { MissingChoices } from '../missing/missing-choices.tsx'
import classes from '../review.module.css'

type Props = { plan: PlanDetail; of: 'blocked' | 'left out'; cause: ChosenCause | undefined; onCause: (cause: ChosenCause | undefined) => void }

/** Blocked rows, or values not taken, by cause, each with what to do; one narrows the list, all can be taken away as files. */
export function CauseGroups({ plan, of, cause, onCause }: Props) {
  const causes = useQuery(engine.plans.causes.queryOptions({ input: { plan: plan.planId, of } }))
  if (causes.data === undefined || causes.data.length === 0) return null
  const count = of === 'blocked' ? plan.counts.blocked : plan.leftOut
  const rows = of === 'blocked' ? (count === 1 ? 'blocked row' : 'blocked rows') : count === 1 ? 'value not taken' : 'values not taken'
  return (
    <div className={classes['groups']}>
      <CauseList causes={causes.data} chosen={cause} onChoose={onCause} />
      {of === 'blocked' && <MissingChoices plan={plan} groups={causes.data} />}
      <div className={classes['groupActions']}>
        {cause !== undefined && <Button onClick={() => onCause(undefined)}>Show all {formatNumber(count)}</Button>}
        <ExportButton label={`Export ${formatNumber(count)} ${rows}`} make={() => client.plans.exportRows({ plan: plan.planId, filter: of })} save={saveExport} />
      </div>
    </div>
  )
}
