import { chmodSync, lchownSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { createLog } from './log.ts'
import { badFrames, sendAndEnd, upgradeRaw } from './testing/raw-socket.ts'
import { serveLocally } from './local-server.ts'
import type { LocalServer } from './local-server.ts'
import { browserLinkOfOwner, connectLocally } from './local-socket.ts'

const link = `http://127.0.0.1:1234/open/${'a'.repeat(43)}`
let state: string
const servers: LocalServer[] = []
const ends: (() => unknown)[] = []
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'lockstep-state-'))
})
afterEach(async () => {
  for (const end of ends.splice(0)) end()
  for (const server of servers.splice(0)) await server.close()
})

async function own(stateFolder: string, browserLink = link): Promise<void> {
  servers.push(
    await serveLocally({
      stateFolder,
      attach: (socket) => socket.on('message', (data: Buffer) => socket.send(`echo ${data.toString()}`)),
      browserLink: () => browserLink,
      log: createLog({ name: 'test', write: () => {} }),
    }),
  )
}

function echo(socket: WebSocket): Promise<string> {
  return new Promise((done) => {
    socket.once('message', (data: Buffer) => {
      done(data.toString())
      socket.close()
    })
    socket.send('hello')
  })
}

it('connects another shell of the same person to the owner', async () => {
  await own(state)
  const socket = await connectLocally(state)
  expect(socket && (await echo(socket))).toBe('echo hello')
  expect(await browserLinkOfOwner(state)).toBe(link)
  expect(statSync(join(state, 'owner.json')).mode & 0o777).toBe(0o600)
})

it('refuses whoever does not know the token', async () => {
  await own(state)
  const address = JSON.parse(readFileSync(join(state, 'owner.json'), 'utf8')) as Record<string, string>
  writeFileSync(join(state, 'owner.json'), JSON.stringify({ ...address, token: 'guess' }))
  expect(await connectLocally(state)).toBeUndefined()
  expect(await browserLinkOfOwner(state)).toBeUndefined()
})

it('finds nobody where there never was an owner, or where it crashed', async () => {
  expect(await connectLocally(state)).toBeUndefined()
  writeFileSync(join(state, 'owner.json'), JSON.stringify({ socket: join(state, 'engine.sock'), token: 'x', pid: 1 }))
  expect(await connectLocally(state)).toBeUndefined()
  writeFileSync(join(state, 'owner.json'), '{"half')
  expect(await connectLocally(state)).toBeUndefined()
})

it.each(Object.entries(badFrames))('outlives a shell that breaks the protocol: %s', async (_what, frame) => {
  await own(state)
  const { socket, token } = JSON.parse(readFileSync(join(state, 'owner.json'), 'utf8')) as { socket: string; token: string }
  const stream = await upgradeRaw({ socketPath: socket, path: '/rpc', headers: { authorization: `Bearer ${token}` } })
  if (typeof stream === 'number') throw new Error(`refused with ${stream}`)
  await sendAndEnd(stream, frame)
  const other = await connectLocally(state)
  expect(other && (await echo(other))).toBe('echo hello')
})

it('takes away the socket a crash left behind', async () => {
  writeFileSync(join(state, 'engine.sock'), '')
  await own(state)
  expect(await connectLocally(state)).toBeInstanceOf(WebSocket)
  expect(readdirSync(state).filter((name) => name.endsWith('.sock'))).toHaveLength(1)
})

it('an owner that lost the workspace and wakes takes nothing of its successor away', async () => {
  await own(state)
  await own(state)
  await servers.shift()?.close()
  const socket = await connectLocally(state)
  expect(socket && (await echo(socket))).toBe('echo hello')
})

