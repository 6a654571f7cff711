import { assertNever } from '../../contract/assert-never.ts'
import { AppError } from '../../contract/errors.ts'
import type { Limit } from '../limits/limit.ts'
import type { Limiter } from '../limits/limiter.ts'
import type { Clock, Log, Random } from '../ports/ports.ts'
import { cancelled } from './connection-errors.ts'
import type { ConnectionNames } from './connection-errors.ts'
import { NotSent, UnknownOutcome } from './driver.ts'
import type { Attempt, AttemptEnd, Driver, DriverRequest } from './driver.ts'
import type { SecretMask } from './masking.ts'
import type { Caller, EndSeen, RequestRecord } from './request-record.ts'
import { interactiveRetry, jitterMs } from './retry.ts'
import type { RetryBudget, RetryPolicy } from './retry.ts'

export interface RequesterOptions<Request extends DriverRequest, Answer> {
  driver: Driver<Request, Answer>
  /** Id and name of the connection, and name of the destination, for messages. */
  connection: ConnectionNames
  clock: Clock
  random: Random
  limiter: Limiter
  /** What all users of the connection may spend on repeats after failures. */
  retries: RetryBudget
  profile: { limits: readonly Limit[]; requestTimeoutMs: number; retry?: RetryPolicy }
  /** Takes secrets out of what an error repeats. */
  mask?: SecretMask
  log?: Log
  /** Called once per attempt. */
  onRequest?: (record: RequestRecord) => void
  /** Called when a request that counts for a job limit succeeded: its slot stays taken until the job ends. */
  onJobSlot?: () => void
  caller?: Caller
}

/** Carries out requests of one connection for one caller, over whatever driver it has. */
export interface Requester<Request, Answer> {
  request(request: Request): Promise<Answer>
}

/**
 * Waits for the limits of the connection, repeats what is safe to repeat with full jitter, notes every attempt, and turns
 * what cannot be helped into errors with a next step: AppError, {@link NotSent}, or {@link UnknownOutcome} where a write may
 * have been applied.
 */
export function createRequester<Request extends DriverRequest, Answer>(options: RequesterOptions<Request, Answer>): Requester<Request, Answer> {
  return { request: (request) => new Exchange(options, request).run() }
}

/** What comes after one attempt. `again`: once more, after what the limiter holds back or a jittered wait. */
type Step<Answer> = { answer: Answer } | { /** The credentials; it was not carried out. */ refused: AppError; proof: unknown } | { again: 'limit' | 'failure'; error: AppError; waitMs?: number | undefined; /** The limiter holds it back for so long that it costs no attempt. */ free?: boolean }

class Exchange<Request extends DriverRequest, Answer> {
  private readonly options: RequesterOptions<Request, Answer>
  private readonly request: Request
  private readonly caller: Caller

  constructor(options: RequesterOptions<Request, Answer>, request: Request) {
    this.options = options
    this.request = request
    this.caller = options.caller ?? {}
  }

  async run(): Promise<Answer> {
    const policy = this.options.profile.retry ?? interactiveRetry
    for (let [attempt, spent, renewed] = [1, 0, false]; ; attempt += 1) {
      const step = await this.step(attempt)
      if ('refused' in step) {
        // Once: a system that refuses what it has just given refuses us.
        if (renewed || !(await this.options.driver.renew?.(step.proof))) throw step.refused
        renewed = true
        continue
      }
      if ('answer' in step) return step.answer
      if (step.free) continue
      spent += 1
      // A refusal over a limit costs nothing: the limiter holds everybody back. A failure is repeated while there is budget.
      if (spent >= policy.attempts || (step.again === 'failure' && !this.options.retries.take())) throw step.error
      // With a time from the vendor the limiter holds the repeat back; otherwise chance spreads it.
      if (step.waitMs === undefined) await this.pause(jitterMs(policy, spent, this.options.random))
    }
  }

