import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { PlanDetail } from '../../../contract/shapes.ts'
import { client, engine } from '../../app/client.ts'
import { CauseList } from '../../shared/cause-list.tsx'
import { ExportButton } from '../../shared/export-button.tsx'
import { saveExport } from '../../app/shell-bridge.ts'
import { formatNumber } from '../../shared/format.ts'
import classes from './review.module.css'

/** Blocked rows by cause, each with what to do; one narrows the list, all can be taken away as files. */
export function BlockedGroups({ plan, cause, onCause }: { plan: PlanDetail; cause: string | undefined; onCause: (cause: string | undefined) => void }) {
  const causes = useQuery(engine.plans.causes.queryOptions({ input: { plan: plan.planId } }))
  if (causes.data === undefined || causes.data.length === 0) return null
  return (
    <div className={classes['groups']}>
      <CauseList causes={causes.data} chosen={cause} onChoose={onCause} />
      <div className={classes['groupActions']}>
        {cause !== undefined && <Button onClick={() => onCause(undefined)}>Show all {formatNumber(plan.counts.blocked)}</Button>}
        <ExportButton label={`Export ${formatNumber(plan.counts.blocked)} blocked rows`} make={() => client.plans.exportRows({ plan: plan.planId, filter: 'blocked' })} save={saveExport} />
      </div>
    </div>
  )
}
