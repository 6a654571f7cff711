import type { MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../contract/shell.ts'

interface MenuContext {
  mac: boolean
  /** Shows reload and the developer tools. */
  developing: boolean
  send: (command: MenuCommand) => void
}

type Items = MenuItemConstructorOptions[]

/** The application menu: every command of the page that has a place in a menu, with its keys. */
export function menuTemplate({ mac, developing, send }: MenuContext): Items {
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    id: command,
    label,
    click: () => send(command),
    ...(accelerator ? { accelerator } : {}),
  })
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const settings = item('Settings…', 'settings', 'CmdOrCtrl+,')

  const appMenu: Items = [
    {
      label: 'Lockstep',
      submenu: [{ role: 'about' }, separator, settings, separator, { role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }, separator, { role: 'quit' }],
    },
  ]
  const fileMenu: Items = [
    item('Open workspace…', 'open workspace', 'CmdOrCtrl+O'),
    item('Open data file…', 'open file', 'CmdOrCtrl+Shift+O'),
    item('Create sample company…', 'create sample'),
    separator,
    item('Export audit…', 'export audit', 'CmdOrCtrl+Shift+E'),
    separator,
    ...(mac ? [{ role: 'close' as const }] : [settings, separator, { role: 'quit' as const }]),
  ]
  const viewMenu: Items = [
    item('Home', 'go home', 'CmdOrCtrl+1'),
    item('Activations', 'go activations', 'CmdOrCtrl+2'),
    item('Review', 'go review', 'CmdOrCtrl+3'),
    separator,
    item('Command palette…', 'command palette', 'CmdOrCtrl+K'),
    item('Switch light and dark', 'toggle theme'),
    separator,
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    separator,
    { role: 'togglefullscreen' },
    ...(developing ? [separator, { role: 'reload' as const }, { role: 'toggleDevTools' as const }] : []),
  ]
  return [
    ...(mac ? appMenu : []),
    { label: 'File', submenu: fileMenu },
    { role: 'editMenu' },
    { label: 'View', submenu: viewMenu },
    { label: 'Activations', submenu: [item('Stop everything…', 'stop everything', 'CmdOrCtrl+Shift+.')] },
    { role: 'windowMenu' },
    { role: 'help', submenu: [item('Keyboard shortcuts', 'keyboard shortcuts', 'CmdOrCtrl+/'), ...(mac ? [] : [{ role: 'about' as const }])] },
  ]
}
