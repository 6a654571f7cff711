import { AppError } from '../../../contract/errors.ts'
import type { RunProgress, RunSummary } from '../../../contract/shapes.ts'
import { appendAudit, lockstep } from '../../audit/audit.ts'
import { verificationHash } from '../../audit/run-hash.ts'
import { PlanStore } from '../../plans/plan-store.ts'
import type { Actor, Session } from '../../session/session.ts'
import { hashedId } from '../../values/hash.ts'
import { Breaker } from '../send/breaker.ts'
import { RunControl } from './control.ts'
import { nothingDone } from '../../plans/run-counts.ts'
import { Journal } from '../journal/journal.ts'
import { isOpen } from '../../plans/journal-rows.ts'
import type { RunRecord } from '../../plans/journal-rows.ts'
import { VisibilityTimer } from '../send/visibility-timer.ts'
import type { PlanForApply, PlanReadiness } from '../../plans/plan-for-apply.ts'
import { pauseOf } from './pauses.ts'
import type { Criticality } from '../../../contract/definitions.ts'
import { holdForReconnect } from './hold-for-reconnect.ts'
import type { Turn } from './object-queue.ts'
import { ProgressMeter } from './progress.ts'
import { capRequests, RequestLog } from '../requests/request-log.ts'
import { clearHold } from './run-holds.ts'
import { RunTurns } from './run-turns.ts'
import { RunConnection } from '../requests/run-connection.ts'
import type { SharedConnection } from '../requests/run-connection.ts'
import { writeReceipts } from '../verify/receipts.ts'
import type { PreparedReceipts } from '../verify/receipts.ts'
import { workRun } from './run-work.ts'
import { StoredRuns } from './stored-runs.ts'
import { latestOf } from './latest.ts'
import { resolveByPerson } from '../resolve/resolve-by-person.ts'
import type { PersonsWord } from '../resolve/resolve-by-person.ts'

/** What runs need of the open workspace. */
export interface RunsOptions {
  session: Pick<Session, 'ports' | 'database' | 'emit'> & {
    folders: Pick<Session['folders'], 'data' | 'temp'>
    connect(connection: string): Promise<SharedConnection>
  }
  /** How critical an activation is now; without it all are alike. */
  criticalityOf?(activation: string): Promise<Criticality>
  /** For references to records in the audit (audit/reference-key.ts). */
  referenceKey: string
  openPlan(planId: string): Promise<PlanForApply>
  /** The plan's connection, refused where it is not the one the plan was made for; without it the connection is as it is. */
  connectAsPlanned?(planId: string): Promise<SharedConnection>
  /** How receipts become a data file; the product writes Parquet. */
  writeReceipts?(run: string): Promise<PreparedReceipts>
}

/** A run that is worked on, or waits for its turn, in this process. */
interface LiveRun {
  id: string
  patient: boolean
  looks: boolean
  control: RunControl
  meter: ProgressMeter
  journal: Journal
  target: RunConnection | undefined
  requests: RequestLog
  turn: Turn
  listeners: Set<(progress: RunProgress) => void>
  ended: Promise<void>
}

/** The runs of one workspace: started, watched, paused, cancelled, resumed. They go on in the background. */
export class Runs {
  private readonly options: RunsOptions
  private readonly plans: PlanStore
  private readonly stored: StoredRuns
  private readonly live = new Map<string, LiveRun>()
  private readonly turns: RunTurns
  private readonly visibility = new Map<string, VisibilityTimer>()
  private closed = false

  constructor(options: RunsOptions) {
    this.options = options
    this.turns = new RunTurns({ log: options.session.ports.log, ...(options.criticalityOf ? { criticalityOf: options.criticalityOf } : {}) })
    this.plans = new PlanStore(options.session.database)
    this.stored = new StoredRuns(options.session.database, this.plans)
  }

