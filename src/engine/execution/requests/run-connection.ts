import { AppError } from '../../../contract/errors.ts'
import { NotSent, UnknownOutcome } from '../../drivers/driver.ts'
import type { DestinationProfile, JobAnswer, JobOfRows, JobStart, ReadQuery, ReadRecord, WriteAnswer, WriteOperation, WriteRequest } from '../../destinations/destination.ts'
import type { Caller } from '../../drivers/request-record.ts'
import type { Clock } from '../../ports/ports.ts'
import type { RunControl } from '../runs/control.ts'
import type { LimitWait } from '../../limits/limiter.ts'
import { rowReference, valueReference } from './request-log.ts'
import type { NotedRequest, RequestLog } from './request-log.ts'
import type { RunDestination } from './run-destination.ts'

/** Lost answers one after another until nothing more is sent: something is wrong over there. */
const mostLostInARow = 5
/** What was compared with the destination is old after so long, and compared again before it is written. */
export const freshForMs = 10_000
/** Each time that it was too late in a row it may take twice as long, so that a busy connection is not compared for ever. */
const longestFreshMs = 15 * 60_000

/**
 * Where few requests are allowed, looking again takes the place of writing: what was compared holds for two windows, so
 * that the write that waits for the next one still goes.
 */
export function freshFor({ limits }: DestinationProfile): number {
  const windows = limits.flatMap((limit) => (limit.kind === 'window' && limit.counts !== 'named' ? [limit.perMs] : []))
  return Math.max(freshForMs, ...windows.map((perMs) => 2 * perMs))
}

/** A connection that can be used for somebody in particular. */
export type SharedConnection = RunDestination & { for(caller: Caller): RunDestination }

export interface RunConnectionOptions {
  run: string
  connection: SharedConnection
  /** The connection as it is now: other credentials give another connection. */
  connect(): Promise<SharedConnection>
  caller: Caller
  control: RunControl
  clock: Clock
  log: RequestLog
  /** For references to ids and keys in the log. */
  referenceKey: string
  noun: { one: string; many: string }
  /** No write is on its way any more. */
  onIdle(): void
  /** Rows are left that were never sent. */
  hasPending(): boolean
  /** The run reads back what it delivered. */
  isVerifying(): boolean
  /** The credentials are refused: hold the run until a person has helped. Resolves false when the run ends instead. */
  holdForReconnect(refusal: AppError): Promise<boolean>
}

/**
 * A destination as one run uses it: notes every request with what it was about, renews refused credentials once for all
 * batches or holds the run until a person does, and stops a run whose answers keep getting lost.
 */
export class RunConnection implements RunDestination {
  private readonly options: RunConnectionOptions
  private connection: SharedConnection
  private renewing: Promise<boolean> | undefined
  /** How often the credentials were renewed: a refusal from before says nothing about those of now. */
  private renewals = 0
  private lostInARow = 0
  private lateInARow = 0
  private writing = 0

  constructor(options: RunConnectionOptions) {
    this.options = options
    this.connection = options.connection
  }

  get name(): string {
    return this.connection.name
  }

  get profile(): DestinationProfile {
    return this.connection.profile
  }

  /** Whether a write is on its way. */
  get isWriting(): boolean {
    return this.writing > 0
  }

  waiting(): LimitWait | undefined {
    const wait = this.connection.for(this.options.caller).waiting()
    return wait && { ...wait, label: `${this.name}’s ${wait.label}` }
  }

  read(query: ReadQuery, signal?: AbortSignal): Promise<ReadRecord[]> {
    const { values } = query.by
    const verb = this.options.isVerifying() ? 'Read back' : 'Look up'
    return this.through({ purpose: this.purpose(verb, values.length), records: values.length, refs: () => this.references(values) }, (target) => target.read(query, signal))
  }

  async write(request: WriteRequest, signal?: AbortSignal): Promise<WriteAnswer> {
    const { rows, operation } = request
    const about = { purpose: this.purpose(verbs[operation], rows.length), records: rows.length, refs: () => rows.map(({ traceId }) => this.rowOf(traceId)) }
    return this.counting(this.through(about, (target) => target.write(request, signal), refusedIn, this.freshness()))
  }

  /** Of the many times that a job is asked for, only failures and its end are worth keeping. */
  async pollJob(job: JobOfRows, signal?: AbortSignal): Promise<JobAnswer> {
    return this.through(this.aboutJob('Ask for the job of', job), (target) => target.pollJob(job, signal), (answer) => (answer.kind === 'working' || answer.kind === 'waiting' ? 'not worth keeping' : refusedIn(answer)))
  }

  async uploadJob(job: JobOfRows, signal?: AbortSignal): Promise<JobStart> {
    return this.counting(this.through(this.aboutJob('Bring the job of', job), (target) => target.uploadJob(job, signal), (answer) => (answer.kind === 'refused' ? job.rows.length : 0), this.freshness()))
  }

