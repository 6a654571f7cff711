import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { RunProgress } from '../../../contract/shapes.ts'
import { client, engine } from '../../app/client.ts'
import { saveExport } from '../../app/shell-bridge.ts'
import { CauseList, type ChosenCause } from '../../shared/cause-list.tsx'
import { ExportButton } from '../../shared/export-button.tsx'
import { formatNumber } from '../../shared/format.ts'
import type { ListedState } from './run-search.ts'
import { stateWords, unsettled } from './run-words.ts'
import { PlanAgainButton } from './plan-again-button.tsx'
import classes from './run.module.css'

type Props = { run: RunProgress; listed: ListedState; cause: ChosenCause | undefined; onCause: (cause: ChosenCause | undefined) => void }

/** What was not taken, grouped by cause with what to do, and as files. */
export function RunCauses({ run, listed, cause, onCause }: Props) {
  const findings = unsettled(run.counts)
  const causes = useQuery(engine.runs.causes.queryOptions({ input: { run: run.runId }, enabled: findings > 0 }))
  const count = run.counts[listed]
  const groups = findings > 0 ? (causes.data ?? []) : []
  const chosen = groups.find((group) => group.cause === cause?.cause && group.field === cause.field)
  if (groups.length === 0 && count === 0) return null
  return (
    <div className={classes['groups']}>
      {groups.length > 0 && <CauseList causes={groups} chosen={cause} onChoose={onCause} />}
      <div className={classes['groupActions']}>
        <h2 className={classes['listed']}>
          {chosen === undefined ? `${stateWords[listed]} ${formatNumber(count)}` : `${chosen.title}, ${formatNumber(chosen.count)}`}
        </h2>
        {cause !== undefined && <Button onClick={() => onCause(undefined)}>Show {stateWords[listed].toLowerCase()} instead</Button>}
        {(listed === 'rejected' || listed === 'quarantined' || cause !== undefined) && <PlanAgainButton run={run} />}
        {count > 0 && chosen === undefined && (
          <ExportButton
            label={`Export ${formatNumber(count)} ${count === 1 ? 'row' : 'rows'}`}
            make={() => client.runs.exportRows({ run: run.runId, state: listed })}
            save={saveExport}
          />
        )}
      </div>
    </div>
  )
}
