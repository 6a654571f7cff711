import { mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createLog } from './log.ts'
import { badFrames, sendAndEnd, upgradeRaw } from './testing/raw-socket.ts'
import { browserLinkOfOwner, connectLocally, serveLocally } from './local-socket.ts'
import type { LocalServer } from './local-socket.ts'

let state: string
const servers: LocalServer[] = []
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'lockstep-state-'))
})
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function own(stateFolder: string): Promise<void> {
  servers.push(
    await serveLocally({
      stateFolder,
      attach: (socket) => socket.on('message', (data: Buffer) => socket.send(`echo ${data.toString()}`)),
      browserLink: () => 'http://127.0.0.1:1/open/abc',
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
  expect(await browserLinkOfOwner(state)).toBe('http://127.0.0.1:1/open/abc')
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

it('takes over the socket a crash left behind', async () => {
  writeFileSync(join(state, 'engine.sock'), '')
  await own(state)
  expect(await connectLocally(state)).toBeInstanceOf(WebSocket)
})

it('works in folders whose path is too long for a socket', async () => {
  const deep = join(state, 'a folder with a rather long name '.repeat(5).trim())
  mkdirSync(deep)
  await own(deep)
  const socket = await connectLocally(deep)
  expect(socket && (await echo(socket))).toBe('echo hello')
})