describe('an owner that was stopped', () => {
  /** Takes connections, as the system does for a stopped process, and says what it is told to. */
  async function listen(answer: (server: Server) => void): Promise<void> {
    await own(state)
    const { socket } = JSON.parse(readFileSync(join(state, 'owner.json'), 'utf8')) as { socket: string }
    rmSync(socket)
    const server = createServer()
    answer(server)
    await new Promise<void>((ready) => server.listen(socket, ready))
    chmodSync(socket, 0o600)
    ends.push(() => server.close())
  }

  it('before it answered is nobody, soon', async () => {
    await listen((server) => server.on('request', () => {}).on('upgrade', () => {}))
    expect(await connectLocally(state, { patienceMs: 30 })).toBeUndefined()
    expect(await browserLinkOfOwner(state, 30)).toBeUndefined()
  })

  it('afterwards is given up, so that no call waits for ever', async () => {
    const sockets = new WebSocketServer({ noServer: true, autoPong: false })
    await listen((server) => server.on('upgrade', (request, stream, head) => sockets.handleUpgrade(request, stream, head, () => {})))
    const socket = await connectLocally(state, { lookMs: 10 })
    expect(await new Promise((closed) => socket?.once('close', closed))).toBe(1006)
  })

  it('that only thinks for long is not', async () => {
    await own(state)
    const socket = await connectLocally(state, { lookMs: 5 })
    for (let looks = 0; looks < 10; looks++) await new Promise((heard) => socket?.once('pong', heard))
    expect(socket?.readyState).toBe(WebSocket.OPEN)
    socket?.close()
  })
})

describe('an address that somebody else may have put there is not believed', () => {
  const address = () => join(state, 'owner.json')
  const socketPath = () => (JSON.parse(readFileSync(address(), 'utf8')) as { socket: string }).socket

  it.each<[string, () => void]>([
    ['a folder that others may write to', () => chmodSync(state, 0o777)],
    ['a file that others may read', () => chmodSync(address(), 0o644)],
    ['a file that others may write', () => chmodSync(address(), 0o660)],
    ['a link in the place of the file', () => (renameSync(address(), `${address()}.real`), symlinkSync(`${address()}.real`, address()))],
    ['a socket that others may use', () => chmodSync(socketPath(), 0o666)],
    ['a link in the place of the socket', () => {
      const real = socketPath()
      renameSync(real, `${real}.real`)
      symlinkSync(`${real}.real`, real)
    }],
    ['a socket outside the state folder', () => {
      const elsewhere = join(mkdtempSync(join(tmpdir(), 'lockstep-other-')), 'engine-00000000.sock')
      renameSync(socketPath(), elsewhere)
      writeFileSync(address(), readFileSync(address(), 'utf8').replace(socketPath(), elsewhere))
    }],
    ['a path that leads outside', () => writeFileSync(address(), readFileSync(address(), 'utf8').replace(`${state}/`, `${state}/x/../`))],
  ])('%s', async (_what, spoil) => {
    await own(state)
    spoil()
    expect(await connectLocally(state)).toBeUndefined()
    expect(await browserLinkOfOwner(state)).toBeUndefined()
  })

  // Only root may give a file away.
  it.runIf(userInfo().uid === 0).each<[string, () => string]>([
    ['the folder', () => state],
    ['the file', address],
    ['the socket', socketPath],
  ])('%s of another user', async (_what, path) => {
    await own(state)
    lchownSync(path(), 65_534, 65_534)
    expect(await connectLocally(state)).toBeUndefined()
  })

  it('a state folder made by hand is closed to others when it is taken', async () => {
    chmodSync(state, 0o775)
    await own(state)
    expect(statSync(state).mode & 0o777).toBe(0o700)
    expect(await connectLocally(state)).toBeInstanceOf(WebSocket)
  })
})

it.each(['https://evil.example/open/aaaaaaaaaaaaaaaaaaaa', 'http://127.0.0.1.evil.example/open/aaaaaaaaaaaaaaaaaaaa', 'http://127.0.0.1:80@evil.example/open/aaaaaaaaaaaaaaaaaaaa', 'javascript:alert(1)', `${'x'.repeat(10_000)}`])('does not open %s in a browser, whoever says so', async (given) => {
  await own(state, given)
  expect(await browserLinkOfOwner(state)).toBeUndefined()
})

it('works in folders whose path is too long for a socket', async () => {
  const deep = join(state, 'a folder with a rather long name '.repeat(5).trim())
  mkdirSync(deep)
  await own(deep)
  const socket = await connectLocally(deep)
  expect(socket && (await echo(socket))).toBe('echo hello')
})
