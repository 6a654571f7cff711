import type { MessagePortMain } from 'electron'
import type { FromQueries, QueryChild, StartQueryChild } from '../platform/query-processes.ts'
import type { FromEngine, ToEngine } from './engine-messages.ts'

/** What the system says of a process that broke (SIGILL, SIGBUS, SIGFPE, SIGSEGV; the last as Windows has it). */
const BROKE = new Set([4, 7, 8, 11, 132, 135, 136, 139, 0xc0000005])

export interface QueryChildren {
  start: StartQueryChild
  hear(message: Extract<ToEngine, { kind: 'query process' | 'query process ended' }>, port: MessagePortMain | undefined): void
}

/** The engine's own process may start no others: the main process does it, and hands over a port to speak through. */
export function askForQueryChildren(tell: (message: FromEngine) => void): QueryChildren {
  const asked = new Map<number, (child: QueryChild) => void>()
  const endings = new Map<number, ((how: 'memory' | 'crashed') => void)[]>()
  let lastRequest = 0
  return {
    start(memoryMb) {
      const request = ++lastRequest
      return new Promise((started) => {
        asked.set(request, started)
        tell({ kind: 'start query process', request, memoryMb })
      })
    },
    hear(message, port) {
      if (message.kind === 'query process ended') {
        for (const listener of endings.get(message.pid) ?? []) listener(BROKE.has(message.code) ? 'crashed' : 'memory')
        endings.delete(message.pid)
        return
      }
      const { request, pid } = message
      const listeners: ((how: 'memory' | 'crashed') => void)[] = []
      endings.set(pid, listeners)
      if (port) asked.get(request)?.(childBehind(port, pid, listeners))
      asked.delete(request)
    },
  }
}

function childBehind(port: MessagePortMain, pid: number, endings: ((how: 'memory' | 'crashed') => void)[]): QueryChild {
  return {
    pid,
    post: (message) => port.postMessage(message),
    onMessage(listener) {
      port.on('message', ({ data }) => listener(data as FromQueries))
      port.start()
    },
    onEnd: (listener) => void endings.push(listener),
    // This process lives as long as the app does.
    hold: () => undefined,
    kill() {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It has ended, and its ending is on the way.
      }
    },
  }
}
