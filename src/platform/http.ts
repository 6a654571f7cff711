import { getCACertificates } from 'node:tls'
import { Pool } from 'undici'
import { HttpFailure } from '../engine/ports.ts'
import type { Http, HttpRequest, HttpResponse } from '../engine/ports.ts'
import { toHttpFailure } from './http-failures.ts'

const CONNECT_TIMEOUT_MS = 10_000
/** Far above any page a vendor sends; keeps a broken peer from filling the memory. */
const LARGEST_ANSWER_BYTES = 64 * 1024 * 1024
const CONNECTIONS_PER_ORIGIN = 16
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** The network for the engine: one pool per origin, no redirects, TLS everywhere but on this machine. */
export interface NodeHttp extends Http {
  close(): Promise<void>
}

export function createHttp(): NodeHttp {
  const pools = new Map<string, Pool>()

  function poolFor(origin: string): Pool {
    let pool = pools.get(origin)
    if (!pool) {
      pool = new Pool(origin, {
        connections: CONNECTIONS_PER_ORIGIN,
        pipelining: 1,
        maxResponseSize: LARGEST_ANSWER_BYTES,
        // The caller's deadline covers the whole exchange, so the phases get no limits of their own.
        headersTimeout: 0,
        bodyTimeout: 0,
        connect: { timeout: CONNECT_TIMEOUT_MS, ...(origin.startsWith('https:') ? { ca: trustedAuthorities() } : {}) },
      })
      pools.set(origin, pool)
    }
    return pool
  }

  return {
    async request(request) {
      const url = checkedUrl(request.url)
      if (request.signal?.aborted) throw new HttpFailure('no', 'aborted', 'The request was cancelled before it was sent.')
      return exchange(poolFor(url.origin), url, request)
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()))
      pools.clear()
    },
  }
}

async function exchange(pool: Pool, url: URL, request: HttpRequest): Promise<HttpResponse> {
  const deadline = AbortSignal.timeout(request.timeoutMs)
  const signal = request.signal ? AbortSignal.any([deadline, request.signal]) : deadline
  let answered = false
  try {
    const answer = await pool.request({
      method: request.method,
      path: `${url.pathname}${url.search}`,
      headers: request.headers ?? {},
      body: request.body ?? null,
      signal,
    })
    answered = true
    return { status: answer.statusCode, headers: flatHeaders(answer.headers), body: await answer.body.text() }
  } catch (error) {
    const cut = request.signal?.aborted ? 'aborted' : deadline.aborted ? 'timeout' : undefined
    throw toHttpFailure(error, { host: url.host, answered, cut, timeoutMs: request.timeoutMs })
  }
}

function checkedUrl(text: string): URL {
  const url = URL.parse(text)
  if (!url) throw new HttpFailure('no', 'name', 'The address of the destination is not a valid URL.')
  if (url.username || url.password) throw new HttpFailure('no', 'name', `The address of ${url.host} must not contain a user name or password.`)
  if (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname))) return url
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
