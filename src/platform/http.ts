import { Readable } from 'node:stream'
import { getCACertificates } from 'node:tls'
import type { Dispatcher, Pool } from 'undici'
import { isLoopback } from '../engine/drivers/api-address.ts'
import { HttpFailure } from '../engine/ports/ports.ts'
import type { Clock, Http, HttpRequest, HttpResponse } from '../engine/ports/ports.ts'
import { systemClock } from './clock.ts'
import { toHttpFailure } from './http-failures.ts'

/** A connection that is not there by then: nothing was sent. */
const CONNECT_TIMEOUT_MS = 10_000
/** An answer that has begun and then says nothing for so long has stopped; the caller's deadline covers the whole. */
const IDLE_TIMEOUT_MS = 20_000
/** Far above any page a vendor sends; keeps a broken peer from filling the memory. */
const LARGEST_ANSWER_BYTES = 64 * 1024 * 1024
const CONNECTIONS_PER_ORIGIN = 16
/** The wall clock ran on and the monotonic one did not: the machine slept, and what was connected is gone. */
const SLEPT_MS = 5000

/** The network for the engine: one pool per origin, no redirects, TLS everywhere but on this machine. */
export interface NodeHttp extends Http {
  close(): Promise<void>
}

export interface NodeHttpOptions {
  connectTimeoutMs?: number
  idleTimeoutMs?: number
  clock?: Pick<Clock, 'now' | 'monotonic'>
}

export function createHttp({ connectTimeoutMs = CONNECT_TIMEOUT_MS, idleTimeoutMs = IDLE_TIMEOUT_MS, clock = systemClock }: NodeHttpOptions = {}): NodeHttp {
  const pools = new Map<string, Pool>()
  /** An answer that comes in pieces may be larger than what a string may be. */
  const streams = new Map<string, Pool>()
  let ahead = clock.now() - clock.monotonic()

  /** The library is loaded with the first request: most commands make none. */
  async function poolFor(origin: string, inPieces: boolean): Promise<Pool> {
    const among = inPieces ? streams : pools
    const known = among.get(origin)
    if (known) return known
    const { Pool } = await import('undici')
    // Another request of the same moment may have been first.
    let pool = among.get(origin)
    if (!pool) {
      pool = new Pool(origin, {
        connections: CONNECTIONS_PER_ORIGIN,
        pipelining: 1,
        ...(inPieces ? {} : { maxResponseSize: LARGEST_ANSWER_BYTES }),
        // Until an answer begins only the caller's deadline counts: a large batch may take its time.
        headersTimeout: 0,
        bodyTimeout: idleTimeoutMs,
        connect: { timeout: connectTimeoutMs, ...(origin.startsWith('https:') ? { ca: trustedAuthorities() } : {}) },
      })
      among.set(origin, pool)
    }
    return pool
  }

  /** After sleep every request gets a new connection: a dead one would lose its answer. */
  function forgetConnectionsAfterSleep(): void {
    const now = clock.now() - clock.monotonic()
    const slept = now - ahead > SLEPT_MS
    ahead = now
    if (!slept) return
    for (const known of [pools, streams]) {
      for (const pool of known.values()) void pool.close()
      known.clear()
    }
  }

  return {
    async request(request) {
      const url = checkedUrl(request.url)
      if (request.signal?.aborted) throw new HttpFailure('no', 'aborted', 'The request was cancelled before it was sent.')
      forgetConnectionsAfterSleep()
      return exchange(await poolFor(url.origin, request.inPieces === true), url, request)
    },
    async close() {
      await Promise.all([...pools.values(), ...streams.values()].map((pool) => pool.destroy()))
      pools.clear()
      streams.clear()
    },
  }
}

async function exchange(pool: Pool, url: URL, request: HttpRequest): Promise<HttpResponse> {
  const deadline = deadlineIn(request.timeoutMs)
  const signal = request.signal ? AbortSignal.any([deadline.signal, request.signal]) : deadline.signal
  const progress = { begun: false, answered: false }
  const waiting = untilAborted(signal, () => !progress.begun)
  const failure = (error: unknown): HttpFailure => {
    const cut = request.signal?.aborted ? 'aborted' : deadline.signal.aborted ? 'timeout' : undefined
    return toHttpFailure(error, { host: url.host, ...progress, cut, timeoutMs: request.timeoutMs })
  }
  try {
    const answering = watched(pool, () => {
      progress.begun = true
    }).request({
      method: request.method,
      path: `${url.pathname}${url.search}`,
      headers: request.headers ?? {},
      body: typeof request.body === 'function' ? Readable.from(request.body()) : (request.body ?? null),
      signal,
    })
    const answer = await Promise.race([answering, waiting.aborted])
    progress.answered = true
    const head = { status: answer.statusCode, headers: flatHeaders(answer.headers) }
    if (!request.inPieces) return { ...head, body: await answer.body.text() }
    return { ...head, body: '', pieces: piecesOf(answer.body, failure) }
  } catch (error) {
    throw failure(error)
  } finally {
    deadline.stop()
    waiting.stop()
  }
}

/** A piece that does not come in time ends it too: that is the pool's idle time. */
async function* piecesOf(body: AsyncIterable<Uint8Array>, failure: (error: unknown) => HttpFailure): AsyncGenerator<Uint8Array> {
  const pieces = body[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await pieces.next().catch((error: unknown) => {
        throw failure(error)
      })
      if (next.done) return
      yield next.value
    }
  } finally {
    await pieces.return?.()
  }
}

function deadlineIn(milliseconds: number): { signal: AbortSignal; stop(): void } {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(new DOMException('The time is over', 'TimeoutError')), milliseconds)
  timer.unref()
  return { signal: controller.signal, stop: () => clearTimeout(timer) }
}

/** The pool, telling the moment before the first byte of a request leaves. */
function watched(pool: Pool, begin: () => void): Dispatcher {
  return pool.compose((dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart: (controller, context) => {
        // Throws when the request was given up meanwhile; then nothing leaves.
        handler.onRequestStart?.(controller, context)
        begin()
      },
      onRequestUpgrade: (controller, status, headers, socket) => handler.onRequestUpgrade?.(controller, status, headers, socket),
      onResponseStart: (controller, status, headers, statusText) => handler.onResponseStart?.(controller, status, headers, statusText),
      onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
      onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
      onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
    }),
  )
}

/** Rejects when the signal ends while `applies`: a request that waits for a connection is given up at once. */
function untilAborted(signal: AbortSignal, applies: () => boolean): { aborted: Promise<never>; stop(): void } {
  let stop = (): void => undefined
  const aborted = new Promise<never>((_resolve, reject) => {
    const end = (): void => {
      if (applies()) reject(signal.reason as Error)
    }
    signal.addEventListener('abort', end, { once: true })
    stop = () => signal.removeEventListener('abort', end)
  })
  return { aborted, stop }
}

function checkedUrl(text: string): URL {
  const url = URL.parse(text)
  if (!url) throw new HttpFailure('no', 'name', 'The address of the destination is not a valid URL.')
  if (url.username || url.password) throw new HttpFailure('no', 'name', `The address of ${url.host} must not contain a user name or password.`)
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) return url
  throw new HttpFailure('no', 'refused', `${url.host} must be reached over https; plain http is only for this machine.`)
}

function flatHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value
  }
  return flat
}

let authorities: string[] | undefined

/** Node's own list plus the operating system's, where companies put the certificate of their proxy. */
function trustedAuthorities(): string[] {
  authorities ??= [...new Set([...getCACertificates('default'), ...getCACertificates('system')])]
  return authorities
}
