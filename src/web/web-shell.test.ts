import { mkdirSync, mkdtempSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { request } from 'node:http'
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createLog } from '../platform/log.ts'
import { NONCE_PLACEHOLDER } from '../platform/page-policy.ts'
import { badFrames, sendAndEnd, upgradeRaw } from '../platform/testing/raw-socket.ts'
import { builtPages } from './pages.ts'
import { createSessions } from './sessions.ts'
import { startWebShell } from './web-shell.ts'
import type { WebShell } from './web-shell.ts'

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

let folder: string
let shell: WebShell
let cookie: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-web-'))
  const renderer = join(folder, 'renderer')
  mkdirSync(join(renderer, 'assets'), { recursive: true })
  writeFileSync(join(renderer, 'index.html'), `<meta property="csp-nonce" nonce="${NONCE_PLACEHOLDER}"><div id="root"></div>`)
  writeFileSync(join(renderer, 'assets', 'main-abc.js'), 'export {}')
  writeFileSync(join(folder, 'private.txt'), 'private')
  symlinkSync(join(folder, 'private.txt'), join(renderer, 'assets', 'link.txt'))
  mkdirSync(join(folder, 'exports', 'e-1'), { recursive: true })
  writeFileSync(join(folder, 'exports', 'e-1', 'audit.jsonl'), '{}')
  shell = await startWebShell({
    port: 0,
    pages: (host) => builtPages(renderer, host),
    attach: (socket) => socket.send('hello'),
    uploadFolder: async () => join(folder, 'uploads'),
    exportFolder: async () => join(folder, 'exports'),
    log: createLog({ name: 'web', write: () => {} }),
    largestUpload: 1000,
  })
  cookie = cookieOf(await ask(new URL(shell.newLink()).pathname))
})
afterEach(() => shell.close())

function ask(path: string, headers: OutgoingHttpHeaders = {}, body?: string, method = body === undefined ? 'GET' : 'POST'): Promise<Answer> {
  const { port } = new URL(shell.address)
  return new Promise((done, failed) => {
    const asking = request({ host: '127.0.0.1', port, path, method, headers: { ...headers } }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      answer.on('end', () => done({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }))
    })
    asking.on('error', failed)
    asking.end(body)
  })
}

function cookieOf(answer: Answer): string {
  return answer.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
}

function openSocket(headers: Record<string, string>, path = '/rpc'): Promise<string> {
  const socket = new WebSocket(`${shell.address.replace('http', 'ws')}${path}`, { headers })
  return new Promise((done) => {
    socket.once('message', (data: Buffer) => {
      done(data.toString())
      socket.close()
    })
    socket.once('error', (error) => done(error.message))
  })
}

describe('the link that is printed', () => {
  it('lets one browser in, once, with a cookie no script can read', async () => {
    const link = new URL(shell.newLink()).pathname
    const first = await ask(link)
    expect(first.status).toBe(200)
    expect(first.headers['set-cookie']?.[0]).toMatch(new RegExp(`^lockstep_${new URL(shell.address).port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`))
    expect((await ask(link)).status).toBe(403)
    expect((await ask('/', { cookie: cookieOf(first) })).status).toBe(200)
  })

  it('is not used up by whoever only looks where it leads', async () => {
    const link = new URL(shell.newLink()).pathname
    expect(await ask(link, {}, undefined, 'HEAD')).toMatchObject({ status: 200 })
    for (const looking of [{ 'sec-purpose': 'prefetch;prerender' }, { purpose: 'prefetch' }, { 'x-moz': 'prefetch' }]) expect(cookieOf(await ask(link, looking))).toBe('')
    expect(cookieOf(await ask(link))).not.toBe('')
  })

  it('cannot be guessed, and grows old', async () => {
    expect((await ask('/open/')).status).toBe(403)
    expect((await ask('/open/AAAA')).status).toBe(403)
    let time = 0
    const sessions = createSessions(1, () => time)
    const token = sessions.issueToken()
    time = 13 * 60 * 60 * 1000
    expect(sessions.redeem(token)).toBeUndefined()
  })
})

