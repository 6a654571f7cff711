import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import type { Log } from '../engine/ports/ports.ts'

/** Far above any call of the contract: a page is answered in pages, and files travel as uploads. */
const LARGEST_MESSAGE_BYTES = 16 * 1024 * 1024

export interface Acceptance {
  /** What becomes of an upgrade: taken, refused with a status line, or left to another listener of the server. */
  decide: (request: IncomingMessage) => 'take' | 'leave' | `${number} ${string}`
  attach: (socket: WebSocket) => void
  log: Log
}

/**
 * Takes web sockets on a server. The process behind it holds runs, so whatever a peer does (a frame that breaks the
 * protocol, a message that is too large, going away in the middle) ends that one connection and nothing else.
 */
export function acceptSockets(server: Server, { decide, attach, log }: Acceptance): { close(): void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE_BYTES, perMessageDeflate: false })
  server.on('error', (error) => log.warn('A connection could not be taken', { cause: error }))
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy())
    const decision = decide(request)
    if (decision === 'leave') return
    if (decision !== 'take') {
      stream.end(`HTTP/1.1 ${decision}\r\nconnection: close\r\n\r\n`)
      return
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      socket.on('error', (error) => log.warn('A connection broke the protocol and was closed', { cause: error }))
      attach(socket)
    })
  })
  return {
    close() {
      for (const socket of sockets.clients) socket.terminate()
    },
  }
}
