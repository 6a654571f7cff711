import { join, resolve } from 'node:path'
import { BrowserWindow, Menu, Notification, app, dialog, protocol, session } from 'electron'
import type { Notification as Notice } from '../platform/notify.ts'
import { toFileToo } from '../platform/log-file.ts'
import { createLog, logLevelFrom } from '../platform/log.ts'
import { channels } from './channels.ts'
import { superviseEngine } from './engine-process.ts'
import type { EngineProcess } from './engine-process.ts'
import { handleMessages } from './ipc.ts'
import { lockContents, lockSession } from './lockdown.ts'
import { menuTemplate } from './menu.ts'
import { PAGE_SCHEME } from './page-origin.ts'
import { servePage } from './page-protocol.ts'
import { bringToFront, openWindow } from './window.ts'

const outFolder = join(import.meta.dirname, '..')
const logFolder = app.getPath('logs')
const log = createLog({ name: 'main', level: logLevelFrom(process.env, 'info'), write: toFileToo(join(logFolder, 'main.log')) })

let window: BrowserWindow | undefined
let engine: EngineProcess | undefined

function tellPage(channel: string, value: unknown): void {
  if (window && !window.isDestroyed()) window.webContents.send(channel, value)
}

function givePort(): void {
  const port = engine?.connect()
  if (port && window && !window.isDestroyed()) window.webContents.postMessage(channels.enginePort, null, [port])
}

function notify({ title, body, route }: Notice): void {
  // The page itself shows what happens while it is looked at.
  if (window?.isFocused() || !Notification.isSupported()) return
  const notification = new Notification({ title, body })
  notification.on('click', () => {
    bringToFront(window)
    tellPage(channels.route, route)
  })
  notification.show()
}

async function askToRetry(): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: 'The engine of Lockstep ends right after it starts.',
    detail: `Nothing is lost: every change is stored before it is sent. Try again, or quit and look at the log in ${logFolder}.`,
    buttons: ['Try again', 'Quit'],
    defaultId: 0,
    cancelId: 1,
  })
  if (response === 0) return true
  app.quit()
  return false
}

function showWindow(): void {
  window = openWindow(outFolder)
  window.once('closed', () => (window = undefined))
}

/** `-w DIR` as on the command line; relative to where the person stood. */
function workspaceFrom(words: string[]): string | undefined {
  const at = words.findIndex((word) => word === '-w' || word === '--workspace')
  const folder = at < 0 ? undefined : words[at + 1]
  return folder === undefined ? undefined : resolve(process.env['INIT_CWD'] ?? process.cwd(), folder)
}

async function start(): Promise<void> {
  await app.whenReady()
  lockSession(session.defaultSession)
  protocol.handle(PAGE_SCHEME, servePage(join(outFolder, 'renderer')))
  engine = superviseEngine({
    entry: join(outFolder, 'main', 'engine.js'),
    queryEntry: join(outFolder, 'main', 'queries.js'),
    logFile: join(logFolder, 'engine.log'),
    workspace: workspaceFrom(process.argv),
    log,
    onState(state) {
      tellPage(channels.engineState, state)
      if (state === 'ready') givePort()
    },
    onNotification: notify,
    askToRetry,
  })
  const running = engine
  handleMessages({ window: () => window, givePort, findExport: (exportId, name) => running.findExport(exportId, name) })
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate({ mac: process.platform === 'darwin', developing: !app.isPackaged, send: (command) => tellPage(channels.menu, command) }),
    ),
  )
  showWindow()
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) showWindow()
  })
}

let engineClosed = false
app.on('before-quit', (event) => {
  if (engineClosed || !engine) return
  event.preventDefault()
  void engine.close().then(() => {
    engineClosed = true
    app.quit()
  })
})
app.on('window-all-closed', () => {
  if (process.platform !== 'darwin') app.quit()
})
app.on('second-instance', () => bringToFront(window))

// These three only work before the app is ready.
app.enableSandbox()
// Windows shows notifications only for programs it can name.
app.setAppUserModelId('app.lockstep.desktop')
protocol.registerSchemesAsPrivileged([{ scheme: PAGE_SCHEME, privileges: { standard: true, secure: true } }])
lockContents()

if (app.requestSingleInstanceLock()) {
  start().catch((error: unknown) => {
    log.error('Lockstep could not start', { cause: error })
    app.exit(1)
  })
} else {
  app.quit()
}
