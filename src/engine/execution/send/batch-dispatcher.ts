import { AppError } from '../../../contract/errors.ts'
import type { RowState } from '../../../contract/states.ts'
import { finalStates } from '../../audit/outcomes.ts'
import { NotSent, UnknownOutcome } from '../../drivers/driver.ts'
import type { Refusal, RowAnswer, WriteAnswer, WriteJob } from '../../destinations/destination.ts'
import { interactiveRetry, jitterMs } from '../../drivers/retry.ts'
import { judgeAnswers, mayHaveArrived } from '../../destinations/testimony.ts'
import type { Judged } from '../../destinations/testimony.ts'
import { assumedAtOnce, stateAssumed } from '../verify/assumed.ts'
import { JobRunner } from './job-runner.ts'
import { RunStop } from '../runs/control.ts'
import { answerLost } from '../journal/journal.ts'
import type { RowOutcome } from '../journal/row-changes.ts'
import type { ObservationSink } from '../../plans/plan-for-apply.ts'
import { madeBefore } from '../../plans/journal-rows.ts'
import { inDoubt, outcomeOf, refusalWords } from './row-outcomes.ts'
import { toRow } from './planned-write.ts'
import type { PlannedWrite } from './planned-write.ts'
import { whenDiskHasSpace } from './disk-space.ts'
import { freshForMs } from '../requests/run-connection.ts'
import type { Instant, RunContext } from './run-context.ts'
import { mostAttempts, stopFor } from './run-context.ts'

/** Sends rows whose intent is durable, and journals what became of each of them. */
export class BatchDispatcher {
  private readonly context: RunContext
  /** Where what nobody can read back is stated as agreed. */
  private readonly assumes: ObservationSink | undefined
  /** Sends and refusals so far, by ordinal; only rows that had some. */
  private readonly attempts = new Map<number, number>()
  private readonly refusals = new Map<number, number>()
  /** Rows that may have arrived before they were sent again: a refusal now says nothing about then. */
  private readonly unproved = new Set<number>()
  /** Rows that were unknown and went again: one that does not leave is unknown as before. */
  private readonly repeated = new Set<number>()
  /** When rows that are under way were looked at in the destination. */
  private readonly lookedAt = new Map<number, Instant>()
  /** Ids that were answered for new records a moment ago and are not in the journal yet → product key. */
  private readonly answered = new Map<string, string>()

  /** Jobs of writes, those of before a restart too. */
  readonly jobs: JobRunner

  constructor(context: RunContext, assumes?: ObservationSink) {
    this.context = context
    this.assumes = assumes
    this.jobs = new JobRunner(context, {
      record: (outcomes) => this.record(outcomes),
      settle: (writes, answers, positions) => this.settleRows(writes, answers, 'accepted', positions),
      bisect: (writes, refusal) => this.bisect(writes, refusal),
      takeBack: (writes) => this.tooLate(writes, 'accepted'),
      isOld: (ordinal) => this.isOld(ordinal),
      looked: (writes, at) => writes.forEach(({ ordinal }) => this.lookedAt.set(ordinal, at)),
    })
  }

  /**
   * All writes do the same (`how`) and are `sent` in the journal. Returns those that waited too long and are pending
   * again: compare them once more. `lookedAt` is when they were compared; a repeat goes without while that is fresh.
   */
  async send(writes: PlannedWrite[], lookedAt?: Instant): Promise<PlannedWrite[]> {
    if (lookedAt) for (const { ordinal } of writes) this.lookedAt.set(ordinal, lookedAt)
    else if (writes.some(({ ordinal }) => this.isOld(ordinal))) return this.tooLate(writes)
    let answer: WriteAnswer
    try {
      answer = await this.request(writes)
    } catch (error) {
      return this.noAnswer(writes, error)
    }
    switch (answer.kind) {
      case 'rows':
        return this.settleRows(writes, answer.rows, 'sent')
      case 'jobs':
        return this.runJobs(writes, answer.jobs)
      case 'refused':
        return this.bisect(writes, answer.refusal)
    }
  }

