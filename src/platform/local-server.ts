import { randomBytes } from 'node:crypto'
import { chmod } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { WebSocket } from 'ws'
import type { Log } from '../engine/ports/ports.ts'
import { acceptSockets } from './accept-socket.ts'
import { newSocketPath, removeOwnerAddress, writeOwnerAddress } from './owner-address.ts'
import { sameSecret } from './same-secret.ts'

export interface LocalServer {
  close(): Promise<void>
}

export interface LocalServerOptions {
  stateFolder: string
  /** Gets every connection that showed the token. */
  attach: (socket: WebSocket) => void
  /** A fresh address for a browser, where this shell has one. */
  browserLink?: () => string
  log: Log
}

/**
 * Lets other shells of this person use the engine that owns the workspace (semantics §7).
 * The caller holds the lease, so sockets that lie there are left from a crash, or of an owner that lost it.
 */
export async function serveLocally({ stateFolder, attach, browserLink, log }: LocalServerOptions): Promise<LocalServer> {
  const socket = await newSocketPath(stateFolder)
  const token = randomBytes(32).toString('base64url')
  const server = createServer((request, response) => {
    const link = request.method === 'POST' && request.url === '/browser-link' && allowed(request.headers.authorization, token) ? browserLink?.() : undefined
    response.writeHead(link ? 200 : 404, { 'content-type': 'text/plain' }).end(link ?? '')
  })
  const sockets = acceptSockets(server, {
    decide: (asked) => (asked.url === '/rpc' && allowed(asked.headers.authorization, token) ? 'take' : '401 Unauthorized'),
    attach,
    log,
  })
  await new Promise<void>((ready, failed) => server.once('error', failed).listen(socket, ready))
  if (process.platform !== 'win32') await chmod(socket, 0o600)
  await writeOwnerAddress(stateFolder, { socket, token, pid: process.pid })
  return {
    async close() {
      sockets.close()
      await removeOwnerAddress(stateFolder, token)
      await new Promise<void>((done) => {
        server.close(() => done())
        server.closeAllConnections()
      })
    },
  }
}

function allowed(header: string | undefined, token: string): boolean {
  return sameSecret(header ?? '', `Bearer ${token}`)
}