  /** One attempt under the limits, noted and judged. */
  private async step(number: number): Promise<Step<Answer>> {
    const { limiter, clock, onJobSlot } = this.options
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
      const attempt = await this.attempt()
      this.note(number, started, attempt)
      startsJob = attempt.end.state === 'answered' && attempt.end.accepted && this.namesJobLimit()
      limiter.learn(attempt.limits ?? [])
      return this.judge(attempt)
    } finally {
      permit.answered(startsJob)
      if (startsJob) onJobSlot?.()
    }
  }

  private async attempt(): Promise<Attempt<Answer>> {
    const { driver } = this.options
    const { signal } = this.caller
    const opened = await driver.open(this.request, signal)
    if ('state' in opened) return { end: opened }
    try {
      return await opened.attempt(this.request, signal)
    } finally {
      await opened.close()
    }
  }

  private judge({ end, proof }: Attempt<Answer>): Step<Answer> {
    const { limiter, retries, connection } = this.options
    switch (end.state) {
      case 'answered':
        limiter.succeeded(this.request.limits)
        retries.answered()
        return { answer: end.answer }
      case 'turned away':
        if (end.why === 'credentials' && proof !== undefined) return { refused: this.masked(end.error), proof }
        if (end.why !== 'over limit') throw this.masked(end.error)
        return this.overLimit(end)
      case 'not sent':
        if (this.caller.signal?.aborted) throw cancelled(connection)
        return { again: 'failure', error: this.masked(end.error) }
      case 'unknown':
        return this.unknown(end)
      default:
        return assertNever(end)
    }
  }

  /** Not carried out, so a write may be repeated too. */
  private overLimit({ limit, waitMs, error }: Extract<AttemptEnd<Answer>, { state: 'turned away' }>): Step<Answer> {
    const { limiter, profile } = this.options
    limiter.tooMany({ named: this.request.limits, limit, waitMs })
    // A day's quota comes back by itself; the limiter asks once an hour.
    const free = profile.limits.some(({ kind, name }) => kind === 'daily' && name === limit)
    return { again: 'limit', error: this.masked(error), waitMs: free ? (waitMs ?? 0) : waitMs, free }
  }

  /** A write is not repeated, for nobody says that it was not applied. Also what others send waits, where it was asked for. */
  private unknown({ words, error, waitMs, cause }: Extract<AttemptEnd<Answer>, { state: 'unknown' }>): Step<Answer> {
    const { limiter, connection, mask } = this.options
    if (waitMs !== undefined) limiter.tooMany({ named: this.request.limits, waitMs })
    if (this.request.effect === 'write') throw new UnknownOutcome(mask?.text(words) ?? words, cause)
    if (this.caller.signal?.aborted) throw cancelled(connection)
    return { again: 'failure', error: this.masked(error), waitMs }
  }

  /** Drivers quote systems, and systems repeat what they were given. */
  private masked(error: AppError): AppError {
    const { mask } = this.options
    const { detail } = error.place
    if (!mask || detail === undefined || mask.text(detail) === detail) return error
    return new AppError(error.code, error.message, { ...error.place, detail: mask.text(detail) })
  }

  private namesJobLimit(): boolean {
    return this.options.profile.limits.some(({ kind, name }) => kind === 'jobs' && this.request.limits?.includes(name))
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

  private note(attempt: number, started: { at: number; monotonic: number }, { end, seen }: Attempt<Answer>): void {
    const { connection, clock, log, onRequest, profile, driver } = this.options
    const { method, path, sent } = driver.shown(this.request)
    const milliseconds = Math.round(clock.monotonic() - started.monotonic)
    const record: RequestRecord = { connection: connection.id, method, path, ...(seen?.status === undefined ? {} : { status: seen.status }), milliseconds, attempt }
    log?.debug('request', { ...record })
    onRequest?.(record)
    this.caller.onRequest?.(record, {
      at: started.at,
      effect: this.request.effect,
      timeoutMs: profile.requestTimeoutMs,
      end: endSeen(end),
      ...(sent === undefined ? {} : { sent }),
      ...(seen ? { answer: seen } : {}),
      ...('waitMs' in end && end.waitMs !== undefined ? { waitMs: end.waitMs } : {}),
    })
  }
}

function endSeen(end: AttemptEnd<unknown>): EndSeen {
  // Which reasons a state has stays as it was.
  return end.state === 'answered' ? { state: end.state, accepted: end.accepted } : ({ state: end.state, why: end.why } as EndSeen)
}
