import { connect } from 'node:net'
import type { WebSocket } from 'ws'
import { readOwnerAddress } from './owner-address.ts'

/** Answers of the owner, which are whole pages. */
const LARGEST_ANSWER_BYTES = 64 * 1024 * 1024
/** A process that was stopped takes connections and says nothing; one that lives answers in milliseconds. */
const PATIENCE_MS = 5000
/** Between two looks whether the owner still answers; after two without a word it is given up. */
const LOOK_MS = 10_000
/** What an owner may give as the address of its page. */
const PAGE_ADDRESS = /^http:\/\/127\.0\.0\.1:\d{1,5}\/open\/[\w-]{16,200}$/

/**
 * A connection to the live owner of the workspace, or undefined where nobody owns it or the owner does not answer: then the
 * rule of the lease decides. Closed when the owner falls silent later.
 */
export async function connectLocally(stateFolder: string, { patienceMs = PATIENCE_MS, lookMs = LOOK_MS } = {}): Promise<WebSocket | undefined> {
  const address = await readOwnerAddress(stateFolder)
  if (!address) return undefined
  const { WebSocket } = await import('ws')
  const socket = new WebSocket('ws://localhost/rpc', {
    headers: { authorization: `Bearer ${address.token}` },
    createConnection: () => connect(address.socket),
    maxPayload: LARGEST_ANSWER_BYTES,
    perMessageDeflate: false,
  })
  return new Promise((settle) => {
    // The library's own timeout does not reach a connection that we made.
    const patience = setTimeout(() => socket.terminate(), patienceMs)
    socket.once('open', () => {
      clearTimeout(patience)
      closeWhenSilent(socket, lookMs)
      settle(socket)
    })
    // Left behind by a crash, or about to end: either way nobody owns the workspace from here on. Later a broken answer closes it.
    socket.on('error', () => settle(undefined))
    socket.once('close', () => clearTimeout(patience))
  })
}

/** A stopped owner would leave every call unanswered for ever. */
function closeWhenSilent(socket: WebSocket, lookMs: number): void {
  let unanswered = 0
  const timer = setInterval(() => {
    if (unanswered === 2) return socket.terminate()
    unanswered += 1
    socket.ping()
  }, lookMs)
  timer.unref()
  socket.on('pong', () => (unanswered = 0))
  socket.once('close', () => clearInterval(timer))
}

/** Asks the live owner for a fresh browser address; undefined where it has none to give. */
export async function browserLinkOfOwner(stateFolder: string, patienceMs = PATIENCE_MS): Promise<string | undefined> {
  const address = await readOwnerAddress(stateFolder)
  if (!address) return undefined
  const { request } = await import('node:http')
  return new Promise((settle) => {
    const asking = request({ socketPath: address.socket, method: 'POST', path: '/browser-link', headers: { authorization: `Bearer ${address.token}` }, signal: AbortSignal.timeout(patienceMs) }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
        if (text.length > 1000) asking.destroy()
      })
      answer.on('error', () => settle(undefined))
      answer.on('end', () => settle(answer.statusCode === 200 && PAGE_ADDRESS.test(text) ? text : undefined))
    })
    asking.on('error', () => settle(undefined))
    asking.end()
  })
}
