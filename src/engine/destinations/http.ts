import type { Limiter } from '../limits/limiter.ts'
import { HttpFailure } from '../ports/ports.ts'
import type { Clock, Http, HttpResponse, Log, Random } from '../ports/ports.ts'
import { NotSent, UnknownOutcome } from './destination.ts'
import type { DestinationHttp, DestinationProfile, DestinationRequest, DestinationResponse } from './destination.ts'
import type { LimitSeen } from '../limits/limit.ts'
import { cancelled, failed, moved, overLimit, reasonWords, unauthorised, unreachable } from './http-errors.ts'
import type { ConnectionNames } from './http-errors.ts'
import type { SecretMask } from './masking.ts'
import { interactiveRetry, jitterMs, retryAfterMs } from './retry.ts'
import type { RetryBudget } from './retry.ts'

/** One request as it may be shown and kept: no query values, no headers, no bodies. */
export interface RequestRecord {
  connection: string
  method: string
  /** Path without query. */
  path: string
  /** Absent when no answer came. */
  status?: number
  milliseconds: number
  attempt: number
}

/** One attempt with what it carried and what came back. Holds values of records: only for who masks them. */
export interface Exchanged {
  /** When it left, milliseconds since the epoch. */
  at: number
  effect: 'read' | 'write'
  timeoutMs: number
  json?: unknown
  response?: DestinationResponse
  /** No complete answer came. */
  failure?: HttpFailure
  /** How long the vendor asked to wait. */
  waitMs?: number
}

/** For whom the requests are, while one operation lasts. */
export interface Caller {
  owner?: string
  /** Higher goes first at the connection's limits. */
  priority?: number
  signal?: AbortSignal
  /** Ends the wait of a write that has not left yet; what has left is let land. */
  giveUp?: AbortSignal
  /** Asked just before a write leaves: what it rests on is too old by now. It ends with NotSent. */
  isStale?: () => boolean
  /** Called once per attempt. */
  onRequest?: (record: RequestRecord, exchange: Exchanged) => void
}

export interface DestinationHttpOptions {
  /** Id and name of the connection, and name of the destination, for messages. */
  connection: ConnectionNames
  http: Http
  clock: Clock
  random: Random
  limiter: Limiter
  /** What all users of the connection may spend on repeats after failures. */
  retries: RetryBudget
  log?: Log
  baseUrl: string
  /** Sent with every request; proves who we are. Never logged. */
  headers: Record<string, string>
  /** Taken out of everything that is answered. */
  mask?: SecretMask
  profile: DestinationProfile
  limitsSeen?: (response: DestinationResponse, now: number, request: DestinationRequest) => LimitSeen[]
  /** Called once per attempt. */
  onRequest?: (record: RequestRecord) => void
  /** Called when a request that counts for a job limit succeeded: its slot stays taken until the job ends. */
  onJobSlot?: () => void
  caller?: Caller
}

/** What became of one attempt. `again` may be sent once more, after `waitMs` or a jittered wait. */
type Attempt = { answer: DestinationResponse } | { again: 'limit' | 'failure'; error: Error; waitMs?: number; /** The limiter holds it back for so long that it costs no attempt. */ free?: boolean }

/**
 * HTTP for one connection: waits for its limits, repeats what is safe to repeat, and turns what cannot be
 * helped into errors with a next step.
 */
export function createDestinationHttp(options: DestinationHttpOptions): DestinationHttp {
  return { request: (request) => new Exchange(options, request).run() }
}

class Exchange {
  private readonly options: DestinationHttpOptions
  private readonly request: DestinationRequest
  private readonly caller: Caller

  constructor(options: DestinationHttpOptions, request: DestinationRequest) {
    this.options = options
    this.request = request
    this.caller = options.caller ?? {}
  }

  async run(): Promise<DestinationResponse> {
    const policy = this.options.profile.retry ?? interactiveRetry
    for (let [attempt, spent] = [1, 0]; ; attempt += 1) {
      const outcome = await this.attempt(attempt)
      if ('answer' in outcome) return outcome.answer
      if (outcome.free) continue
      spent += 1
      // A refusal over a limit costs nothing: the limiter holds everybody back. A failure is repeated while there is budget.
      if (spent >= policy.attempts || (outcome.again === 'failure' && !this.options.retries.take())) throw outcome.error
      // With a time from the vendor the limiter holds the repeat back; otherwise chance spreads it.
      if (outcome.waitMs === undefined) await this.pause(jitterMs(policy, spent, this.options.random))
    }
  }

  private async attempt(attempt: number): Promise<Attempt> {
    const { limiter, clock } = this.options
    const { owner, priority } = this.caller
    const signal = this.beforeItLeaves()
    const permit = await this.whileNotCancelled(limiter.acquire({ named: this.request.limits, records: this.request.records, owner, priority, ...(signal ? { signal } : {}) }))
    if (this.request.effect === 'write' && this.caller.isStale?.()) {
      permit.unused()
      throw new NotSent()
    }
    const started = { at: clock.now(), monotonic: clock.monotonic() }
    let startsJob = false
    try {
      const response = toDestinationResponse(await this.options.http.request(this.toHttp()), this.options.mask)
      this.record(attempt, started, { response })
      const outcome = this.judge(response)
      startsJob = 'answer' in outcome && response.status < 300 && this.namesJobLimit()
      return outcome
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error
      this.record(attempt, started, { failure: error })
      return this.judgeFailure(error)
    } finally {
      permit.answered(startsJob)
      if (startsJob) this.options.onJobSlot?.()
    }
  }

