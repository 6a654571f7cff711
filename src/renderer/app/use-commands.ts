import { useMantineColorScheme } from '@mantine/core'
import { openSpotlight } from '@mantine/spotlight'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { useMutation } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { MenuCommand } from '../../contract/shell.ts'
import { notifyError } from '../shared/notify.tsx'
import { client } from './client.ts'
import { chooseDataFile } from './choose-data-file.ts'
import { desktopShell } from './shell-bridge.ts'
import { useShortcutSheet } from './shortcut-sheet.tsx'
import { useStopDialog } from './stop-everything.tsx'

export type Commands = Record<MenuCommand, () => void>

/** The address of the screen that takes a file of one's own. */
export function ownDataAddress(file: string): string {
  return `/own-data?path=${encodeURIComponent(file)}`
}

/** What the native menu, the palette and shortcuts do. */
export function useCommands(): Commands {
  const navigate = useNavigate()
  const router = useRouter()
  const { toggleColorScheme } = useMantineColorScheme()
  const { mutate: openWorkspace } = useMutation({
    mutationFn: async () => {
      const folder = await desktopShell()?.chooseFolder()
      if (folder !== undefined) await client.workspace.open({ folder })
    },
    onError: notifyError,
  })
  const { mutate: openFile } = useMutation({
    mutationFn: async () => {
      const file = await chooseDataFile()
      if (file !== undefined) router.history.push(ownDataAddress(file))
    },
    onError: notifyError,
  })
  return useMemo(
    () => ({
      'open workspace': () => (desktopShell() === undefined ? void navigate({ to: '/settings', hash: 'workspace' }) : openWorkspace()),
      'open file': () => openFile(),
      'create sample': () => void navigate({ to: '/settings', hash: 'workspace' }),
      settings: () => void navigate({ to: '/settings' }),
      'go home': () => void navigate({ to: '/' }),
      'go review': () => void navigate({ to: '/review' }),
      'go activations': () => void navigate({ to: '/activations' }),
      'command palette': openSpotlight,
      'keyboard shortcuts': () => useShortcutSheet.setState({ open: true }),
      'toggle theme': toggleColorScheme,
      'stop everything': () => useStopDialog.setState({ open: true }),
      'export audit': () => void navigate({ to: '/audit' }),
    }),
    [navigate, openFile, openWorkspace, toggleColorScheme],
  )
}
