import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { afterAll, describe, expect, it } from 'vitest'
import { createLimiter } from '../engine/limits/limiter.ts'
import { UnknownOutcome } from '../engine/drivers/driver.ts'
import type { DestinationProfile } from '../engine/destinations/destination.ts'
import { httpRequester } from '../engine/testing/http-requester.ts'
import { RetryBudget } from '../engine/drivers/retry.ts'
import { HttpFailure } from '../engine/ports/ports.ts'
import { systemClock } from './clock.ts'
import { createHttp } from './http.ts'

const http = createHttp({ connectTimeoutMs: 1500, idleTimeoutMs: 1000 })
const open: { server: Server; sockets: Set<Socket> }[] = []
afterAll(async () => {
  await http.close()
  for (const { server, sockets } of open.splice(0)) {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
})

/** What a peer does once the request is there; `request` is everything that came, head and body. */
type Behaviour = (socket: Socket, request: string, turn: number) => void

/** A server that speaks no HTTP of its own: it reads a request and then misbehaves. */
async function peer(behave: Behaviour): Promise<{ url: string; requests: string[] }> {
  const requests: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    let text = ''
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      text += chunk.toString()
      if (!isWhole(text)) return
      const request = text
      text = ''
      requests.push(request)
      behave(socket, request, requests.length)
    })
  })
  open.push({ server, sockets })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests }
}

function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n')
  const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0)
  return end >= 0 && Buffer.byteLength(text.slice(end + 4)) >= length
}

const whole = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 11\r\n\r\n{"ok":true}'
const headOf100 = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n'

