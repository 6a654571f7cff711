import { AppError } from '../../contract/errors.ts'
import type { LimitSeen } from '../limits/limit.ts'
import { HttpFailure } from '../ports/ports.ts'
import type { Clock, Http, HttpRequest, HttpResponse } from '../ports/ports.ts'
import { elsewhere, failed, moved, overLimit, reasonWords, unauthorised, unreachable } from './connection-errors.ts'
import type { ConnectionNames } from './connection-errors.ts'
import type { Attempt, AttemptEnd, Driver } from './driver.ts'
import { fileAddress } from './file-host.ts'
import type { DestinationRequest, DestinationResponse } from './http-messages.ts'
import type { SecretMask } from './masking.ts'
import type { Proof } from './oauth.ts'
import { retryAfterMs } from './retry.ts'

const longestRefusal = 64 * 1024

export interface HttpDriverOptions {
  connection: ConnectionNames
  http: Http
  clock: Clock
  baseUrl: string
  /** Sent with every request to the system itself; proves who we are. Never logged. */
  proof: Proof
  /** Taken out of everything that is answered. */
  mask?: SecretMask
  timeoutMs: number
  /** Hosts besides that of the base address to which files may go (file-host.ts). */
  fileHosts?: readonly string[]
  /** Reads the vendor's limit headers, and answers other than 429 that mean "over a limit". */
  limitsSeen?: (response: DestinationResponse, now: number, request: DestinationRequest) => LimitSeen[]
}

/** HTTP: connections are the port's matter; opening finds what proves who we are, which may have to be renewed. */
export function createHttpDriver(options: HttpDriverOptions): Driver<DestinationRequest, DestinationResponse> {
  return {
    async open() {
      try {
        const proof = await options.proof.headers()
        return { attempt: (request, signal) => attempt(options, request, { proof, ...(signal ? { signal } : {}) }), close: async () => undefined }
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        return error.place.retryable === true ? { state: 'not sent', why: 'not opened', error } : { state: 'turned away', why: 'credentials', error }
      }
    },
    // The proof is what `open` was given.
    renew: (proof) => options.proof.renewed(proof as Readonly<Record<string, string>>),
    shown(request) {
      const { json, form, stream } = request
      const sent = json ?? form ?? stream?.shown
      return { method: request.method, path: pathOnly(request.path), ...(sent === undefined ? {} : { sent }) }
    },
  }
}

interface Leaving {
  proof: Readonly<Record<string, string>>
  signal?: AbortSignal
}

async function attempt(options: HttpDriverOptions, request: DestinationRequest, leaving: Leaving): Promise<Attempt<DestinationResponse>> {
  const { proof } = leaving
  const to = targetOf(options, request, proof)
  if (to === undefined) return { end: { state: 'turned away', why: 'moved', error: elsewhere(options.connection, request.path) } }
  let response: DestinationResponse
  try {
    response = await toDestinationResponse(await options.http.request(toHttp(options, request, { ...leaving, ...to })), request, options.mask)
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error
    return { end: endOfFailure(options, error) }
  }
  const limits = options.limitsSeen?.(response, options.clock.now(), request) ?? []
  const seen = request.readPieces && response.status < 300 ? { ...response, body: undefined } : response
  return { end: endOf(options, { request, response, over: limits.find((one) => one.refused) }), seen, limits, proof }
}

/** Where a request goes, and with what proof of who we are; undefined where it may not go. */
function targetOf({ baseUrl, fileHosts = [] }: HttpDriverOptions, { path }: DestinationRequest, proof: Leaving['proof']): { url: string; proof: Leaving['proof'] } | undefined {
  if (path.startsWith('/')) return { url: `${baseUrl}${path}`, proof }
  const url = fileAddress(path, { baseUrl, hosts: fileHosts })
  return url && { url: url.href, proof: url.origin === new URL(baseUrl).origin ? proof : {} }
}

function toHttp({ timeoutMs }: HttpDriverOptions, request: DestinationRequest, { url, proof, signal }: Leaving & { url: string }): HttpRequest {
  const { contentType, body } = bodyOf(request)
  return {
    method: request.method,
    url,
    headers: { accept: 'application/json', ...(contentType === undefined ? {} : { 'content-type': contentType }), ...proof, ...request.headers },
    ...(body === undefined ? {} : { body }),
    ...(request.readPieces ? { inPieces: true } : {}),
    timeoutMs,
    ...(signal ? { signal } : {}),
  }
}

function bodyOf({ json, form, stream }: DestinationRequest): { contentType?: string; body?: NonNullable<HttpRequest['body']> } {
  if (json !== undefined) return { contentType: 'application/json', body: JSON.stringify(json) }
  if (form !== undefined) return { contentType: 'application/x-www-form-urlencoded', body: new URLSearchParams(form).toString() }
  return stream === undefined ? {} : { contentType: stream.contentType, body: () => stream.pieces() }
}

function endOf({ connection, clock }: HttpDriverOptions, { request, response, over }: { request: DestinationRequest; response: DestinationResponse; over: LimitSeen | undefined }): AttemptEnd<DestinationResponse> {
  const { status, headers } = response
  const waitMs = retryAfterMs(headers, clock.now())
  if (status === 429 || over) return { state: 'turned away', why: 'over limit', error: overLimit(connection, response), limit: over?.limit, waitMs }
  if (status === 401 || status === 403) return { state: 'turned away', why: status === 401 ? 'credentials' : 'permission', error: unauthorised(connection, response) }
  if (status >= 500) {
    const words = `${connection.destination} reported a failure of its own. Whether it was applied is not known.`
    const error = failed(connection, `${request.method} ${pathOnly(request.path)} was answered with status ${status}.`)
    return { state: 'unknown', why: 'failed there', words, error, waitMs }
  }
  if (status >= 300 && status < 400) return { state: 'turned away', why: 'moved', error: moved(connection) }
  return { state: 'answered', answer: response, accepted: status < 300 }
}

function endOfFailure({ connection, baseUrl }: HttpDriverOptions, failure: HttpFailure): AttemptEnd<DestinationResponse> {
  const error = unreachable(connection, baseUrl, failure)
  if (failure.sent === 'no') return { state: 'not sent', why: failure.reason, error }
  const words = `The answer of ${connection.destination} was lost: ${reasonWords[failure.reason]}. Whether it was applied is not known.`
  return { state: 'unknown', why: failure.reason, words, error, cause: failure }
}

function pathOnly(path: string): string {
  return path.split('?', 1)[0] ?? path
}

async function toDestinationResponse(answer: HttpResponse, { readPieces }: DestinationRequest, mask: SecretMask | undefined): Promise<DestinationResponse> {
  const { status } = answer
  const headers = mask ? Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, mask.text(value)])) : answer.headers
  if (!readPieces) return { status, headers, body: parseBody(answer.body, mask) }
  const pieces = answer.pieces ?? oneOf(answer.body)
  if (status >= 300) return { status, headers, body: parseBody(await beginningOf(pieces), mask) }
  const made = await readPieces(pieces)
  return { status, headers, body: mask ? mask.value(made) : made }
}

async function* oneOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

/** A refusal is short; of one that is not, the beginning is enough. */
async function beginningOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const kept: Uint8Array[] = []
  let bytes = 0
  for await (const piece of pieces) {
    kept.push(piece)
    bytes += piece.length
    if (bytes >= longestRefusal) break
  }
  return Buffer.concat(kept).toString('utf8')
}

function parseBody(text: string, mask?: SecretMask): unknown {
  if (text === '') return undefined
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return mask ? mask.text(text) : text
  }
  return mask ? mask.json(parsed, text) : parsed
}