  private namesJobLimit(): boolean {
    const { limits } = this.options.profile
    return limits.some((limit) => limit.kind === 'jobs' && this.request.limits?.includes(limit.name))
  }

  private toHttp() {
    const { baseUrl, headers, profile } = this.options
    const { method, path, json } = this.request
    return {
      method,
      url: `${baseUrl}${path}`,
      headers: {
        accept: 'application/json',
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
        ...this.request.headers,
      },
      body: json === undefined ? undefined : JSON.stringify(json),
      timeoutMs: profile.requestTimeoutMs,
      signal: this.caller.signal,
    }
  }

  private judge(response: DestinationResponse): Attempt {
    const { limiter, clock } = this.options
    const seen = this.options.limitsSeen?.(response, clock.now(), this.request) ?? []
    limiter.learn(seen)
    const over = seen.find((one) => one.refused)
    if (response.status === 429 || over) return this.overLimit(response, over)
    if (response.status === 401 || response.status === 403) throw unauthorised(this.options.connection, response)
    if (response.status >= 500) return this.serverFailed(response)
    if (response.status >= 300 && response.status < 400) throw moved(this.options.connection)
    limiter.succeeded(this.request.limits)
    this.options.retries.answered()
    return { answer: response }
  }

  /** Not processed, so a write may be repeated too. */
  private overLimit(response: DestinationResponse, over: LimitSeen | undefined): Attempt {
    const waitMs = retryAfterMs(response.headers, this.options.clock.now())
    this.options.limiter.tooMany({ named: this.request.limits, limit: over?.limit, waitMs })
    const error = overLimit(this.options.connection, response)
    // A day's quota comes back by itself; the limiter asks once an hour.
    const free = this.options.profile.limits.some((limit) => limit.kind === 'daily' && limit.name === over?.limit)
    return { again: 'limit', error, waitMs: free ? (waitMs ?? 0) : waitMs, free }
  }

  private serverFailed(response: DestinationResponse): Attempt {
    const waitMs = retryAfterMs(response.headers, this.options.clock.now())
    // Also what others send waits; a write is not repeated, for nobody says that it was not applied.
    if (waitMs !== undefined) this.options.limiter.tooMany({ named: this.request.limits, waitMs })
    const { connection } = this.options
    if (this.request.effect === 'write') throw new UnknownOutcome(`${connection.destination} reported a failure of its own. Whether it was applied is not known.`)
    const error = failed(connection, `${this.request.method} ${pathOnly(this.request.path)} was answered with status ${response.status}.`)
    return { again: 'failure', error, waitMs }
  }

  private judgeFailure(failure: HttpFailure): Attempt {
    if (failure.sent === 'no' && this.caller.signal?.aborted) throw cancelled(this.options.connection)
    if (failure.sent === 'maybe' && this.request.effect === 'write') {
      throw new UnknownOutcome(`The answer of ${this.options.connection.destination} was lost: ${reasonWords[failure.reason]}. Whether it was applied is not known.`, failure)
    }
    if (this.caller.signal?.aborted) throw cancelled(this.options.connection)
    return { again: 'failure', error: unreachable(this.options.connection, this.options.baseUrl, failure) }
  }

  private pause(milliseconds: number): Promise<void> {
    return this.whileNotCancelled(this.options.clock.sleep(milliseconds, this.beforeItLeaves()))
  }

  private async whileNotCancelled<T>(waiting: Promise<T>): Promise<T> {
    try {
      return await waiting
    } catch (error) {
      if (this.beforeItLeaves()?.aborted) throw cancelled(this.options.connection)
      throw error
    }
  }

  private beforeItLeaves(): AbortSignal | undefined {
    const { signal, giveUp } = this.caller
    if (giveUp === undefined || this.request.effect === 'read') return signal
    return signal ? AbortSignal.any([signal, giveUp]) : giveUp
  }

  private record(attempt: number, started: { at: number; monotonic: number }, end: Pick<Exchanged, 'response' | 'failure'>): void {
    const { connection, clock, log, onRequest, profile } = this.options
    const { method, path, json, effect } = this.request
    const status = end.response?.status
    const record: RequestRecord = { connection: connection.id, method, path: pathOnly(path), status, milliseconds: Math.round(clock.monotonic() - started.monotonic), attempt }
    log?.debug('request', { ...record })
    onRequest?.(record)
    if (!this.caller.onRequest) return
    const waitMs = end.response && retryAfterMs(end.response.headers, clock.now())
    this.caller.onRequest(record, { at: started.at, effect, timeoutMs: profile.requestTimeoutMs, ...(json === undefined ? {} : { json }), ...end, ...(waitMs === undefined ? {} : { waitMs }) })
  }
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