describe('nobody gets in', () => {
  it('without a session', async () => {
    const answer = await ask('/')
    expect(answer.status).toBe(403)
    expect(answer.body).toContain('Open Lockstep with the address it printed')
    expect((await ask('/assets/main-abc.js')).status).toBe(403)
    expect((await ask('/', { cookie: `${cookie}x` })).status).toBe(403)
  })

  it.each(['localhost', 'evil.example', '127.0.0.1', '127.0.0.1.evil.example'])('under the name %s', async (name) => {
    const port = name === '127.0.0.1' ? '' : `:${new URL(shell.address).port}`
    expect((await ask('/', { cookie, host: `${name}${port}` })).status).toBe(403)
  })

  it('from another site', async () => {
    expect((await ask('/', { cookie, origin: 'https://evil.example' })).status).toBe(403)
    expect((await ask('/assets/main-abc.js', { cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await ask('/upload?name=a.csv', { cookie, origin: 'https://evil.example' }, 'a')).status).toBe(403)
    expect((await ask('/upload?name=a.csv', { cookie }, 'a')).status).toBe(403)
  })
})

describe('the socket', () => {
  it('opens for our page only', async () => {
    const origin = shell.address
    expect(await openSocket({ cookie, origin })).toBe('hello')
    expect(await openSocket({ cookie, origin: 'http://evil.example' })).toContain('403')
    expect(await openSocket({ cookie })).toContain('403')
    expect(await openSocket({ origin })).toContain('403')
    expect(await openSocket({ cookie, origin, host: 'evil.example' })).toContain('403')
    expect(await openSocket({ cookie, origin }, '/other')).toContain('403')
  })
})

describe('whoever breaks the protocol', () => {
  const upgrade = (headers: OutgoingHttpHeaders = {}, path = '/rpc') => upgradeRaw({ host: '127.0.0.1', port: new URL(shell.address).port, path, headers: { cookie, origin: shell.address, ...headers } })

  it.each(Object.entries(badFrames))('is closed, and nobody else: %s', async (_what, frame) => {
    const stream = await upgrade()
    if (typeof stream === 'number') throw new Error(`refused with ${stream}`)
    await sendAndEnd(stream, frame)
    expect(await openSocket({ cookie, origin: shell.address })).toBe('hello')
  })

  it('going away while it is refused hurts nobody', async () => {
    const { port } = new URL(shell.address)
    for (let times = 0; times < 20; times++) {
      const gone = connect(Number(port), '127.0.0.1')
      gone.on('error', () => {})
      await once(gone, 'connect')
      gone.write(`GET /rpc HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n`)
      gone.resetAndDestroy()
    }
    expect(await openSocket({ cookie, origin: shell.address })).toBe('hello')
  })

  it.each([{}, { origin: 'https://evil.example', cookie: '' }])('gets no reload socket of a development server', async (headers) => {
    expect(await upgrade({ 'sec-websocket-protocol': 'vite-hmr', ...headers }, '/')).toBe(403)
  })
})

describe('the page', () => {
  it('comes with a strict policy and a fresh nonce each time', async () => {
    const [one, other] = [await ask('/', { cookie }), await ask('/', { cookie })]
    const nonce = /nonce="([^"]+)"/.exec(one.body)?.[1] ?? ''
    expect(nonce).not.toBe(NONCE_PLACEHOLDER)
    expect(one.headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`)
    expect(one.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';")
    expect(one.headers['content-security-policy']).not.toContain('unsafe')
    expect(other.body).not.toContain(nonce)
    expect(one.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  })

  it('gets its files and nothing beside them', async () => {
    expect(await ask('/assets/main-abc.js', { cookie })).toMatchObject({ status: 200, body: 'export {}' })
    for (const path of ['/../private.txt', '/%2e%2e/private.txt', '/assets/..%2f..%2fprivate.txt', '/assets/link.txt', '/assets/%00.js', '/assets\\..\\x.js', '/%ZZ.js']) {
      const answer = await ask(path, { cookie })
      expect(answer.body, path).not.toContain('private')
      expect(answer.status, path).toBe(404)
    }
  })
})

describe('a dropped file', () => {
  it('keeps its name in a folder of its own', async () => {
    const answer = await ask(`/upload?name=${encodeURIComponent('../../Kunden Zürich.csv')}`, { cookie, origin: shell.address }, 'id\n1\n')
    expect(answer.status).toBe(200)
    const { path, bytes } = JSON.parse(answer.body) as { path: string; bytes: number }
    expect(path.startsWith(join(folder, 'uploads'))).toBe(true)
    expect(path.endsWith('/Kunden Zürich.csv')).toBe(true)
    expect(readFileSync(path, 'utf8')).toBe('id\n1\n')
    expect(bytes).toBe(5)
  })

  it('that is too large or has no name is refused, and nothing of it stays', async () => {
    const long = 'x'.repeat(2000)
    expect((await ask('/upload?name=a.csv', { cookie, origin: shell.address }, long)).status).toBe(413)
    expect((await ask('/upload?name=a.csv', { cookie, origin: shell.address, 'transfer-encoding': 'chunked' }, long)).status).toBe(413)
    expect((await ask('/upload?name=..', { cookie, origin: shell.address }, 'x')).status).toBe(400)
    expect(readdirSync(folder).includes('uploads') ? readdirSync(join(folder, 'uploads')) : []).toEqual([])
  })
})

it('hands out files of exports and nothing beside them', async () => {
  const answer = await ask('/exports/e-1/audit.jsonl', { cookie })
  expect(answer).toMatchObject({ status: 200, body: '{}' })
  expect(answer.headers['content-disposition']).toContain('attachment')
  for (const path of ['/exports/..%2f/private.txt', '/exports/e-1/..%2f..%2f..%2fprivate.txt', '/exports/e-1/', '/exports/e-2/audit.jsonl']) {
    expect((await ask(path, { cookie })).status, path).toBe(404)
  }
})
