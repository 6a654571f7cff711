import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { app, dialog, ipcMain, nativeTheme } from 'electron'
import type { BrowserWindow, IpcMainEvent, IpcMainInvokeEvent } from 'electron'
import { z } from 'zod'
import { channels } from './channels.ts'
import { isOurPage } from './page-origin.ts'

interface IpcContext {
  window: () => BrowserWindow | undefined
  givePort: () => void
  findExport: (exportId: string, name: string) => Promise<string | undefined>
}

const exportArguments = z.tuple([z.string().regex(/^[\w-]{1,80}$/), z.string().regex(/^[\w-][\w. -]{0,120}$/)])
const themeArguments = z.tuple([z.enum(['light', 'dark', 'system'])])
const fileArguments = z.tuple([z.array(z.string().regex(/^\.[a-z0-9]{1,10}$/)).max(100)])

/** Answers the page's few wishes. Each message is believed only from the main frame of our own page. */
export function handleMessages({ window, givePort, findExport }: IpcContext): void {
  handle(channels.chooseFile, fileArguments, (endings) => {
    const dataFiles = { name: 'Data', extensions: endings.map((ending) => ending.slice(1)) }
    return open(window(), { title: 'Open data file', properties: ['openFile'], filters: [dataFiles, { name: 'All files', extensions: ['*'] }] })
  })
  handle(channels.chooseFolder, z.tuple([]), () => open(window(), { title: 'Choose a folder', properties: ['openDirectory', 'createDirectory'] }))
  handle(channels.saveExport, exportArguments, async (exportId, name) => {
    const from = await findExport(exportId, name)
    const parent = window()
    if (!from || !parent) return undefined
    const { canceled, filePath } = await dialog.showSaveDialog(parent, { title: 'Save export', defaultPath: join(app.getPath('downloads'), name) })
    if (canceled || !filePath) return undefined
    await copyFile(from, filePath)
    return filePath
  })
  handle(channels.setTheme, themeArguments, (theme) => {
    nativeTheme.themeSource = theme
  })
  ipcMain.on(channels.requestEnginePort, (event) => {
    if (isTrusted(event)) givePort()
  })
}

function handle<Arguments extends z.ZodTuple>(
  channel: string,
  schema: Arguments,
  answer: (...values: z.output<Arguments>) => unknown,
): void {
  ipcMain.handle(channel, (event, ...values: unknown[]) => {
    if (!isTrusted(event)) throw new Error(`${channel} was asked for by a page that is not ours.`)
    return answer(...schema.parse(values))
  })
}

function isTrusted(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame
  return frame !== null && isOurPage(frame.url) && frame.parent === null
}

async function open(parent: BrowserWindow | undefined, options: Electron.OpenDialogOptions): Promise<string | undefined> {
  if (!parent) return undefined
  const { canceled, filePaths } = await dialog.showOpenDialog(parent, options)
  return canceled ? undefined : filePaths[0]
}
