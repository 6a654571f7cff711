import type { IncomingMessage } from 'node:http'
import type { Sessions } from './sessions.ts'

export type Refusal = 'wrong host' | 'wrong origin' | 'no session'

export interface Door {
  /** Exactly what the browser must have been told: 127.0.0.1 and the port. */
  host: string
  sessions: Sessions
}

/** A name that somebody pointed at this machine (DNS rebinding) arrives with that name as its host. */
export function checkHost(request: IncomingMessage, { host }: Door): Refusal | undefined {
  return request.headers.host === host ? undefined : 'wrong host'
}

/** For pages and files: a browser that says the request comes from another site is refused. */
export function checkReading(request: IncomingMessage, door: Door): Refusal | undefined {
  const site = request.headers['sec-fetch-site']
  const { origin } = request.headers
  if (origin !== undefined && origin !== `http://${door.host}`) return 'wrong origin'
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return 'wrong origin'
  return door.sessions.admits(request.headers.cookie) ? undefined : 'no session'
}

/** For everything that changes something, and for the socket: our own origin must be named. */
export function checkActing(request: IncomingMessage, door: Door): Refusal | undefined {
  if (request.headers.origin !== `http://${door.host}`) return 'wrong origin'
  return checkReading(request, door)
}
