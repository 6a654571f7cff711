import { _electron, chromium } from '@playwright/test'
import type { Page } from '@playwright/test'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { MenuCommand } from '../../src/contract/shell.ts'
import { chromiumPath } from '../../scripts/chromium-path.ts'
import { ROOT, journeyEnvironment } from './lockstep.ts'

/** The desktop app under a journey: the real Electron, or a stand-in for it. */
export interface DesktopApp {
  page: Page
  chooseMenu(command: MenuCommand): Promise<void>
  /** What the person will choose in the next dialog for a file or folder. */
  answerOpenDialog(path: string): Promise<void>
  answerSaveDialog(path: string): Promise<void>
  killEngine(): Promise<void>
  /** Starts the app once more on the same data; resolves when that start has ended. */
  startAgain(): Promise<void>
  windows(): Promise<{ visible: boolean; focused: boolean }[]>
  /** The person turns to another program. */
  leave(): Promise<void>
  /** What was shown outside the window, where the stand-in can tell. */
  notifications(): Promise<{ title: string; body: string }[] | undefined>
  /** The checklist's findings, where the stand-in can judge them. */
  audit(): Promise<{ title: string; result: 'pass' | 'fail' | 'none'; why: string }[] | undefined>
  close(): Promise<void>
}

const MAIN = join(ROOT, 'out/main/index.js')
const STAND_IN = process.env['ELECTRON_DOUBLE'] ?? resolve(ROOT, '..', 'shared', 'electron-double')

/** How the desktop app can be run here; undefined where it cannot. */
export function desktopKind(): 'electron' | 'stand-in' | undefined {
  if (electronProgram()) return 'electron'
  return existsSync(join(STAND_IN, 'launch.mjs')) ? 'stand-in' : undefined
}

/** Starts the app on a workspace, or on the first screen. */
export async function openDesktop(data: string, workspace?: string): Promise<DesktopApp> {
  const words = workspace === undefined ? [] : ['-w', workspace]
  return desktopKind() === 'electron' ? openElectron(data, words) : openStandIn(data, words)
}

function electronProgram(): string | undefined {
  const chosen = process.env['ELECTRON_EXEC_PATH']
  if (chosen) return existsSync(chosen) ? chosen : undefined
  const folder = join(ROOT, 'node_modules/electron')
  if (!existsSync(join(folder, 'path.txt'))) return undefined
  const program = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim())
  return existsSync(program) ? program : undefined
}

async function openElectron(data: string, words: string[]): Promise<DesktopApp> {
  const executablePath = electronProgram() ?? ''
  const args = [MAIN, `--user-data-dir=${join(data, 'electron')}`, ...words]
  const start = () => _electron.launch({ executablePath, args, env: journeyEnvironment(data) })
  const app = await start()
  const page = await app.firstWindow()
  return {
    page,
    chooseMenu: (command) => app.evaluate(({ Menu }, id) => void Menu.getApplicationMenu()?.getMenuItemById(id)?.click(), command),
    answerOpenDialog: (path) =>
      app.evaluate(({ dialog }, chosen) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] })
      }, path),
    answerSaveDialog: (path) =>
      app.evaluate(({ dialog }, chosen) => {
        dialog.showSaveDialog = async () => ({ canceled: false, filePath: chosen })
      }, path),
    killEngine: () =>
      app.evaluate(({ app: electronApp }) => {
        const engine = electronApp.getAppMetrics().find((process) => process.type === 'Utility' && process.name === 'Lockstep engine')
        if (engine) process.kill(engine.pid, 'SIGKILL')
      }),
    // Playwright cannot attach to a start that ends at once; that it ends is what is asked for.
    startAgain: () => start().then((again) => again.close(), () => undefined),
    windows: () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => ({ visible: window.isVisible(), focused: window.isFocused() }))),
    leave: () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.blur()),
    notifications: async () => undefined,
    audit: async () => undefined,
    close: () => app.close(),
  }
}

interface Launched {
  cdp: string
  output: string
  exited: Promise<unknown>
  state(): Promise<{ windows: { id: number; visible: boolean; focused?: boolean }[]; notifications: { title: string; body: string }[] }>
  post(path: string, body?: object): Promise<unknown>
  close(): Promise<void>
}

interface StandIn {
  launch(options: { main: string; args: string[]; env: Record<string, string>; userData: string; cwd: string }): Promise<Launched>
}

interface Auditor {
  audit(state: unknown): { title: string; result: 'pass' | 'fail' | 'none'; why: string }[]
}

async function openStandIn(data: string, words: string[]): Promise<DesktopApp> {
  const { launch } = (await import(pathToFileURL(join(STAND_IN, 'launch.mjs')).href)) as StandIn
  const { audit } = (await import(pathToFileURL(join(STAND_IN, 'audit.mjs')).href)) as Auditor
  const env = { ...journeyEnvironment(data), CHROMIUM_PATH: await chromiumPath() }
  const start = (): Promise<Launched> => launch({ main: MAIN, args: words, env, userData: join(data, 'electron'), cwd: ROOT })
  const app = await start()
  // Without defaults, so that nothing is put over the app's own colour scheme.
  const browser = await chromium.connectOverCDP(app.cdp, { noDefaults: true })
  const page = await firstPage(() => browser.contexts()[0]?.pages() ?? [])
  return {
    page,
    chooseMenu: async (id) => void (await app.post('/menu/click', { id })),
    answerOpenDialog: async (path) => void (await app.post('/dialog/next', { kind: 'open', filePaths: [path] })),
    answerSaveDialog: async (path) => void (await app.post('/dialog/next', { kind: 'save', filePath: path })),
    killEngine: async () => void (await app.post('/utility/kill', { serviceName: 'Lockstep engine', signal: 'SIGKILL' })),
    startAgain: () => start().then((again) => again.close(), () => undefined),
    windows: async () => (await app.state()).windows.map(({ visible, focused = false }) => ({ visible, focused })),
    leave: async () => void (await app.post('/window', { window: (await app.state()).windows[0]?.id, action: 'blur' })),
    notifications: async () => (await app.state()).notifications,
    audit: async () => audit(await app.state()),
    async close() {
      await browser.close()
      await app.close()
    },
  }
}

async function firstPage(pages: () => Page[]): Promise<Page> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const [page] = pages()
    if (page && page.url() !== 'about:blank') {
      await page.waitForLoadState()
      return page
    }
    await new Promise((wait) => setTimeout(wait, 50))
  }
  throw new Error('the desktop app opened no window')
}