  /** Sends rows once more; `unproved` ones may be there already, and sending them again changes nothing. */
  async sendAgain(writes: PlannedWrite[], unproved: ReadonlySet<number>, lookedAt: Instant): Promise<void> {
    for (const { ordinal } of writes) {
      this.repeated.add(ordinal)
      if (unproved.has(ordinal)) this.unproved.add(ordinal)
      else this.unproved.delete(ordinal)
    }
    await this.send(writes, lookedAt)
  }

  private request(writes: PlannedWrite[]): Promise<WriteAnswer> {
    const { plan, target, journal, control } = this.context
    const rows = writes.map((write, position) => toRow(plan, journal.run.id, write, position))
    return target.write({ object: plan.object, operation: writes[0]?.how ?? 'update', rows }, control.signal)
  }

  private async noAnswer(writes: PlannedWrite[], error: unknown): Promise<PlannedWrite[]> {
    const { control } = this.context
    if (error instanceof NotSent) return this.tooLate(writes)
    if (error instanceof UnknownOutcome) {
      await this.record(writes.map(({ ordinal }) => ({ ordinal, from: 'sent', to: 'unknown', reason: 'answer lost', message: error.message })))
      return []
    }
    if (error instanceof AppError && error.code === 'rate-limited' && this.canLook()) {
      // A limit in the middle of a batch: a part of it may be there.
      await this.record(writes.map(({ ordinal }) => ({ ordinal, from: 'sent', to: 'unknown', reason: inDoubt, message: error.message })))
      throw stopFor(error, control)
    }
    if (error instanceof AppError) {
      // Every other expected failure means that the request was not processed.
      await this.takeBack(writes)
      throw stopFor(error, control)
    }
    throw error
  }

  private canLook(): boolean {
    const { settle, readBack } = this.context.target.profile
    return settle !== 'none' && readBack !== 'none'
  }

  private async settleRows(writes: PlannedWrite[], rows: RowAnswer[], from: RowState, positions?: number[]): Promise<PlannedWrite[]> {
    const judged = this.judged(writes, rows, positions)
    const again: PlannedWrite[] = []
    const outcomes: RowOutcome[] = []
    const ended: PlannedWrite[] = []
    for (const [index, write] of writes.entries()) {
      const answer = judged[index]
      if (!answer) continue
      if (answer.outcome === 'rejected' && answer.refusal.retryable && this.another(write)) {
        again.push(write)
        continue
      }
      const outcome = this.ofRepeated(outcomeOf(write.ordinal, from, answer))
      outcomes.push(this.assumes ? assumedAtOnce(outcome) : outcome)
      ended.push(write)
    }
    await this.record([...outcomes, ...this.onTheirOwn(again, from)])
    for (const { remoteId } of outcomes) if (remoteId) this.answered.delete(remoteId)
    this.assume(ended, outcomes)
    this.judge(outcomes)
    return again.length > 0 ? this.sendLater(again, from) : []
  }

  /** What the answers are worth; ids of new records are held against all that were answered before. */
  private judged(writes: PlannedWrite[], rows: RowAnswer[], positions?: number[]): Judged[] {
    const sent = writes.map(({ how, record }, index) => ({ position: positions?.[index] ?? index, ...(how === 'create' || record.remoteId === undefined ? {} : { id: record.remoteId }) }))
    const byPosition = new Map(sent.map(({ position }, index) => [position, writes[index]]))
    const claimed = writes[0]?.how === 'create' ? rows.flatMap((row) => (row.outcome === 'delivered' && row.id !== undefined ? [row.id] : [])) : []
    const { journal } = this.context
    const before = claimed.length === 0 ? new Map<string, Set<string>>() : madeBefore(journal.database, journal.run, claimed)
    const judged = judgeAnswers(sent, rows, (id, position) => {
      const record = byPosition.get(position)?.record
      // Where the key is the id, nobody else can have it.
      if (record === undefined || id === record.matchKey) return false
      const known = this.answered.get(id)
      return (known !== undefined && known !== record.key) || [...(before.get(id) ?? [])].some((key) => key !== record.key)
    })
    for (const [index, one] of judged.entries()) if (claimed.length > 0 && one.outcome === 'delivered' && one.id !== undefined) this.answered.set(one.id, writes[index]?.record.key ?? '')
    return judged
  }