const misbehaviours: Record<string, { behave: Behaviour; sent: 'no' | 'maybe'; reason: HttpFailure['reason'] }> = {
  'says nothing at all': { behave: () => undefined, sent: 'maybe', reason: 'timeout' },
  'resets the connection': { behave: (socket) => socket.resetAndDestroy(), sent: 'maybe', reason: 'reset' },
  'hangs up its side and says nothing (half-closed)': { behave: (socket) => socket.end(), sent: 'maybe', reason: 'reset' },
  'hangs up in the middle of the head': { behave: (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-len'), sent: 'maybe', reason: 'reset' },
  'cuts the body short': { behave: (socket) => socket.end(`${headOf100}{"ok":`), sent: 'maybe', reason: 'truncated' },
  'resets in the middle of the body': { behave: (socket) => socket.write(`${headOf100}{"ok":`, () => setTimeout(() => socket.resetAndDestroy(), 30)), sent: 'maybe', reason: 'truncated' },
  'stops in the middle of the body': { behave: (socket) => void socket.write(`${headOf100}{"ok":`), sent: 'maybe', reason: 'timeout' },
  'drips its body for ever': { behave: (socket) => void drip(socket), sent: 'maybe', reason: 'timeout' },
  'answers with something that is not HTTP': { behave: (socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'), sent: 'maybe', reason: 'reset' },
  'cuts a chunked body short': { behave: (socket) => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n40\r\n{"ok"'), sent: 'maybe', reason: 'truncated' },
}

async function drip(socket: Socket): Promise<void> {
  socket.write(headOf100)
  while (socket.writable) {
    socket.write(' ')
    await new Promise((later) => setTimeout(later, 100))
  }
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(() => undefined, (error: unknown) => error)
}

describe.concurrent('a peer that', () => {
  it.each(Object.entries(misbehaviours))('%s leaves no doubt about what is known', async (_name, { behave, sent, reason }) => {
    const { url } = await peer(behave)
    const failure = await failureOf(http.request({ method: 'POST', url, body: '{"tier":"gold"}', timeoutMs: 2500 }))
    expect(failure).toBeInstanceOf(HttpFailure)
    expect(failure).toMatchObject({ sent, reason })
  })

  it('never finishes the handshake was never sent anything', async () => {
    const { url, requests } = await peer(() => undefined)
    const failure = await failureOf(http.request({ method: 'POST', url: url.replace('http:', 'https:'), body: '{}', timeoutMs: 400 }))
    expect(failure).toMatchObject({ sent: 'no', reason: 'timeout' })
    expect(requests).toEqual([])
  })

  it('never finishes the handshake is given up after the connect timeout, long before the deadline', async () => {
    const { url } = await peer(() => undefined)
    const startedAt = performance.now()
    expect(await failureOf(http.request({ method: 'POST', url: url.replace('http:', 'https:'), body: '{}', timeoutMs: 60_000 }))).toMatchObject({ sent: 'no', reason: 'timeout' })
    expect(performance.now() - startedAt).toBeLessThan(5000)
  })

  it('is slow, but keeps going, is waited for', async () => {
    const { url } = await peer((socket) => {
      for (const [at, part] of [whole.slice(0, 20), whole.slice(20, 70), whole.slice(70)].entries()) setTimeout(() => socket.write(part), at * 250)
    })
    expect(await http.request({ method: 'GET', url, timeoutMs: 3000 })).toMatchObject({ status: 200, body: '{"ok":true}' })
  })
})

describe('after the machine slept', () => {
  it('no old connection is used', async () => {
    let asleep = 0
    const awake = createHttp({ clock: { now: () => Date.now() + asleep, monotonic: () => performance.now() } })
    let connections = 0
    const { url } = await peer((socket) => socket.write(whole))
    open.at(-1)?.server.on('connection', () => (connections += 1))
    const ask = async () => {
      await awake.request({ method: 'GET', url, timeoutMs: 1000 })
      await systemClock.sleep(20)
    }
    await ask()
    await ask()
    expect(connections).toBe(1)
    asleep = 3_600_000
    await ask()
    expect(connections).toBe(2)
    await awake.close()
  })
})

const profile: DestinationProfile = {
  rowsPerRead: 100, rowsPerReadWithHistory: 50, rowsPerWrite: 100, bytesPerWrite: 1_000_000, limits: [], requestTimeoutMs: 800, consistencyDelayMs: 0, changeFeedDelayMs: 0,
  readBack: 'by id or key', attribution: 'none', settle: 'strong read', jobPollMs: 1000, retry: { attempts: 4, baseMs: 10, capMs: 40 },
}

/** The engine's own HTTP over the real network. */
function destination(baseUrl: string) {
  return httpRequester({
    connection: { id: 'crm', name: 'Sample CRM', destination: 'HubSpot' },
    http, clock: systemClock, random: { next: () => 0.5 }, limiter: createLimiter(systemClock, []), retries: new RetryBudget(systemClock), baseUrl, headers: {}, profile,
  })
}

const write = { method: 'POST', path: '/batch', json: { inputs: [1] }, effect: 'write' } as const

describe.concurrent('a write', () => {
  it.each(Object.entries(misbehaviours))('to a peer that %s is sent once, and its outcome is not known', async (_name, { behave }) => {
    const { url, requests } = await peer(behave)
    expect(await failureOf(destination(url).request(write))).toBeInstanceOf(UnknownOutcome)
    expect(requests).toHaveLength(1)
  })

  it.each([
    ['429 without a word', '429 Too Many Requests', ''],
    ['429 with seconds', '429 Too Many Requests', 'retry-after: 0.2\r\n'],
    ['429 with a date', '429 Too Many Requests', `retry-after: ${new Date(Date.now() + 500).toUTCString()}\r\n`],
    ['429 with nonsense', '429 Too Many Requests', 'retry-after: soon\r\n'],
  ])('that is refused with %s was not processed, and goes again', async (_name, status, header) => {
    const { url, requests } = await peer((socket, _request, turn) => socket.write(turn === 1 ? `HTTP/1.1 ${status}\r\n${header}content-length: 0\r\n\r\n` : whole))
    expect(await destination(url).request(write)).toMatchObject({ status: 200 })
    expect(requests).toHaveLength(2)
  })

  it('that meets a 503 may have been applied: it is not sent again, and others wait as long as the answer asks', async () => {
    const { url, requests } = await peer((socket, _request, turn) => socket.write(turn === 1 ? 'HTTP/1.1 503 Service Unavailable\r\nretry-after: 0.3\r\ncontent-length: 0\r\n\r\n' : whole))
    const crm = destination(url)
    expect(await failureOf(crm.request(write))).toBeInstanceOf(UnknownOutcome)
    const startedAt = performance.now()
    await crm.request({ method: 'GET', path: '/things', effect: 'read' })
    expect(performance.now() - startedAt).toBeGreaterThan(250)
    expect(requests).toHaveLength(2)
  })
})

describe.concurrent('a read', () => {
  it.each(Object.entries(misbehaviours))('from a peer that %s once is simply repeated', async (_name, { behave }) => {
    const { url, requests } = await peer((socket, request, turn) => (turn === 1 ? behave(socket, request, turn) : void socket.write(whole)))
    expect(await destination(url).request({ method: 'GET', path: '/things', effect: 'read' })).toMatchObject({ body: { ok: true } })
    expect(requests).toHaveLength(2)
  })
})
