import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { RecentWorkspace } from '../../contract/shapes.ts'
import { ErrorNotice } from '../shared/error-notice.tsx'
import { When } from '../shared/when.tsx'
import { client, engine } from './client.ts'
import classes from './recent-workspaces.module.css'
import { useOpenWorkspace } from './use-open-workspace.ts'

/** What was opened on this machine, newest first: a way back that nobody has to type. */
export function RecentWorkspaces() {
  const recent = useQuery(engine.workspace.recent.queryOptions())
  const open = useOpenWorkspace()
  if (recent.data === undefined || recent.data.length === 0) return null
  return (
    <section className={classes['recent']} aria-labelledby="recent-workspaces">
      <h2 id="recent-workspaces">Opened before</h2>
      {open.error !== null && <ErrorNotice error={open.error} />}
      <ul className="surface">
        {recent.data.map((workspace) => (
          <RecentRow key={workspace.folder} workspace={workspace} opening={open.isPending && open.variables === workspace.folder} onOpen={() => open.mutate(workspace.folder)} />
        ))}
      </ul>
    </section>
  )
}

function RecentRow({ workspace: { folder, name, openedAt, missing }, opening, onOpen }: { workspace: RecentWorkspace; opening: boolean; onOpen: () => void }) {
  const queries = useQueryClient()
  const forget = useMutation({ mutationFn: () => client.workspace.forget({ folder }), onSuccess: () => queries.invalidateQueries({ queryKey: engine.workspace.recent.key() }) })
  return (
    <li>
      <span className={classes['text']}>
        <strong>{name}</strong>
        <small title={folder}>{folder}</small>
      </span>
      <span className={classes['when']}>{missing ? 'The folder is not there' : openedAt === undefined ? '' : <>Opened <When at={openedAt} /></>}</span>
      {missing ? (
        <Button size="xs" loading={forget.isPending} onClick={() => forget.mutate()} aria-label={`Take ${name} off the list`}>
          Take off the list
        </Button>
      ) : (
        <Button size="xs" loading={opening} onClick={onOpen} aria-label={`Open ${name} in ${folder}`}>
          Open
        </Button>
      )}
    </li>
  )
}