  /** What nobody can read back is agreed as soon as it is durable that it arrived. */
  private assume(writes: PlannedWrite[], outcomes: RowOutcome[]): void {
    if (!this.assumes) return
    const readAt = new Date(this.context.clock.now()).toISOString()
    for (const [index, write] of writes.entries()) {
      const outcome = outcomes[index]
      if (outcome?.unverifiable) stateAssumed(this.assumes, write, outcome, readAt)
    }
  }

  /** Says of a row that it went again unproved; a refusal of one that may have arrived before leaves it in doubt. */
  private ofRepeated(outcome: RowOutcome): RowOutcome {
    if (!this.unproved.has(outcome.ordinal)) return outcome
    if (outcome.to === 'delivered') return { ...outcome, message: 'The answer was lost; it was sent again, because that changes nothing where it had arrived.' }
    if (outcome.to !== 'rejected' && outcome.to !== 'quarantined') return outcome
    return { ordinal: outcome.ordinal, from: outcome.from, to: 'unknown', reason: answerLost.reason, message: `An earlier answer was lost; when it was sent again, it was refused: ${outcome.message ?? ''}` }
  }

  /** A job's row is on its own until its next request; a restart in between looks before it sends. */
  private onTheirOwn(again: PlannedWrite[], from: RowState): RowOutcome[] {
    return from === 'accepted' ? again.map(({ ordinal }) => ({ ordinal, from, to: 'unknown', reason: 'to be sent again' })) : []
  }

  private async sendLater(writes: PlannedWrite[], from: RowState): Promise<PlannedWrite[]> {
    const { target, random, journal, control } = this.context
    const attempt = Math.max(...writes.map((write) => this.attempts.get(write.ordinal) ?? 1))
    await this.pause(jitterMs(target.profile.retry ?? interactiveRetry, attempt, random))
    // Refused, so it is not there: whoever stops now leaves rows that were provably not sent.
    if (from !== 'accepted' && control.stop) return this.withdraw(writes)
    control.throwIfStopped()
    await whenDiskHasSpace(this.context, () => journal.sendAgain(writes.map(({ ordinal }) => ({ ordinal, from: from === 'accepted' ? 'unknown' : from }))))
    return this.send(writes)
  }

  private another(write: PlannedWrite): boolean {
    if (this.context.onlyLooks) return false
    const attempts = (this.attempts.get(write.ordinal) ?? 1) + 1
    this.attempts.set(write.ordinal, attempts)
    return attempts <= mostAttempts
  }

  private runJobs(writes: PlannedWrite[], jobs: readonly WriteJob[]): Promise<PlannedWrite[]> {
    return this.jobs.run(writes, jobs)
  }

  /** A refusal that names no row: halves find the rows that cause it, and the others go through. */
  private async bisect(writes: PlannedWrite[], refusal: Refusal): Promise<PlannedWrite[]> {
    const { control } = this.context
    for (const { ordinal } of writes) this.refusals.set(ordinal, (this.refusals.get(ordinal) ?? 0) + 1)
    if (writes.length > 1) {
      const middle = Math.ceil(writes.length / 2)
      const second = writes.slice(middle)
      let late: PlannedWrite[]
      try {
        late = await this.sendRefused(writes.slice(0, middle))
      } catch (error) {
        // Nothing more is sent: the other half was refused with the first, so it is not there.
        if (error instanceof RunStop && !control.isClosing) await this.takeBack(second)
        throw error
      }
      return [...late, ...(await this.sendRefused(second))]
    }
    const [only] = writes
    if (!only) return []
    if ((this.refusals.get(only.ordinal) ?? 0) < mostAttempts) return this.sendRefused(writes)
    await this.quarantine(only, refusal)
    return []
  }

