import { join } from 'node:path'
import { BrowserWindow, nativeTheme } from 'electron'
import { PAGE_URL } from './page-origin.ts'

const LIGHT = '#ffffff'
const DARK = '#16181d'

/** The one window. It is shown once the page has drawn itself, so that nothing flashes. */
export function openWindow(outFolder: string): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Lockstep',
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? DARK : LIGHT,
    webPreferences: {
      preload: join(outFolder, 'preload', 'index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  })
  window.once('ready-to-show', () => window.show())
  void window.loadURL(PAGE_URL)
  return window
}

export function bringToFront(window: BrowserWindow | undefined): void {
  if (!window || window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
