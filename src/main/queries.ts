import type { MessagePortMain, ParentPort } from 'electron'
import type { ToQueries } from '../platform/query-processes.ts'
import { serveQueries } from '../platform/serve-queries.ts'

/** The whole of a process for people's SQL in the app: the first message brings the port to the engine. */
const parent: ParentPort = process.parentPort

function serve(port: MessagePortMain | undefined): void {
  if (!port) return
  const asker = {
    post: (message: unknown) => port.postMessage(message),
    onMessage: (listener: (message: ToQueries) => void) => void port.on('message', ({ data }) => listener(data as ToQueries)),
    onGone: (listener: () => void) => void port.on('close', listener),
  }
  void serveQueries(asker, Number(process.argv.at(-1))).catch(() => process.exit(1))
  port.start()
}

parent.once('message', ({ ports }: { ports: MessagePortMain[] }) => serve(ports[0]))