  async abandonJob(job: JobOfRows, signal?: AbortSignal): Promise<boolean> {
    return this.through(this.aboutJob('Give up the job of', job), (target) => target.abandonJob(job, signal))
  }

  private aboutJob(verb: string, { jobId, rows }: JobOfRows): Pick<NotedRequest, 'purpose' | 'records' | 'refs'> {
    return { purpose: this.purpose(verb, rows.length), records: rows.length, refs: () => this.references([jobId]) }
  }

  /** Notes what was asked; an answer is noted once it is known how many records it refused. */
  private async through<T>(about: Pick<NotedRequest, 'purpose' | 'records' | 'refs'>, act: (target: RunDestination) => Promise<T>, refusedBy: (answer: T) => number | 'not worth keeping' = () => 0, isStale?: () => boolean): Promise<T> {
    const { log, caller } = this.options
    for (;;) {
      const { connection: used, renewals } = this
      let answered: NotedRequest | undefined
      const noteAnswered = (refused = 0): void => {
        if (answered) log.note({ ...answered, refused })
        answered = undefined
      }
      try {
        const onRequest: Caller['onRequest'] = (record, exchange) => {
          noteAnswered()
          if (exchange.end.state === 'answered' && exchange.end.accepted) answered = { record, exchange, ...about }
          else log.note({ record, exchange, ...about })
        }
        const answer = await act(used.for({ ...caller, onRequest, ...(isStale ? { isStale } : {}) }))
        const refused = refusedBy(answer)
        if (refused !== 'not worth keeping') noteAnswered(refused)
        return answer
      } catch (error) {
        noteAnswered()
        if (!(error instanceof AppError) || error.code !== 'unauthorised') throw error
        if (this.renewals === renewals && !(await this.renewed(error))) throw error
      }
    }
  }

  /** All batches that were refused wait for the same renewal. What was refused was not processed, so it may go again. */
  private async renewed(refusal: AppError): Promise<boolean> {
    this.renewing ??= this.renew(refusal).finally(() => {
      this.renewing = undefined
    })
    return this.renewing
  }

  private async renew(refusal: AppError): Promise<boolean> {
    const { connect, control, holdForReconnect } = this.options
    const used = this.connection
    let because = refusal
    for (let held = false; !control.stop; held = true) {
      try {
        this.connection = await connect()
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'secret-missing') throw error
        because = error
      }
      // Somebody may have put other credentials in place while the run went on; otherwise a person has to.
      if (this.connection !== used || (held && because === refusal)) {
        this.renewals += 1
        return true
      }
      if (!(await holdForReconnect(because))) return false
      because = refusal
    }
    return false
  }

  /**
   * Whether it is too late for a write that was compared just now: it waits for limits, for repeats, for a person. The
   * machine may have slept meanwhile, which only the wall clock shows.
   */
  private freshness(): (() => boolean) | undefined {
    const { clock } = this.options
    // Nothing was compared, and no key grows old on the way.
    if (this.profile.readBack === 'none' && this.profile.settle !== 'idempotency key') return undefined
    // A key does not live longer because the connection is busy.
    const most = this.profile.readBack === 'none' ? freshForMs : Math.min(longestFreshMs, freshFor(this.profile) * 2 ** this.lateInARow)
    const since = { monotonic: clock.monotonic(), now: clock.now() }
    return () => clock.monotonic() - since.monotonic > most || clock.now() - since.now > most
  }

  private async counting<Answer>(writing: Promise<Answer>): Promise<Answer> {
    this.writing += 1
    try {
      const answer = await writing
      this.lostInARow = 0
      this.lateInARow = 0
      return answer
    } catch (error) {
      if (error instanceof NotSent) this.lateInARow += 1
      if (error instanceof UnknownOutcome && (this.lostInARow += 1) >= mostLostInARow && this.options.hasPending()) {
        this.options.control.halt({ kind: 'stopped', reason: `${this.name} did not answer ${this.lostInARow} requests in a row. Nothing more is sent; what was sent is looked up.` })
      }
      throw error
    } finally {
      this.writing -= 1
      if (this.writing === 0) this.options.onIdle()
    }
  }

  private purpose(verb: string, count: number): string {
    const { one, many } = this.options.noun
    return `${verb} ${count.toLocaleString('en-US')} ${count === 1 ? one : many}`
  }

  private references(values: readonly string[]): string[] {
    return values.map((value) => valueReference(this.options.referenceKey, value))
  }

  /** Trace ids are `<run>-<ordinal>` (planned-write.ts). */
  private rowOf(traceId: string): string {
    return rowReference(Number(traceId.slice(this.options.run.length + 1)))
  }
}

const verbs: Record<WriteOperation, string> = { create: 'Create', update: 'Update', archive: 'Archive', delete: 'Delete' }

/** How many records an answer refused. */
function refusedIn(answer: WriteAnswer | JobAnswer): number {
  return answer.kind === 'rows' ? answer.rows.filter(({ outcome }) => outcome === 'rejected').length : 0
}
