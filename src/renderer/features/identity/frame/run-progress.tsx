import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { engine } from '../../../app/client.ts'
import { useLive } from '../../../app/events.ts'
import { ErrorNotice } from '../../../shared/error-notice.tsx'
import { EmptyState } from '../../../shared/states.tsx'
import classes from './identity.module.css'
import { forgetFailure, startRun, useAskedRuns } from './identity-run.ts'
import { WorkBar } from './work-bar.tsx'

/** "Run now": reads the records of all sources and applies the rules. */
export function RunButton({ identity, filled = false }: { identity: string; filled?: boolean }) {
  const queries = useQueryClient()
  const running = useAskedRuns((state) => state.running[identity] !== undefined)
  const live = useLive((state) => state.identity[identity] !== undefined)
  return (
    <Button variant={filled ? 'filled' : 'default'} loading={running || live} onClick={() => void startRun(identity, queries)}>
      Run now
    </Button>
  )
}

/** In place of all that only a run can tell. */
export function NeverRun({ identity }: { identity: string }) {
  return <EmptyState action={<RunButton identity={identity} filled />}>Nothing was read yet: a run reads the records of every source and says which of them are one person.</EmptyState>
}

/** "Run now" in the header; before the first run the screen itself offers it. */
export function RunAgain(props: { identity: string; filled?: boolean }) {
  const overview = useQuery(engine.identity.overview.queryOptions({ input: { identity: props.identity } }))
  return overview.data?.run === null ? null : <RunButton {...props} />
}

/** What a run is doing, with the way to stop one that was started here; why the last one failed. Nothing at rest. */
export function RunProgress({ identity }: { identity: string }) {
  const queries = useQueryClient()
  const asked = useAskedRuns((state) => state.running[identity])
  const failed = useAskedRuns((state) => state.failed[identity])
  const progress = useLive((state) => state.identity[identity])
  if (asked !== undefined || progress !== undefined) {
    return <WorkBar label="Run of the rules" progress={progress} stop={asked && { label: 'Stop the run', onStop: asked.stop }} />
  }
  if (failed === undefined) return null
  return (
    <div className={classes['failed']}>
      <ErrorNotice
        error={failed}
        action={
          <span className={classes['actions']}>
            <Button onClick={() => void startRun(identity, queries)}>Run again</Button>
            <Button onClick={() => forgetFailure(identity)}>Close</Button>
          </span>
        }
      />
    </div>
  )
}