  /**
   * Applies an approved plan and returns at once. A plan that already has a run returns that run, and sends nothing.
   */
  async start(planPrefix: string, actor: Actor): Promise<RunSummary> {
    const stored = this.plans.find(planPrefix)
    const existing = this.stored.ofPlan(stored.id)
    if (existing) return this.summary(existing)
    const plan = await this.options.openPlan(stored.id)
    try {
      refuseUnready(await plan.readiness())
      this.refusePaused(plan.activation, plan.connection)
      const run = this.stored.ofPlan(stored.id) ?? this.insert(plan, actor)
      this.launch(run)
      return this.summary(run)
    } finally {
      plan.close()
    }
  }

  /** Goes on with what an earlier process left open. Call once, when the workspace opens. */
  recover(): void {
    capRequests(this.options.session.database)
    for (const id of this.stored.open()) this.launch(id, { patient: true })
  }

  pause(prefix: string, actor: Actor): RunSummary {
    const live = this.openRun(prefix, 'paused')
    if (live.journal.run.paused === 0) live.journal.moveRun({ kind: 'pause' }, { audit: { kind: 'run paused', actor: actor.name, subject: live.id, data: {} } })
    return this.summary(live.id)
  }

  /** Lifts a pause, or lets an ended run go on with what it left pending or unknown. */
  async resume(prefix: string, actor: Actor): Promise<RunSummary> {
    const run = this.find(prefix)
    const live = this.live.get(run.id)
    const event = { kind: 'run resumed', actor: actor.name, subject: run.id, data: {} } as const
    if (live) {
      if (live.journal.run.paused === 1) live.journal.moveRun({ kind: 'resume' }, { audit: event, also: () => clearHold(this.options.session.database, live.id) })
      live.control.wake()
      return this.summary(run.id)
    }
    const summary = this.summary(run.id)
    const { pending, sent, accepted, unknown, delivered, verified, overridden, unverifiable } = summary.counts
    const left = pending + sent + accepted + unknown + (delivered - verified - overridden - unverifiable)
    // Of a run that is done only what is in doubt can be looked at again.
    if (left === 0 || (run.state === 'done' && unknown === 0)) return summary
    this.refusePaused(run.activation, run.connection)
    // Its end could not be stored: it is open still, and nobody works on it.
    if (isOpen(run)) {
      this.launch(run.id)
      return this.summary(run.id)
    }
    const journal = this.journalOf(run.id)
    journal.moveRun({ kind: 'reopen' }, {
      audit: event,
      also: () => {
        this.options.session.database.run('UPDATE runs SET cancelling = 0 WHERE id = ?', run.id)
        clearHold(this.options.session.database, run.id)
        this.plans.move(run.plan, ['applied'], 'applying')
      },
    })
    this.launch(run.id)
    return this.summary(run.id)
  }

  /** Looks up what is in doubt of an ended run, or was never read back; nothing is sent, and what waits goes on waiting. */
  look(prefix: string, actor: Actor): RunSummary {
    const run = this.find(prefix)
    const { unknown, accepted, delivered, verified, overridden, unverifiable } = this.summary(run.id).counts
    const rows = unknown + accepted + (delivered - verified - overridden - unverifiable)
    if (this.live.has(run.id) || isOpen(run) || rows === 0) return this.summary(run.id)
    const audit = { kind: 'run looked at', actor: actor.name, subject: run.id, data: { rows } } as const
    this.journalOf(run.id).moveRun({ kind: 'read back' }, { audit, also: () => this.plans.move(run.plan, ['applied'], 'applying') })
    this.launch(run.id, { looks: true })
    return this.summary(run.id)
  }

  /** Nothing more is sent; what was sent is settled and verified, then the run is stopped. */
  cancel(prefix: string, actor: Actor): RunSummary {
    const live = this.openRun(prefix, 'cancelled')
    if (live.journal.run.cancelling === 0) live.journal.markCancelling({ kind: 'run cancelled', actor: actor.name, subject: live.id, data: {} })
    live.control.halt({ kind: 'cancelled' })
    return this.summary(live.id)
  }

