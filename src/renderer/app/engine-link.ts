import type { ClientContext, ClientLink } from '@orpc/client'
import { DynamicLink } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import { create } from 'zustand'
import { enginePortMessage } from '../../contract/shell.ts'
import { desktopShell } from './shell-bridge.ts'

/** `gone`: nothing answers at this address. `locked out`: Lockstep was started again and does not know this page. */
export type ConnectionState = 'connecting' | 'ready' | 'reconnecting' | 'gone' | 'locked out'

/** Whether the engine answers. `generation` grows with each new connection. */
export const useConnection = create<{ state: ConnectionState; generation: number }>(() => ({ state: 'connecting', generation: 0 }))

type Link = ClientLink<ClientContext>

/** Calls made while the engine is away wait here and go out over the next connection. */
const waiting: { resolve: (link: Link) => void }[] = []
let current: Link | undefined

function opened(link: Link): void {
  current = link
  useConnection.setState(({ generation }) => ({ state: 'ready', generation: generation + 1 }))
  for (const call of waiting.splice(0)) call.resolve(link)
}

function lost(link: Link | undefined): void {
  if (link !== undefined && current !== link) return
  current = undefined
  useConnection.setState(({ generation, state }) => ({ state: generation === 0 ? 'connecting' : state === 'ready' ? 'reconnecting' : state }))
}

const RETRY_FIRST_MS = 250
const RETRY_LONGEST_MS = 5000
/** A restart of the same shell takes no longer than this many attempts. */
const ATTEMPTS_BEFORE_GONE = 4

function openSocket(attempt = 0): void {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
  const socket = new WebSocket(`${scheme}://${location.host}/rpc`)
  const link = new SocketLink({ websocket: socket })
  let everOpen = false
  socket.addEventListener('open', () => {
    everOpen = true
    opened(link)
  })
  socket.addEventListener('close', () => {
    lost(everOpen ? link : undefined)
    const next = everOpen ? 0 : attempt + 1
    if (!everOpen) void sayWhy(next)
    setTimeout(() => openSocket(next), Math.min(RETRY_LONGEST_MS, RETRY_FIRST_MS * 2 ** next))
  })
}

/** A socket does not say why it was refused; the page itself does. It goes on trying: another window may be let in again. */
async function sayWhy(attempts: number): Promise<void> {
  const answer = await fetch('/', { method: 'HEAD', cache: 'no-store' }).catch(() => undefined)
  if (current !== undefined) return
  if (answer?.status === 403) useConnection.setState({ state: 'locked out' })
  else if (answer === undefined && attempts >= ATTEMPTS_BEFORE_GONE) useConnection.setState({ state: 'gone' })
}

function listenForPort(): void {
  window.addEventListener('message', (event) => {
    const port = event.ports[0]
    if (event.source !== window || event.data !== enginePortMessage || port === undefined) return
    const link = new PortLink({ port })
    port.addEventListener('close', () => lost(link))
    port.start()
    opened(link)
  })
  const shell = desktopShell()
  shell?.onEngineState((state) => {
    if (state !== 'ready') lost(undefined)
  })
  shell?.requestEnginePort()
}

/** Starts connecting; call once. */
export function connectEngine(): void {
  if (desktopShell() === undefined) openSocket()
  else listenForPort()
}

/** The link behind every call: whichever connection is alive. */
export const engineLink = new DynamicLink<ClientContext>(() => current ?? new Promise<Link>((resolve) => waiting.push({ resolve })))
