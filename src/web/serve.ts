import { join } from 'node:path'
import type { Server } from 'node:http'
import { ORPCError } from '@orpc/client'
import type { Log } from '../engine/ports/ports.ts'
import { hostEngine, stateFolderOf } from '../platform/engine-host.ts'
import type { EngineHost } from '../platform/engine-host.ts'
import { createLog, logLevelFrom } from '../platform/log.ts'
import { browserLinkOfOwner } from '../platform/local-socket.ts'
import { projectRoot } from '../platform/project-root.ts'
import { recentWorkspace, rememberWorkspace } from '../platform/recent-workspace.ts'
import { runEngine } from '../platform/run-engine.ts'
import { builtPages } from './pages.ts'
import type { Pages } from './pages.ts'
import { startWebShell } from './web-shell.ts'

export interface ServeOptions {
  /** Absolute folder; without one the workspace that was open last, if there is one. */
  workspace?: string
  port: number
  /** Where the page comes from; the built renderer unless somebody develops it. */
  pages?: (host: () => string, server: Server) => Pages | Promise<Pages>
}

export interface Served {
  /** Lets one browser in. */
  link: string
  close(): Promise<void>
}

const RENDERER = join(projectRoot, 'out', 'renderer')

/** Starts the web shell, or finds the one that already shows this workspace. */
export async function serve({ workspace, port, pages = (host) => builtPages(RENDERER, host) }: ServeOptions): Promise<Served> {
  const log = createLog({ name: 'web', level: logLevelFrom(process.env, 'warn') })
  const running = workspace ? await browserLinkOfOwner(await stateFolderOf(workspace)) : undefined
  if (running) return { link: running, close: async () => {} }

  // Nobody gets in before there is a link, and so not before there is an engine.
  const shell = await startWebShell({
    port,
    pages,
    attach: (socket) => host.serveSocket(socket),
    uploadFolder: () => host.uploadFolder(),
    exportFolder: () => host.exportFolder(),
    log,
  })
  const start = (folder: string | undefined): Promise<EngineHost> =>
    hostEngine({
      ...(folder ? { workspace: folder } : {}),
      startEngine: async () => runEngine({ name: 'engine' }),
      log,
      startSimulators: true,
      browserLink: () => shell.newLink(),
      onWorkspace: (open) => void rememberWorkspace(open).catch((error: unknown) => log.warn('The open workspace is not remembered', { cause: error })),
    })
  let host: EngineHost
  try {
    host = workspace ? await startNamed(workspace, start) : await startWithRecent(start, log)
  } catch (error) {
    await shell.close()
    throw error
  }
  return {
    link: shell.newLink(),
    async close() {
      await shell.close()
      await host.close()
    },
  }
}

/** A workspace whose state is damaged is put right from the first screen; any other failure is for whoever named it. */
async function startNamed(workspace: string, start: (folder: string | undefined) => Promise<EngineHost>): Promise<EngineHost> {
  try {
    return await start(workspace)
  } catch (error) {
    const body = error instanceof ORPCError ? (error.data as { code?: string; message?: string; next?: string } | undefined) : undefined
    if (body?.code !== 'state-damaged') throw error
    console.error(`${body.message} ${body.next}\nA backup is restored where ${workspace} is opened, on the first screen.`)
    return start(undefined)
  }
}

/** A workspace that was open last and cannot be opened now is no reason not to start. */
async function startWithRecent(start: (folder: string | undefined) => Promise<EngineHost>, log: Log): Promise<EngineHost> {
  const recent = await recentWorkspace()
  if (!recent) return start(undefined)
  try {
    return await start(recent)
  } catch (error) {
    log.warn('The workspace that was open last cannot be opened', { cause: error })
    return start(undefined)
  }
}