  /** A person says what became of unknown rows of an ended run; what was delivered is read back where it can be. */
  settle(input: PersonsWord & { run: string }, actor: Actor): RunSummary {
    const run = this.find(input.run)
    if (this.live.has(run.id)) throw new AppError('object-busy', 'The run is still working on these records.', { value: run.id, next: 'Wait until it has ended, or cancel it.', retryable: true })
    const journal = this.journalOf(run.id)
    resolveByPerson(journal, input, actor, () => this.plans.move(run.plan, ['applied'], 'applying'))
    this.launch(run.id)
    return this.summary(run.id)
  }

  /** A pause of everything, a destination or an activation was set or lifted. */
  pausesChanged(): void {
    for (const live of this.live.values()) {
      live.control.wake()
      live.meter.moved()
    }
  }

  list(query: { activation?: string; limit: number }): RunSummary[] {
    return this.stored.list(query).map((id) => this.summary(id))
  }

  get(prefix: string): RunProgress {
    const { id } = this.find(prefix)
    return this.live.get(id)?.meter.picture() ?? { ...this.summary(id), rate: 0, waits: [] }
  }

  /** Pictures of the run until it ends; the last one is the end. */
  async *watch(prefix: string, signal?: AbortSignal): AsyncGenerator<RunProgress> {
    const { id } = this.find(prefix)
    const live = this.live.get(id)
    if (live) {
      const pictures = latestOf<RunProgress>(signal)
      live.listeners.add(pictures.push)
      live.ended.then(pictures.end, pictures.end)
      try {
        yield this.get(id)
        yield* pictures.values()
      } finally {
        live.listeners.delete(pictures.push)
      }
    }
    if (!signal?.aborted) yield this.get(id)
  }

  /** Resolves when the run has ended or the engine closes. */
  async whenEnded(prefix: string): Promise<RunProgress> {
    const { id } = this.find(prefix)
    await this.live.get(id)?.ended
    return this.get(id)
  }

  /** Ends all work in an orderly way; open runs go on at the next start. */
  async close(): Promise<void> {
    this.closed = true
    for (const live of this.live.values()) live.control.halt({ kind: 'closing' })
    await Promise.all([...this.live.values()].map((live) => live.ended))
  }

  /** By id or a prefix of at least 8 characters that only one run has. */
  find(prefix: string): RunRecord {
    return this.stored.find(prefix)
  }

  get referenceKey(): string {
    return this.options.referenceKey
  }

  /** Requests that are not stored yet are stored now. */
  storeRequests(id: string): void {
    this.live.get(id)?.requests.flush()
  }

  private summary(id: string): RunSummary {
    const live = this.live.get(id)
    const summary = this.stored.summary(live?.journal.run ?? this.stored.get(id), live?.journal.counts)
    const ahead = live && !summary.paused ? this.turns.ahead(live) : undefined
    return ahead ? { ...summary, hold: 'turn', reason: `“${ahead.name}” writes ${summary.object} of ${summary.destinationName} first; this run goes on by itself after it.` } : summary
  }

  private insert(plan: PlanForApply, actor: Actor): string {
    const { database, ports } = this.options.session
    const id = hashedId(ports.ids.next())
    database.transaction(() => {
      database.run(
        "INSERT INTO runs (id, plan, activation, connection, object, state, planned, counts, started_by, number, started_at) VALUES (?, ?, ?, ?, ?, 'approved', ?, ?, ?, ?, ?)",
        id,
        plan.id,
        plan.activation,
        plan.connection,
        plan.object,
        plan.planned,
        JSON.stringify(nothingDone(plan.planned)),
        actor.name,
        database.next('order'),
        ports.clock.now(),
      )
      plan.started?.()
      appendAudit(this.options.session, { kind: 'run started', actor: actor.name, subject: id, data: { plan: plan.id, planHash: plan.planHash, activation: plan.activation, planned: plan.planned } })
    })
    return id
  }

  private journalOf(run: string, changed?: () => void): Journal {
    return new Journal({ trail: this.options.session, run, referenceKey: this.options.referenceKey, ...(changed ? { changed } : {}) })
  }

