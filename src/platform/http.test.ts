import { once } from 'node:events'
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { HttpFailure } from '../engine/ports/ports.ts'
import { createHttp } from './http.ts'

const http = createHttp()
const servers: ReturnType<typeof createServer>[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function failureOf(work: Promise<unknown>): Promise<HttpFailure> {
  const failure = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(failure).toBeInstanceOf(HttpFailure)
  return failure as HttpFailure
}

async function allOf(pieces: AsyncIterable<Uint8Array> | undefined): Promise<Uint8Array[]> {
  const all: Uint8Array[] = []
  for await (const piece of pieces ?? []) all.push(piece)
  return all
}

describe('an answer', () => {
  it('comes with its status, lower-case headers and body', async () => {
    const url = await serve((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => response.writeHead(429, { 'Retry-After': '3', 'X-Two': ['a', 'b'] }).end(`${request.method} ${body}`))
    })
    const answer = await http.request({ method: 'POST', url: `${url}/x?y=1`, body: 'Zürich', timeoutMs: 2000 })
    expect(answer).toMatchObject({ status: 429, body: 'POST Zürich' })
    expect(answer.headers).toMatchObject({ 'retry-after': '3', 'x-two': 'a, b' })
  })

  it('that redirects is handed on, not followed', async () => {
    const url = await serve((_request, response) => response.writeHead(302, { location: 'https://example.com/' }).end())
    expect((await http.request({ method: 'GET', url, timeoutMs: 2000 })).status).toBe(302)
  })
})

describe('an answer in pieces', () => {
  it('of 100 MB is read with flat memory, longer than the time for its beginning', async () => {
    const piece = Buffer.alloc(1024 * 1024, 'x')
    const url = await serve(async (_request, response) => {
      response.writeHead(200)
      for (let sent = 0; sent < 100; sent += 1) if (!response.write(piece)) await once(response, 'drain')
      response.end()
    })
    const { body, pieces = [] } = await http.request({ method: 'GET', url, inPieces: true, timeoutMs: 50 })
    let [bytes, most] = [0, 0]
    await new Promise((resolve) => setTimeout(resolve, 80))
    for await (const part of pieces) {
      bytes += part.length
      most = Math.max(most, part.length)
    }
    expect([body, bytes]).toEqual(['', 100 * piece.length])
    expect(most).toBeLessThan(2 * piece.length)
  })

  it('says so when it breaks off, and ends when nobody reads on', async () => {
    let ended = false
    const url = await serve((request, response) => {
      response.on('close', () => (ended = true))
      response.writeHead(200, { 'content-length': '1000' }).write('some')
      if (request.url === '/broken') setTimeout(() => response.destroy(), 20)
    })
    const broken = await http.request({ method: 'GET', url: `${url}/broken`, inPieces: true, timeoutMs: 2000 })
    const failure = await failureOf(allOf(broken.pieces))
    expect(failure).toMatchObject({ sent: 'maybe', reason: 'truncated' })
    ended = false
    const { pieces = [] } = await http.request({ method: 'GET', url, inPieces: true, timeoutMs: 2000 })
    for await (const _part of pieces) break
    await expect.poll(() => ended).toBe(true)
  })
})

describe('a body in pieces', () => {
  it('is sent as it is made', async () => {
    const url = await serve((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => response.end(body))
    })
    const body = async function* () {
      yield 'id\n'
      yield Buffer.from('Zürich\n')
    }
    expect(await http.request({ method: 'PUT', url, body, timeoutMs: 2000 })).toMatchObject({ body: 'id\nZürich\n' })
  })
})

describe('a request without an answer', () => {
  it('was not sent when nobody listens', async () => {
    const failure = await failureOf(http.request({ method: 'POST', url: 'http://127.0.0.1:9/', timeoutMs: 2000 }))
    expect(failure).toMatchObject({ sent: 'no', reason: 'refused' })
  })

  it('may have been sent when the time runs out', async () => {
    const url = await serve(() => {})
    const failure = await failureOf(http.request({ method: 'POST', url, body: '{}', timeoutMs: 60 }))
    expect(failure).toMatchObject({ sent: 'maybe', reason: 'timeout' })
    expect(failure.message).toContain('did not answer within 60 ms')
  })

  it('may have been sent when the connection breaks before the answer', async () => {
    const url = await serve((request) => request.socket.destroy())
    expect(await failureOf(http.request({ method: 'POST', url, body: '{}', timeoutMs: 2000 }))).toMatchObject({ sent: 'maybe', reason: 'reset' })
  })

  it('may have been sent when the connection breaks within the answer', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half', () => response.destroy())
    })
    expect(await failureOf(http.request({ method: 'GET', url, timeoutMs: 2000 }))).toMatchObject({ sent: 'maybe', reason: 'truncated' })
  })

  it('says that it was cancelled, before and while under way', async () => {
    const url = await serve(() => {})
    expect(await failureOf(http.request({ method: 'GET', url, timeoutMs: 2000, signal: AbortSignal.abort() }))).toMatchObject({ sent: 'no', reason: 'aborted' })
    const underWay = http.request({ method: 'GET', url, timeoutMs: 2000, signal: AbortSignal.timeout(30) })
    expect(await failureOf(underWay)).toMatchObject({ sent: 'maybe', reason: 'aborted' })
  })
})

describe('an address', () => {
  it.each(['http://example.com/', 'http://127.0.0.1.example.com/', 'http://10.0.0.1/', 'ftp://127.0.0.1/'])('%s is refused without TLS', async (url) => {
    expect(await failureOf(http.request({ method: 'GET', url, timeoutMs: 500 }))).toMatchObject({ sent: 'no', reason: 'refused' })
  })

  it('never carries a login', async () => {
    const failure = await failureOf(http.request({ method: 'GET', url: 'https://user:hunter22@example.com/', timeoutMs: 500 }))
    expect(failure.message).not.toContain('hunter22')
  })
})
