import type { LimitSeen } from '../limits/limit.ts'
import { HttpFailure } from '../ports/ports.ts'
import type { Clock, Http, HttpRequest, HttpResponse } from '../ports/ports.ts'
import { failed, moved, overLimit, reasonWords, unauthorised, unreachable } from './connection-errors.ts'
import type { ConnectionNames } from './connection-errors.ts'
import type { Attempt, AttemptEnd, Driver } from './driver.ts'
import type { DestinationRequest, DestinationResponse } from './http-messages.ts'
import type { SecretMask } from './masking.ts'
import { retryAfterMs } from './retry.ts'

export interface HttpDriverOptions {
  connection: ConnectionNames
  http: Http
  clock: Clock
  baseUrl: string
  /** Sent with every request; proves who we are. Never logged. */
  headers: Record<string, string>
  /** Taken out of everything that is answered. */
  mask?: SecretMask
  timeoutMs: number
  /** Reads the vendor's limit headers, and answers other than 429 that mean "over a limit". */
  limitsSeen?: (response: DestinationResponse, now: number, request: DestinationRequest) => LimitSeen[]
}

/** HTTP: connections are the port's matter, so there is nothing to open or to close. */
export function createHttpDriver(options: HttpDriverOptions): Driver<DestinationRequest, DestinationResponse> {
  const opened = { attempt: (request: DestinationRequest, signal?: AbortSignal) => attempt(options, request, signal), close: async () => undefined }
  return {
    open: async () => opened,
    shown: ({ method, path, json }) => ({ method, path: pathOnly(path), ...(json === undefined ? {} : { sent: json }) }),
  }
}

async function attempt(options: HttpDriverOptions, request: DestinationRequest, signal?: AbortSignal): Promise<Attempt<DestinationResponse>> {
  let response: DestinationResponse
  try {
    response = toDestinationResponse(await options.http.request(toHttp(options, request, signal)), options.mask)
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error
    return { end: endOfFailure(options, error) }
  }
  const limits = options.limitsSeen?.(response, options.clock.now(), request) ?? []
  return { end: endOf(options, { request, response, over: limits.find((one) => one.refused) }), seen: response, limits }
}

function toHttp({ baseUrl, headers, timeoutMs }: HttpDriverOptions, request: DestinationRequest, signal?: AbortSignal): HttpRequest {
  const { method, path, json } = request
  return {
    method,
    url: `${baseUrl}${path}`,
    headers: { accept: 'application/json', ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers, ...request.headers },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    timeoutMs,
    ...(signal ? { signal } : {}),
  }
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

function toDestinationResponse({ status, headers, body }: HttpResponse, mask: SecretMask | undefined): DestinationResponse {
  if (!mask) return { status, headers, body: parseBody(body) }
  return { status, headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, mask.text(value)])), body: parseBody(body, mask) }
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
