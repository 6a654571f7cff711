import { useQuery } from '@tanstack/react-query'
import type { WorkspaceInfo } from '../../contract/shapes.ts'
import { plural } from '../shared/format.ts'
import { StatusWord } from '../shared/status-word.tsx'
import { When } from '../shared/when.tsx'
import { engine } from './client.ts'
import { useConnection } from './engine-link.ts'
import { useLive } from './events.ts'
import classes from './shell.module.css'
import { useAskBeforeLeaving, useUnsavedCount } from './use-definition-draft.ts'

/** The line at the bottom: where we are, how fresh the warehouse is, what is going on. */
export function StatusBar({ workspace }: { workspace: WorkspaceInfo }) {
  const home = useQuery(engine.home.summary.queryOptions())
  const connected = useConnection((state) => state.state === 'ready')
  const working = [useLive(({ planning }) => planning), useLive(({ identity }) => identity), useLive(({ preview }) => preview)].flatMap((going) => Object.values(going))
  const unsaved = useUnsavedCount()
  useAskBeforeLeaving()
  const running = home.data?.running ?? 0
  return (
    <footer className={classes['status']}>
      <span className={classes['statusName']} title={workspace.folder}>
        {workspace.name}
      </span>
      {home.data?.sourceReadAt !== undefined && (
        <span>
          Warehouse read <When at={home.data.sourceReadAt} />
        </span>
      )}
      {workspace.problems.length > 0 && (
        <StatusWord meaning="problem">{`${plural(new Set(workspace.problems.map(({ file }) => file)).size, { one: 'file', many: 'files' })} of the workspace with a problem`}</StatusWord>
      )}
      <span className={classes['grow']} />
      {home.data?.pausedAll === true && <StatusWord meaning="needs you">Everything is stopped</StatusWord>}
      <span aria-live="polite">{working[0]?.phase ?? ''}</span>
      {running > 0 && <span>{`${plural(running, { one: 'run', many: 'runs' })} in progress`}</span>}
      {running === 0 && working.length === 0 && <span>Nothing is running</span>}
      <span>{!connected ? 'Not connected' : unsaved === 0 ? 'Everything saved' : `${plural(unsaved, { one: 'definition', many: 'definitions' })} not saved`}</span>
    </footer>
  )
}
