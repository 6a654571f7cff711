import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { WebSocket } from 'ws'
import type { Log } from '../engine/ports/ports.ts'
import { acceptSockets } from '../platform/accept-socket.ts'
import { findInside } from '../platform/page-files.ts'
import { protectiveHeaders } from '../platform/page-policy.ts'
import { checkActing, checkHost, checkReading } from './guard.ts'
import type { Door, Refusal } from './guard.ts'
import type { Pages } from './pages.ts'
import { sendFile, sendJson, sendText } from './reply.ts'
import { createSessions } from './sessions.ts'
import { receiveUpload } from './uploads.ts'

export interface WebShellOptions {
  /** 0 takes any free one. */
  port: number
  pages: (host: () => string, server: Server) => Pages | Promise<Pages>
  /** Serves the contract to a browser that was let in. */
  attach: (socket: WebSocket) => void
  /** Where dropped files go. */
  uploadFolder: () => Promise<string>
  /** Holds one folder per export of the open workspace. */
  exportFolder: () => Promise<string | undefined>
  log: Log
  largestUpload?: number
}

export interface WebShell {
  /** `http://127.0.0.1:port`, without the right to enter. */
  address: string
  /** An address that lets one browser in, once. */
  newLink(): string
  close(): Promise<void>
}

const refusals: Record<Refusal, string> = {
  'wrong host': 'Lockstep answers only under the address it printed.',
  'wrong origin': 'Lockstep answers only its own page.',
  'no session': 'Open Lockstep with the address it printed when it started. Each address works once; start Lockstep again for a new one.',
}

/** The same page in a browser, for this machine only. */
export async function startWebShell(options: WebShellOptions): Promise<WebShell> {
  const server = createServer()
  await listen(server, options.port)
  const { port } = server.address() as AddressInfo
  const door: Door = { host: `127.0.0.1:${port}`, sessions: createSessions(port) }
  const pages = await options.pages(() => door.host, server)

  server.on('request', (request, response) => {
    handle(request, response, { ...options, door, servePage: pages }).catch((error: unknown) => {
      options.log.error('A request to the web shell failed', { method: request.method, cause: error })
      if (!response.headersSent) sendText(response, 500, 'Something went wrong in Lockstep. The log has the details.')
      else response.destroy()
    })
  })
  const sockets = acceptSockets(server, {
    decide(request) {
      if (checkHost(request, door) ?? checkActing(request, door)) return '403 Forbidden'
      if (request.url === '/rpc') return 'take'
      return pages.takesUpgrade?.(request) ? 'leave' : '403 Forbidden'
    },
    attach: options.attach,
    log: options.log,
  })

  return {
    address: `http://${door.host}`,
    newLink: () => `http://${door.host}/open/${door.sessions.issueToken()}`,
    async close() {
      sockets.close()
      await new Promise<void>((done) => {
        server.close(() => done())
        server.closeAllConnections()
      })
    },
  }
}

type Handling = WebShellOptions & { door: Door; servePage: Pages }

async function handle(request: IncomingMessage, response: ServerResponse, shell: Handling): Promise<void> {
  for (const [name, value] of Object.entries(protectiveHeaders)) response.setHeader(name, value)
  const refused = checkHost(request, shell.door)
  if (refused) return sendText(response, 403, refusals[refused])
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
  const reading = request.method === 'GET' || request.method === 'HEAD'
  if (reading && path.startsWith('/open/')) return isOnlyLooking(request) ? sendText(response, 200, 'Open this address to use Lockstep.') : letIn(response, path.slice('/open/'.length), shell.door)

  const forbidden = reading ? checkReading(request, shell.door) : checkActing(request, shell.door)
  if (forbidden) return sendText(response, 403, refusals[forbidden])
  if (request.method === 'POST' && path === '/upload') return takeUpload(request, response, shell)
  if (!reading) return sendText(response, 405, 'Lockstep does not understand this request.')
  if (path.startsWith('/exports/')) return giveExport(request, response, path.slice('/exports/'.length), shell)
  return shell.servePage(request, response, path)
}

/** A program that looks where a link leads, or a browser that loads it ahead, must not use it up. */
function isOnlyLooking({ method, headers }: IncomingMessage): boolean {
  const purposes = [headers['sec-purpose'], headers['purpose'], headers['x-purpose'], headers['x-moz']]
  return method === 'HEAD' || purposes.some((purpose) => /prefetch|prerender|preview/i.test(String(purpose)))
}

/** The page sends itself on: after a redirect from a link in another program, a strict cookie would be left out. */
function letIn(response: ServerResponse, token: string, { sessions }: Door): void {
  const session = sessions.redeem(token)
  if (session === undefined) return sendText(response, 403, refusals['no session'])
  response.setHeader('set-cookie', `${sessions.cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`)
  response.setHeader('content-security-policy', "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
  response.end('<!doctype html><html lang="en"><meta http-equiv="refresh" content="0;url=/"><title>Lockstep</title><a href="/">Open Lockstep</a></html>')
}

async function takeUpload(request: IncomingMessage, response: ServerResponse, { uploadFolder, largestUpload }: Handling): Promise<void> {
  const result = await receiveUpload(request, await uploadFolder(), largestUpload)
  if (!('problem' in result)) return sendJson(response, 200, result)
  const [status, message] = {
    'too large': [413, 'The file is larger than a browser may hand over. Give its path instead.'] as const,
    'broken off': [400, 'The file did not arrive completely. Drop it again.'] as const,
    'no name': [400, 'The file has no name.'] as const,
  }[result.problem]
  response.setHeader('connection', 'close')
  sendJson(response, status, { message })
}

async function giveExport(request: IncomingMessage, response: ServerResponse, path: string, { exportFolder }: Handling): Promise<void> {
  const folder = await exportFolder()
  const [id = '', name = '', ...rest] = path.split('/')
  const file = folder && rest.length === 0 && /^[\w-]+$/.test(id) ? await findInside(join(folder, id), name) : undefined
  if (!file) return sendText(response, 404, 'There is no such export.')
  response.setHeader('content-disposition', `attachment; filename*=UTF-8''${name}`)
  response.setHeader('cache-control', 'no-store')
  sendFile(request, response, { ...file, type: 'application/octet-stream' })
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((ready, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', failed)
      ready()
    })
  })
}