  /** What was refused as a whole goes once more, unless the run is told to stop: then it was provably not sent. */
  private async sendRefused(writes: PlannedWrite[]): Promise<PlannedWrite[]> {
    return this.context.control.stop ? this.withdraw(writes) : this.send(writes)
  }

  private async withdraw(writes: PlannedWrite[]): Promise<never> {
    await this.takeBack(writes)
    throw new RunStop(this.context.control.stop ?? { kind: 'closing' })
  }

  /** Half of what is fresh is left for the way through limits. Where nothing can be read, nothing grows old but a key. */
  private isOld(ordinal: number): boolean {
    const { target, clock } = this.context
    const { readBack, settle } = target.profile
    if (readBack === 'none' && !(settle === 'idempotency key' && this.unproved.has(ordinal))) return false
    const at = this.lookedAt.get(ordinal)
    return at === undefined || Math.max(clock.monotonic() - at.monotonic, clock.now() - at.now) > freshForMs / 2
  }

  /** They did not leave, and what they rest on is old: looked at again before they go. */
  private async tooLate(writes: PlannedWrite[], from: 'sent' | 'accepted' = 'sent'): Promise<PlannedWrite[]> {
    const unknown = writes.filter(({ ordinal }) => this.repeated.has(ordinal))
    const fresh = writes.filter(({ ordinal }) => !this.repeated.has(ordinal))
    await this.record(unknown.map(({ ordinal }) => ({ ordinal, from, to: 'unknown', ...answerLost, unsent: true })))
    if (fresh.length > 0) await this.takeBack(fresh, from)
    return fresh
  }

  private async takeBack(writes: PlannedWrite[], from: 'sent' | 'accepted' = 'sent'): Promise<void> {
    await whenDiskHasSpace(this.context, () => this.context.journal.withdraw(writes.map(({ ordinal }) => ordinal), from))
  }

  /** What became of rows is known only here until it is durable. */
  private async record(outcomes: RowOutcome[]): Promise<void> {
    const { journal, visibility } = this.context
    if (outcomes.some(({ to }) => to === 'delivered')) visibility.delivered()
    // Lost or not believed: what the request did may still be under way, and a read may not show it yet.
    if (outcomes.some(({ to, unsent }) => to === 'unknown' && unsent !== true)) visibility.lost()
    for (const { ordinal, to } of outcomes) if (finalStates.includes(to)) this.lookedAt.delete(ordinal)
    await whenDiskHasSpace(this.context, () => journal.settleSoon(outcomes))
  }

  /** Ends early when nothing more is to be sent. */
  private async pause(milliseconds: number): Promise<void> {
    const { clock, control } = this.context
    await clock.sleep(milliseconds, control.halted).catch((error: unknown) => {
      if (control.isClosing || !control.stop) throw error
    })
  }

  private async quarantine(write: PlannedWrite, refusal: Refusal): Promise<void> {
    const doubtful = mayHaveArrived(write.how === 'create' ? {} : { id: '' }, refusal)
    const outcomes: RowOutcome[] = [this.ofRepeated({ ordinal: write.ordinal, from: 'sent', to: doubtful ? 'unknown' : 'quarantined', ...refusalWords(refusal) })]
    await this.record(outcomes)
    this.judge(outcomes)
  }

  private judge(outcomes: RowOutcome[]): void {
    const failures = outcomes.flatMap(({ to, message }) => (to === 'rejected' || to === 'quarantined' ? [message ?? 'The destination refused the record.'] : []))
    const reason = this.context.breaker.note(outcomes.length, failures)
    // With nothing left to hold back the run ends as any other: its refused records are told by cause.
    if (reason !== undefined && this.context.journal.counts.pending > 0) this.context.control.halt({ kind: 'stopped', reason })
  }
}
