import { Menu, Tooltip } from '@mantine/core'
import { IconCheck, IconFolder, IconFolderOpen, IconSelector, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { notifyError } from '../shared/notify.tsx'
import { When } from '../shared/when.tsx'
import { engine } from './client.ts'
import classes from './recent-workspaces.module.css'
import { useCommands } from './use-commands.ts'
import { useOpenWorkspace } from './use-open-workspace.ts'

const icon = (Icon: typeof IconFolder) => <Icon size={15} stroke={1.7} aria-hidden="true" />

/** Which workspace this is, and the way to another one that was open here before. */
export function WorkspaceSwitcher({ collapsed }: { collapsed: boolean }) {
  const queries = useQueryClient()
  const workspace = useQuery(engine.workspace.current.queryOptions()).data
  const recent = useQuery(engine.workspace.recent.queryOptions()).data ?? []
  const open = useOpenWorkspace(notifyError)
  const close = useMutation(engine.workspace.close.mutationOptions({ onSuccess: () => queries.invalidateQueries(), onError: notifyError }))
  const commands = useCommands()
  if (workspace === undefined || workspace === null) return null
  const others = recent.filter(({ folder }) => folder !== workspace.folder)
  const label = `Workspace ${workspace.name}, switch to another`
  return (
    <Menu position="bottom-start">
      <Tooltip label={workspace.name} position="right" disabled={!collapsed}>
        <span>
          <Menu.Target>
            <button type="button" className={classes['switcher']} aria-label={label}>
              {icon(IconFolder)}
              {!collapsed && <span>{workspace.name}</span>}
              {!collapsed && icon(IconSelector)}
            </button>
          </Menu.Target>
        </span>
      </Tooltip>
      <Menu.Dropdown>
        <Menu.Item leftSection={icon(IconCheck)} aria-current="true" disabled>
          <Choice name={workspace.name} folder={workspace.folder} />
        </Menu.Item>
        {others.map(({ folder, name, openedAt, missing }) => (
          <Menu.Item key={folder} leftSection={icon(IconFolder)} disabled={missing} onClick={() => open.mutate(folder)}>
            <Choice name={name} folder={folder} note={missing ? 'The folder is not there' : openedAt === undefined ? undefined : <>Opened <When at={openedAt} /></>} />
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={icon(IconFolderOpen)} onClick={commands['open workspace']}>
          Open another folder…
        </Menu.Item>
        <Menu.Item leftSection={icon(IconX)} onClick={() => close.mutate(undefined)}>
          Close this workspace
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function Choice({ name, folder, note }: { name: string; folder: string; note?: ReactNode }) {
  return (
    <span className={classes['choice']}>
      <span>{name}</span>
      <small title={folder}>{folder}</small>
      {note !== undefined && <small>{note}</small>}
    </span>
  )
}
