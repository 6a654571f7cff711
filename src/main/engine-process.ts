import { MessageChannelMain, utilityProcess } from 'electron'
import type { MessagePortMain, UtilityProcess } from 'electron'
import type { EngineState } from '../contract/shell.ts'
import type { Log } from '../engine/ports/ports.ts'
import type { Notification } from '../platform/notify.ts'
import { queryEnvironment } from '../platform/query-environment.ts'
import type { FromEngine, ToEngine } from './engine-messages.ts'

/** A process that lives shorter than this did not work. */
const SHORT_LIFE_MS = 10_000
const FIRST_WAIT_MS = 200
const SHORT_LIVES_BEFORE_ASKING = 5
const CLOSING_PATIENCE_MS = 5000

export interface EngineProcessOptions {
  entry: string
  /** Of a process for people's SQL. */
  queryEntry: string
  logFile: string
  /** The workspace to begin with; a restart begins with the one that was open. */
  workspace: string | undefined
  log: Log
  onState: (state: EngineState) => void
  onNotification: (notification: Notification) => void
  /** The engine keeps ending right after its start: asks the person whether to try again. */
  askToRetry: () => Promise<boolean>
}

export interface EngineProcess {
  readonly state: EngineState
  /** A fresh connection to the engine that runs now; undefined while there is none. */
  connect(): MessagePortMain | undefined
  /** Where a file of an export lies, or undefined where there is none. */
  findExport(exportId: string, name: string): Promise<string | undefined>
  close(): Promise<void>
}

/** Keeps the engine running in a process of its own: when it dies it is started again, and the window stays. */
export function superviseEngine({ entry, queryEntry, logFile, workspace, log, onState, onNotification, askToRetry }: EngineProcessOptions): EngineProcess {
  let child: UtilityProcess | undefined
  let state: EngineState = 'starting'
  let openWorkspace = workspace
  let closing = false
  let shortLives = 0
  let lastRequest = 0
  const searches = new Map<number, (path: string | undefined) => void>()

  function become(next: EngineState): void {
    state = next
    onState(next)
  }

  function hear(message: FromEngine): void {
    switch (message.kind) {
      case 'ready':
        return become('ready')
      case 'notification':
        return onNotification(message.notification)
      case 'workspace':
        openWorkspace = message.folder
        return
      case 'start query process':
        return startQueries(message.request, message.memoryMb)
      case 'export found':
        searches.get(message.request)?.(message.path)
        searches.delete(message.request)
    }
  }

  /** Only this process may start others; the two then speak without it. */
  function startQueries(request: number, memoryMb: number): void {
    const asker = child
    const { port1, port2 } = new MessageChannelMain()
    const queries = utilityProcess.fork(queryEntry, [String(memoryMb)], { serviceName: 'Lockstep queries', stdio: 'ignore', env: queryEnvironment() })
    queries.once('spawn', () => {
      const pid = queries.pid ?? 0
      queries.once('exit', (code) => asker?.postMessage({ kind: 'query process ended', pid, code } satisfies ToEngine))
      queries.postMessage(null, [port1])
      asker?.postMessage({ kind: 'query process', request, pid } satisfies ToEngine, [port2])
    })
  }

  function start(): void {
    if (closing) return
    const startedAt = Date.now()
    const words = ['--log', logFile, ...(openWorkspace === undefined ? [] : ['-w', openWorkspace])]
    child = utilityProcess.fork(entry, words, { serviceName: 'Lockstep engine', stdio: 'inherit' })
    child.on('message', hear)
    child.once('exit', (code) => {
      child = undefined
      for (const settle of searches.values()) settle(undefined)
      searches.clear()
      if (closing) return
      log.error('The engine ended unexpectedly', { code })
      become('restarting')
      shortLives = Date.now() - startedAt < SHORT_LIFE_MS ? shortLives + 1 : 0
      void startAgain()
    })
  }

  async function startAgain(): Promise<void> {
    if (shortLives >= SHORT_LIVES_BEFORE_ASKING) {
      if (!(await askToRetry())) return
      shortLives = 0
    }
    setTimeout(start, FIRST_WAIT_MS * 2 ** shortLives)
  }

  start()
  return {
    get state() {
      return state
    },
    connect() {
      if (!child || state !== 'ready') return undefined
      const { port1, port2 } = new MessageChannelMain()
      child.postMessage({ kind: 'connect' } satisfies ToEngine, [port1])
      return port2
    },
    findExport(exportId, name) {
      if (!child) return Promise.resolve(undefined)
      const request = ++lastRequest
      child.postMessage({ kind: 'find export', request, exportId, name } satisfies ToEngine)
      return new Promise((settle) => searches.set(request, settle))
    },
    close() {
      closing = true
      const ending = child
      if (!ending) return Promise.resolve()
      return new Promise((done) => {
        const timer = setTimeout(() => ending.kill(), CLOSING_PATIENCE_MS)
        ending.once('exit', () => {
          clearTimeout(timer)
          done()
        })
        ending.postMessage({ kind: 'close' } satisfies ToEngine)
      })
    },
  }
}
