import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { WebSocket } from 'ws'
import { connectLocally } from './local-socket.ts'
import type { EngineClient, EnginePort, RunningEngine } from './running-engine.ts'

/**
 * The engine of the shell that owns the workspace, or undefined where none does.
 * Pages of this shell are passed through: they speak to the owner as its own pages do.
 */
export async function ownerEngine(stateFolder: string, onGone: () => void): Promise<RunningEngine | undefined> {
  const first = await connectLocally(stateFolder)
  if (!first) return undefined
  first.on('close', onGone)
  const passedOn = new Set<WebSocket>([first])

  async function connect(): Promise<WebSocket | undefined> {
    const owner = await connectLocally(stateFolder)
    if (!owner) return undefined
    passedOn.add(owner)
    owner.on('close', () => passedOn.delete(owner))
    return owner
  }

  return {
    client: clientOver(first),
    async serveSocket(socket) {
      const owner = await connect()
      if (owner) bridgeSocket(socket, owner)
      else socket.terminate()
    },
    servePort(port) {
      void connect().then((owner) => (owner ? bridgePort(port, owner) : port.close()))
    },
    async close() {
      first.off('close', onGone)
      for (const socket of passedOn) socket.close()
    },
  }
}

function clientOver(socket: WebSocket): EngineClient {
  // The link uses the part of a browser's socket that ws offers too.
  const websocket = socket as unknown as globalThis.WebSocket
  return createORPCClient(new RPCLink({ websocket }))
}

function bridgeSocket(page: WebSocket, owner: WebSocket): void {
  page.on('message', (data, isBinary) => owner.send(data, { binary: isBinary }))
  owner.on('message', (data, isBinary) => page.send(data, { binary: isBinary }))
  page.on('close', () => owner.close())
  owner.on('close', () => page.close())
}

function bridgePort(port: EnginePort, owner: WebSocket): void {
  port.on('message', ({ data }) => {
    // Nothing else is ever said over a port; a socket would throw at it.
    if (typeof data === 'string' || data instanceof Uint8Array) owner.send(data)
  })
  owner.on('message', (data: Buffer, isBinary) => port.postMessage(isBinary ? new Uint8Array(data) : data.toString()))
  port.on('close', () => owner.close())
  owner.on('close', () => port.close())
  port.start()
}