  /**
   * `patient`: it was under way when the engine ended, and waits until its plan and connection can be opened. `looks`: it has
   * ended, and what is in doubt is looked up.
   */
  private launch(id: string, { patient = false, looks = false } = {}): void {
    if (this.live.has(id) || this.closed) return
    const { clock } = this.options.session.ports
    const control = new RunControl()
    const listeners = new Set<(progress: RunProgress) => void>()
    const meter = new ProgressMeter({
      clock,
      summary: () => this.summary(id),
      waiting: () => control.wait ?? live.target?.waiting(),
      show: (progress) => {
        for (const listener of listeners) listener(progress)
        this.options.session.emit({ topic: 'run', runId: id, progress })
      },
    })
    const { activationName } = this.summary(id)
    const live: LiveRun = {
      id,
      patient,
      looks,
      control,
      meter,
      listeners,
      target: undefined,
      journal: this.journalOf(id, () => meter.moved()),
      requests: new RequestLog({ database: this.options.session.database, clock, log: this.options.session.ports.log, run: id }),
      turn: { rank: 0, name: activationName, start: () => undefined },
      ended: Promise.resolve(),
    }
    this.live.set(id, live)
    live.ended = this.inTurn(live)
  }

  /** Waits for the run that writes the same object, then works. */
  private async inTurn(live: LiveRun): Promise<void> {
    await this.turns.enter(live)
    try {
      await this.work(live)
    } finally {
      this.turns.leave(live)
    }
  }

  /** Of every run that this process worked on: what it sent and when, by a clock that nobody turns. */
  private visibilityOf(run: string): VisibilityTimer {
    const known = this.visibility.get(run) ?? new VisibilityTimer(this.options.session.ports.clock)
    this.visibility.set(run, known)
    return known
  }

  private async openTarget(live: LiveRun): Promise<RunConnection> {
    const { session, referenceKey } = this.options
    const { run } = live.journal
    const connect = () => this.options.connectAsPlanned?.(run.plan) ?? session.connect(run.connection)
    return new RunConnection({
      run: live.id,
      connection: await connect(),
      connect,
      caller: { owner: live.id, priority: live.turn.rank, signal: live.control.signal, giveUp: live.control.halted },
      control: live.control,
      clock: session.ports.clock,
      log: live.requests,
      referenceKey,
      noun: this.stored.noun(run),
      hasPending: () => live.journal.counts.pending > 0,
      isVerifying: () => live.journal.run.state === 'verifying',
      onIdle: () => this.turns.idle(live),
      holdForReconnect: (refusal) =>
        holdForReconnect({ journal: live.journal, control: live.control, clock: session.ports.clock, isPaused: () => this.stored.isPaused(run), shown: () => live.meter.showNow() }, refusal),
    })
  }

  /** What was sent must be settled, so a run that was under way waits; another says at once why it cannot begin. */
  private async whenItOpens<T>(live: LiveRun, open: () => Promise<T>): Promise<T> {
    const { control, meter } = live
    const { clock } = this.options.session.ports
    for (let attempt = 0; ; attempt += 1) {
      try {
        const opened = await open()
        control.wait = undefined
        return opened
      } catch (error) {
        if (!(error instanceof AppError) || !live.patient || control.stop) throw error
        const wait = Math.min(longestBetweenOpeningsMs, 1000 * 2 ** Math.min(attempt, 10))
        control.wait = { label: 'the connection', until: clock.now() + wait, why: wordsOf(error), reason: 'connection' }
        meter.moved()
        await clock.sleep(wait, control.halted).catch(() => undefined)
        if (control.stop) throw error
      }
    }
  }

  /** Never rejects: a run that cannot go on says so in its state. */
  private async work(live: LiveRun): Promise<void> {
    const { session } = this.options
    let plan: PlanForApply | undefined
    try {
      if (live.control.isClosing) return
      plan = await this.whenItOpens(live, () => this.options.openPlan(live.journal.run.plan))
      live.target = await this.whenItOpens(live, () => this.openTarget(live))
      await workRun({
        context: { plan, target: live.target, journal: live.journal, control: live.control, breaker: new Breaker(), visibility: this.visibilityOf(live.id), clock: session.ports.clock, random: session.ports.random, moved: () => live.meter.moved(), onlyLooks: live.looks },
        // Paused by a person, or a more critical run writes the same object first.
        isPaused: () => this.stored.isPaused(live.journal.run) || this.turns.mustWait(live),
        writeReceipts: () => this.writeReceipts(live.id),
      })
    } catch (error) {
      await this.fail(live, error)
    } finally {
      plan?.close()
      live.requests.close()
      if (session.database.sqlite.open) live.meter.end()
      this.live.delete(live.id)
      session.emit({ topic: 'audit' })
    }
  }

