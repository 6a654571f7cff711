import { createHash, randomBytes } from 'node:crypto'
import { chmod, lstat, mkdir, readFile, rm } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import type { Log } from '../engine/ports.ts'
import { acceptSockets } from './accept-socket.ts'
import { nodeFiles } from './files.ts'
import { sameSecret } from './same-secret.ts'

/** Where the owner of a workspace can be reached; written by the owner, readable by nobody else. */
interface Address {
  socket: string
  token: string
  pid: number
}

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

const ADDRESS_FILE = 'owner.json'
const LARGEST_MESSAGE_BYTES = 64 * 1024 * 1024
/** macOS allows 104 bytes for the path of a socket, Linux 108. */
const LONGEST_SOCKET_PATH = 100

/**
 * Lets other shells of this person use the engine that owns the workspace (semantics §7).
 * The caller holds the lease, so whatever lies under the socket's name is left from a crash.
 */
export async function serveLocally({ stateFolder, attach, browserLink, log }: LocalServerOptions): Promise<LocalServer> {
  const socket = await socketPathFor(stateFolder)
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
  if (process.platform !== 'win32') await rm(socket, { force: true })
  await new Promise<void>((ready, failed) => server.once('error', failed).listen(socket, ready))
  if (process.platform !== 'win32') await chmod(socket, 0o600)
  const addressFile = join(stateFolder, ADDRESS_FILE)
  await nodeFiles.writeText(addressFile, JSON.stringify({ socket, token, pid: process.pid } satisfies Address), 0o600)
  return {
    async close() {
      sockets.close()
      await rm(addressFile, { force: true })
      await new Promise<void>((done) => {
        server.close(() => done())
        server.closeAllConnections()
      })
    },
  }
}

/** A connection to the live owner of the workspace, or undefined where nobody owns it. */
export async function connectLocally(stateFolder: string): Promise<WebSocket | undefined> {
  const address = await readAddress(stateFolder)
  if (!address) return undefined
  const socket = new WebSocket('ws://localhost/rpc', {
    headers: { authorization: `Bearer ${address.token}` },
    createConnection: () => connect(address.socket),
    maxPayload: LARGEST_MESSAGE_BYTES,
    perMessageDeflate: false,
    handshakeTimeout: 5000,
  })
  return new Promise((settle) => {
    socket.once('open', () => settle(socket))
    // Left behind by a crash, or about to end: either way nobody owns the workspace from here on. Later a broken answer closes it.
    socket.on('error', () => settle(undefined))
  })
}

/** Asks the live owner for a fresh browser address; undefined where it has none to give. */
export async function browserLinkOfOwner(stateFolder: string): Promise<string | undefined> {
  const address = await readAddress(stateFolder)
  if (!address) return undefined
  return new Promise((settle) => {
    const asking = request(
      { socketPath: address.socket, method: 'POST', path: '/browser-link', headers: { authorization: `Bearer ${address.token}` }, timeout: 5000 },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
        answer.on('end', () => settle(answer.statusCode === 200 && text ? text : undefined))
      },
    )
    asking.on('timeout', () => asking.destroy()).on('error', () => settle(undefined))
    asking.end()
  })
}

async function readAddress(stateFolder: string): Promise<Address | undefined> {
  try {
    const address = JSON.parse(await readFile(join(stateFolder, ADDRESS_FILE), 'utf8')) as Partial<Address>
    return typeof address.socket === 'string' && typeof address.token === 'string' ? (address as Address) : undefined
  } catch {
    return undefined
  }
}

function allowed(header: string | undefined, token: string): boolean {
  return sameSecret(header ?? '', `Bearer ${token}`)
}

async function socketPathFor(stateFolder: string): Promise<string> {
  const name = createHash('sha256').update(stateFolder).digest('hex').slice(0, 24)
  if (process.platform === 'win32') return `\\\\.\\pipe\\lockstep-${name}`
  const beside = join(stateFolder, 'engine.sock')
  if (Buffer.byteLength(beside) <= LONGEST_SOCKET_PATH) return beside
  return join(await privateTemporaryFolder(), `${name}.sock`)
}

/** For state folders whose path is too long for a socket. Refuses a folder that somebody else put there. */
async function privateTemporaryFolder(): Promise<string> {
  const { uid } = userInfo()
  const folder = join(tmpdir(), `lockstep-${uid}`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const found = await lstat(folder)
  if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o077) !== 0) {
    throw new Error(`${folder} belongs to somebody else or is open to others; remove it and start again.`)
  }
  return folder
}
