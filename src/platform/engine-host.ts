import { join } from 'node:path'
import { ORPCError } from '@orpc/client'
import type { WebSocket } from 'ws'
import type { Log } from '../engine/ports/ports.ts'
import { systemClock } from './clock.ts'
import { locateState } from '../engine/storage/state-location.ts'
import { nodeFiles } from './files.ts'
import { appDataFolder, statesFolder } from './folders.ts'
import type { LocalServer } from './local-server.ts'
import { ownerEngine } from './owner-engine.ts'
import type { EngineClient, EnginePort, RunningEngine } from './running-engine.ts'

export interface EngineHostOptions {
  /** Absolute folder to open at the start; without one a person chooses on the first screen. */
  workspace?: string
  startEngine: () => Promise<RunningEngine>
  log: Log
  /** A fresh address for a browser, for a second start on the same workspace. */
  browserLink?: () => string
  /** Starts the simulated systems of a workspace that is connected to some; a window with dead systems explains nothing. */
  startSimulators?: boolean
  /** Others can reach the engine only when it has lived so long: what ends at once need not load what answers them. Default 0. */
  reachableAfterMs?: number
  /** The workspace that is open changed. */
  onWorkspace?: (open: { folder: string; name: string } | undefined) => void
}

/** The engine as a shell sees it: its own, or the one of the shell that already owns the workspace. */
export interface EngineHost {
  client(): Promise<EngineClient>
  serveSocket(socket: WebSocket): void
  servePort(port: EnginePort): void
  /** Holds one folder per export of the open workspace. */
  exportFolder(): Promise<string | undefined>
  uploadFolder(): Promise<string>
  close(): Promise<void>
}

/** An owner holds the lease a moment before others can reach it, and a moment after. */
const ATTEMPTS = 10
const BETWEEN_ATTEMPTS_MS = 300

function isBusy(error: unknown): boolean {
  return error instanceof ORPCError && (error.data as { code?: unknown } | undefined)?.code === 'object-busy'
}

/** The state folder that shells look into for a living owner. */
export async function stateFolderOf(workspace: string): Promise<string> {
  return (await locateState(workspace, { files: nodeFiles, statesFolder: statesFolder() })).folder
}

/**
 * Finds or starts the engine. Rejects when the workspace cannot be opened.
 * When an owner that was used goes away, the next page that asks makes this shell the owner.
 */
export async function hostEngine(options: EngineHostOptions): Promise<EngineHost> {
  const host = new Host(options)
  await host.engine()
  return host
}

class Host implements EngineHost {
  private readonly options: EngineHostOptions
  private readonly ending = new AbortController()
  private workspace: string | undefined
  private running: Promise<RunningEngine> | undefined
  private local: { stateFolder: string; server: LocalServer } | undefined
  /** The last change of the socket, under way or done. */
  private serving: Promise<void> = Promise.resolve()

  constructor(options: EngineHostOptions) {
    this.options = options
    this.workspace = options.workspace
  }

  engine(): Promise<RunningEngine> {
    this.running ??= this.findOrStart().catch((error: unknown) => {
      this.running = undefined
      throw error
    })
    return this.running
  }

  async client(): Promise<EngineClient> {
    return (await this.engine()).client
  }

  serveSocket(socket: WebSocket): void {
    // What the page says before the engine listens must not be lost.
    socket.pause()
    const serve = async (): Promise<void> => {
      await (await this.engine()).serveSocket(socket)
      socket.resume()
    }
    serve().catch((error: unknown) => {
      this.options.log.error('The engine could not be started', { cause: error })
      socket.terminate()
    })
  }

  servePort(port: EnginePort): void {
    this.engine().then(
      (engine) => engine.servePort(port),
      (error: unknown) => {
        this.options.log.error('The engine could not be started', { cause: error })
        port.close()
      },
    )
  }

  async exportFolder(): Promise<string | undefined> {
    const info = await (await this.client()).workspace.current()
    return info ? join(info.stateFolder, 'exports') : undefined
  }

  async uploadFolder(): Promise<string> {
    const info = await (await this.client()).workspace.current()
    return join(info ? info.stateFolder : appDataFolder(), 'uploads')
  }

  async close(): Promise<void> {
    this.ending.abort()
    const engine = await this.running?.catch(() => undefined)
    // The lease goes first: whoever is cut off from the socket may take it at once.
    await engine?.close()
    // A socket that is just being opened would otherwise stay, and keep the process alive.
    await this.serving
    await this.local?.server.close()
  }

  private async findOrStart(): Promise<RunningEngine> {
    for (let attempt = 1; ; attempt++) {
      const owner = this.workspace ? await ownerEngine(await stateFolderOf(this.workspace), () => (this.running = undefined)) : undefined
      if (owner) return owner
      try {
        return await this.startOwn()
      } catch (error) {
        if (!isBusy(error) || attempt === ATTEMPTS) throw error
        await systemClock.sleep(BETWEEN_ATTEMPTS_MS, this.ending.signal)
      }
    }
  }

  private async startOwn(): Promise<RunningEngine> {
    const engine = await this.options.startEngine()
    try {
      if (this.workspace) await engine.client.workspace.open({ folder: this.workspace })
      await this.followWorkspace(engine.client)
    } catch (error) {
      await engine.close()
      throw error
    }
    return engine
  }

  /** Keeps the private socket where the open workspace is. */
  private async followWorkspace(client: EngineClient): Promise<void> {
    const events = await client.events(undefined, { signal: this.ending.signal })
    const { reachableAfterMs = 0 } = this.options
    if (reachableAfterMs === 0) await this.serveOthers(client)
    const follow = async (): Promise<void> => {
      if (reachableAfterMs > 0) {
        await systemClock.sleep(reachableAfterMs, this.ending.signal)
        await this.serveOthers(client)
      }
      for await (const event of events) if (event.topic === 'workspace') await this.serveOthers(client)
    }
    follow().catch((error: unknown) => {
      if (!this.ending.signal.aborted) this.options.log.error('Changes of the workspace are no longer followed', { cause: error })
    })
  }

  private serveOthers(client: EngineClient): Promise<void> {
    const mine = this.serving.then(() => this.moveSocket(client))
    this.serving = mine.catch(() => {})
    return mine
  }

  private async moveSocket(client: EngineClient): Promise<void> {
    if (this.ending.signal.aborted) return
    const info = (await client.workspace.current()) ?? undefined
    if (info?.stateFolder === this.local?.stateFolder) return
    await this.local?.server.close()
    this.local = undefined
    this.workspace = info?.folder
    this.options.onWorkspace?.(info && { folder: info.folder, name: info.name })
    if (!info) return
    const { serveLocally } = await import('./local-server.ts')
    const server = await serveLocally({
      stateFolder: info.stateFolder,
      attach: (socket) => this.serveSocket(socket),
      log: this.options.log,
      ...(this.options.browserLink ? { browserLink: this.options.browserLink } : {}),
    })
    this.local = { stateFolder: info.stateFolder, server }
    if (info.simulated && info.trusted && this.options.startSimulators) {
      client.workspace.startSimulators().catch((error: unknown) => this.options.log.warn('The simulated systems did not start', { cause: error }))
    }
  }
}