  private writeReceipts(run: string): Promise<PreparedReceipts> {
    const { database, ports, folders } = this.options.session
    return this.options.writeReceipts?.(run) ?? writeReceipts({ database, run, ids: ports.ids, folder: folders.data, tempFolder: folders.temp })
  }

  private async fail(live: LiveRun, error: unknown): Promise<void> {
    const { session } = this.options
    if (live.control.isClosing || !session.database.sqlite.open) return
    const expected = error instanceof AppError
    session.ports.log.error('run failed', { run: live.id, error: expected ? error.code : whereOf(error) })
    const reason = expected ? wordsOf(error) : 'Something went wrong inside Lockstep. Nothing is lost: resume the run, or look at the log.'
    try {
      const outcomes = await verificationHash(session.database, live.id, session.ports.clock)
      live.journal.moveRun({ kind: 'fail', reason }, {
        also: () => {
          const plan = this.plans.find(live.journal.run.plan)
          if (plan.state === 'approved' || plan.state === 'applying') this.plans.move(plan.id, [plan.state], 'applied')
        },
        audit: { kind: 'run finished', actor: lockstep, subject: live.id, data: { plan: live.journal.run.plan, activation: live.journal.run.activation, state: 'failed', reason, ...live.journal.counts, outcomes } },
      })
    } catch (failure) {
      // The disk refuses: the run stays open, and the next start goes on from the journal.
      session.ports.log.error('run state could not be stored', { run: live.id, error: failure instanceof AppError ? failure.code : whereOf(failure) })
    }
  }

  private refusePaused(activation: string, connection: string): void {
    const pause = pauseOf(this.options.session.database, activation, connection)
    if (!pause) return
    const what = 'all' in pause.scope ? 'Everything is' : 'connection' in pause.scope ? `The destination “${pause.scope.connection}” is` : `The activation “${pause.scope.activation}” is`
    throw new AppError('paused', `${what} paused by ${pause.by}${pause.reason === undefined ? '' : `: ${pause.reason}`}. Nothing was sent.`, { next: 'Resume it, then apply the plan again.' })
  }

  private openRun(prefix: string, verb: string): LiveRun {
    const run = this.find(prefix)
    const live = this.live.get(run.id)
    if (live) return live
    throw new AppError('bad-usage', `The run has ended and cannot be ${verb} any more.`, { value: run.id, next: 'Make a new plan to send what is left.' })
  }
}

/** How often at least a run looks whether its connection can be opened by now. */
const longestBetweenOpeningsMs = 60_000

function wordsOf(error: AppError): string {
  return `${error.message}${error.place.next ? ` ${error.place.next}` : ''}`
}

/** What kind of failure and where: its message may hold a value of a record, which no log may. */
function whereOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return [error.name, ...frames].join('\n')
}

function refuseUnready(readiness: PlanReadiness): void {
  const { invalid, openConflicts, approval } = readiness
  if (invalid) throw new AppError(invalid.kind === 'expired' ? 'plan-expired' : 'plan-stale', invalid.because, { next: 'Make a new plan; your answers carry over where nothing changed.' })
  if (openConflicts > 0) {
    throw new AppError('answers-missing', `${openConflicts.toLocaleString('en-US')} ${openConflicts === 1 ? 'conflict has' : 'conflicts have'} no answer yet. Nothing was sent.`, { next: 'Answer each; “skip for now” is an answer too.' })
  }
  if (!approval) throw new AppError('approval-missing', 'The plan has no approval yet. Nothing was sent.', { next: 'Approve it, then apply it.' })
}
