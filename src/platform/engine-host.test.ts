import { existsSync, mkdirSync, mkdtempSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { ORPCError } from '@orpc/client'
import { EventPublisher } from '@orpc/server'
import { hostEngine } from './engine-host.ts'
import type { EngineHost } from './engine-host.ts'
import { createLog } from './log.ts'
import type { EngineClient, RunningEngine } from './running-engine.ts'

const log = createLog({ name: 'test', write: () => {} })
const stateFolderOf = (folder: string): string => join(folder, '.lockstep')
const ends: (() => Promise<unknown>)[] = []
let workspace: string
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'lockstep-harbour-'))
  mkdirSync(stateFolderOf(workspace))
})
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** An engine that knows which workspace is open, and answers pages with its name. */
function namedEngine(name: string): RunningEngine & { open(folder: string | undefined): void; closed: boolean } {
  let folder: string | undefined
  const changes = new EventPublisher<{ change: { topic: 'workspace' } }>()
  const client = {
    workspace: {
      current: async () => (folder === undefined ? null : { folder, stateFolder: stateFolderOf(folder) }),
      open: async (input: { folder: string }) => {
        folder = input.folder
      },
    },
    events: async (_input: undefined, { signal }: { signal: AbortSignal }) => changes.subscribe('change', { signal }),
  }
  const engine = {
    client: client as unknown as EngineClient,
    closed: false,
    serveSocket: async (socket: WebSocket) => void socket.on('message', (data: Buffer) => socket.send(`${name}: ${data.toString()}`)),
    servePort: () => {},
    close: async () => void (engine.closed = true),
    open(next: string | undefined) {
      folder = next
      changes.publish('change', { topic: 'workspace' })
    },
  }
  return engine
}

async function host(engine: RunningEngine, folder?: string, reachableAfterMs = 0): Promise<EngineHost> {
  const started = await hostEngine({ ...(folder ? { workspace: folder } : {}), startEngine: async () => engine, reachableAfterMs, log })
  ends.push(() => started.close())
  return started
}

/** A page on the web shell of this host. */
async function page(shell: EngineHost): Promise<WebSocket> {
  const server = createServer()
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket) => shell.serveSocket(socket))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  ends.push(async () => {
    for (const client of sockets.clients) client.terminate()
    server.close()
  })
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  await new Promise((open) => socket.once('open', open))
  return socket
}

function ask(socket: WebSocket, text: string): Promise<string> {
  return new Promise((answered) => {
    socket.once('message', (data: Buffer) => answered(data.toString()))
    socket.send(text)
  })
}

it('serves its pages from its own engine', async () => {
  const shell = await host(namedEngine('one'), workspace)
  expect(await ask(await page(shell), 'hello')).toBe('one: hello')
  expect(await shell.exportFolder()).toBe(join(workspace, '.lockstep', 'exports'))
})

it('becomes a client of the shell that owns the workspace, and its successor', async () => {
  const [one, two] = [namedEngine('one'), namedEngine('two')]
  const first = await host(one, workspace)
  const second = await host(two, workspace)
  const socket = await page(second)
  expect(await ask(socket, 'hello')).toBe('one: hello')

  const gone = new Promise((closed) => socket.once('close', closed))
  await first.close()
  await gone
  expect(await ask(await page(second), 'hello again')).toBe('two: hello again')
})

it('serves others from the moment a person opens a workspace, until it is closed', async () => {
  const one = namedEngine('one')
  await host(one)
  one.open(workspace)
  const address = join(stateFolderOf(workspace), 'owner.json')
  await expect.poll(() => existsSync(address)).toBe(true)
  const second = await host(namedEngine('two'), workspace)
  expect(await ask(await page(second), 'x')).toBe('one: x')
  await second.close()
  one.open(undefined)
  await expect.poll(() => existsSync(address)).toBe(false)
  expect(await ask(await page(await host(namedEngine('three'), workspace)), 'x')).toBe('three: x')
})

it('does not start over a workspace that cannot be opened', async () => {
  const engine = namedEngine('one')
  const client = { ...engine.client, workspace: { ...engine.client.workspace, open: () => Promise.reject(new Error('no such folder')) } } as unknown as EngineClient
  await expect(hostEngine({ workspace, startEngine: async () => ({ ...engine, client }), log })).rejects.toThrow('no such folder')
})

it('waits for an owner that has just begun', async () => {
  const late = namedEngine('two')
  const open = (): Promise<never> => Promise.reject(new ORPCError('LOCKSTEP', { data: { code: 'object-busy', message: 'open elsewhere' } }))
  const client = { ...late.client, workspace: { ...late.client.workspace, open } } as unknown as EngineClient
  const second = host({ ...late, client }, workspace)
  await host(namedEngine('one'), workspace)
  expect(await ask(await page(await second), 'hello')).toBe('one: hello')
})

it('lets others share its engine once it has lived long enough', async () => {
  const address = join(stateFolderOf(workspace), 'owner.json')
  const brief = await host(namedEngine('brief'), workspace, 60_000)
  await brief.close()
  expect(existsSync(address)).toBe(false)
  await host(namedEngine('one'), workspace, 1)
  await expect.poll(() => existsSync(address)).toBe(true)
  expect(await ask(await page(await host(namedEngine('two'), workspace)), 'x')).toBe('one: x')
})
