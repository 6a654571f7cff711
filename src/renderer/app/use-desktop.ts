import { useMantineColorScheme } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { desktopShell } from './shell-bridge.ts'
import type { Commands } from './use-commands.ts'

/** Ties the desktop shell to the screens: its menu, addresses asked for from outside, and the theme of its frame. */
export function useDesktop(commands: Commands): void {
  const router = useRouter()
  const { colorScheme } = useMantineColorScheme()
  useEffect(() => desktopShell()?.onMenu((command) => commands[command]()), [commands])
  useEffect(() => desktopShell()?.onRoute((route) => router.history.push(route)), [router])
  useEffect(() => desktopShell()?.setTheme(colorScheme === 'auto' ? 'system' : colorScheme), [colorScheme])
}
