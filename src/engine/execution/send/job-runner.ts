import { assertNever } from '../../../contract/assert-never.ts'
import { AppError } from '../../../contract/errors.ts'
import type { JobAnswer, JobOfRows, JobStart, Refusal, RowAnswer, WriteJob } from '../../destinations/destination.ts'
import { NotSent, UnknownOutcome } from '../../drivers/driver.ts'
import type { RowOutcome } from '../journal/row-changes.ts'
import { RunStop } from '../runs/control.ts'
import { mostAttempts, orStop, stopFor } from './run-context.ts'
import type { Instant, RunContext } from './run-context.ts'
import { whenDiskHasSpace } from './disk-space.ts'
import { toRow } from './planned-write.ts'
import type { PlannedWrite } from './planned-write.ts'
import { changedSincePlan, readNow } from './preflight.ts'
import { inDoubt } from './row-outcomes.ts'

/** A job that has said nothing final for so long is lost. */
const jobPatienceMs = 6 * 60 * 60 * 1000

/** A job with its writes, and the places that they have in its request: some of its rows may have ended. */
export interface JobPart {
  jobId: string
  context?: string | undefined
  /** It is known to have its rows. */
  started: boolean
  writes: PlannedWrite[]
  positions: number[]
}

/** What becomes of rows is the dispatcher's to say. */
export interface RowsOfJobs {
  record(outcomes: RowOutcome[]): Promise<void>
  settle(writes: PlannedWrite[], answers: RowAnswer[], positions: number[]): Promise<PlannedWrite[]>
  bisect(writes: PlannedWrite[], refusal: Refusal): Promise<PlannedWrite[]>
  /** They were provably not written: pending again, or as unknown as before. Returns those that are to be compared once more. */
  takeBack(writes: PlannedWrite[]): Promise<PlannedWrite[]>
  /** Whether what was read of the row is too old to write it. */
  isOld(ordinal: number): boolean
  looked(writes: PlannedWrite[], at: Instant): void
}

/**
 * Follows jobs from their id to their rows: brings them what they are to write, asks until they have ended, and says of
 * exactly their rows when nobody knows what they did. What goes on after a restart begins at {@link awaitJob} too.
 */
export class JobRunner {
  private readonly context: RunContext
  private readonly rows: RowsOfJobs
  /** The plan is still valid: open jobs may get their rows. */
  mayBring = true

  constructor(context: RunContext, rows: RowsOfJobs) {
    this.context = context
    this.rows = rows
  }

  /** Jobs that a write has opened. Returns rows that have to be compared once more. */
  async run(writes: PlannedWrite[], jobs: readonly WriteJob[]): Promise<PlannedWrite[]> {
    const parts = partsOf(writes, jobs)
    const inJobs = new Set(parts.flatMap((part) => part.writes.map(({ ordinal }) => ordinal)))
    const left = writes.filter(({ ordinal }) => !inJobs.has(ordinal))
    // Durable before anything is asked of them: a restart finds the jobs instead of opening them again.
    await this.rows.record([
      ...parts.flatMap(({ jobId, context, writes: own, positions }) => own.map(({ ordinal }, index): RowOutcome => ({ ordinal, from: 'sent', to: 'accepted', job: jobId, position: positions[index] ?? index, ...(context === undefined ? {} : { jobContext: context }) }))),
      ...left.map(({ ordinal }): RowOutcome => ({ ordinal, from: 'sent', to: 'unknown', reason: inDoubt, message: 'The destination did not say in which job this record is.' })),
    ])
    const ends = await Promise.allSettled(parts.map((part) => (part.started ? this.awaitJob(part) : this.bringRows(part))))
    const failed = ends.find((end) => end.status === 'rejected')
    if (failed) throw failed.reason
    return ends.flatMap((end) => (end.status === 'fulfilled' ? end.value : []))
  }

  /** From wherever the job is, now or after a restart, to what it says of its rows. */
  async awaitJob(part: JobPart): Promise<PlannedWrite[]> {
    const { target, clock, control } = this.context
    const until = clock.monotonic() + jobPatienceMs
    for (;;) {
      const answer = await this.ask(part)
      switch (answer.kind) {
        case 'rows':
          return this.rows.settle(part.writes, answer.rows, part.positions)
        case 'lost':
          return this.lost(part, 'The destination does not know the job any more.')
        case 'waiting':
          // One that has started may be shown as waiting for a while.
          if (!part.started) return this.bringRows(part)
          break
        case 'working':
          break
        default:
          return assertNever(answer)
      }
      if (clock.monotonic() > until) return this.lost(part, 'The job did not end.')
      await clock.sleep(target.profile.jobPollMs, control.signal)
    }
  }

  private ask(part: JobPart): Promise<JobAnswer> {
    const { target, control } = this.context
    return orStop(control, target.pollJob(this.jobOf(part), control.signal))
  }

  /** Whatever goes wrong on the way, the job that is there gets the rows, or it is given up: none is opened in its place before. */
  private async bringRows(part: JobPart): Promise<PlannedWrite[]> {
    // Somebody only looks: a job that has done nothing stays as it is.
    if (this.context.onlyLooks) return []
    for (let attempt = 1; attempt <= mostAttempts && (await this.mayGo(part)); attempt += 1) {
      const start = await this.upload(part)
      if (start === 'not sent') break
      if (start === 'answer lost') {
        const now = await this.ask(part)
        if (now.kind === 'waiting') continue
        return this.awaitJob({ ...part, started: true })
      }
      switch (start.kind) {
        case 'started':
          return this.awaitJob({ ...part, started: true })
        case 'refused':
          return this.refused(part, start.refusal)
        case 'lost':
          return this.lost(part, 'The destination does not know the job any more.')
        default:
          return assertNever(start)
      }
    }
    return this.giveUp(part)
  }

  /** What a job gets was compared a moment ago, or is compared once more: all of it stands, or none of it goes. */
  private async mayGo({ writes }: JobPart): Promise<boolean> {
    const { control, target, plan, clock } = this.context
    if (control.stop || !this.mayBring) return false
    if (!writes.some(({ ordinal }) => this.rows.isOld(ordinal))) return true
    const made = await plan.madeElsewhere?.()
    if (writes.some(({ how, record }) => how === 'create' && made?.has(record.key))) return false
    const found = await orStop(control, readNow(target, plan, writes, { signal: control.halted }))
    if (writes.some((write) => changedSincePlan(plan, write, found.get(write.ordinal)) !== undefined)) return false
    this.rows.looked(writes, { monotonic: clock.monotonic(), now: clock.now() })
    return !control.stop
  }

  private async upload(part: JobPart): Promise<JobStart | 'answer lost' | 'not sent'> {
    const { target, control } = this.context
    try {
      return await target.uploadJob(this.jobOf(part), control.signal)
    } catch (error) {
      if (error instanceof UnknownOutcome) return 'answer lost'
      if (error instanceof NotSent) return 'not sent'
      throw error instanceof AppError ? stopFor(error, control) : error
    }
  }

  /** Rows of a job that will never write anything are pending again; of one that nobody can be sure of they are unknown. */
  private async giveUp(part: JobPart): Promise<PlannedWrite[]> {
    const { control } = this.context
    // The next start takes it up.
    if (control.isClosing) throw new RunStop({ kind: 'closing' })
    if (!(await this.isGone(part))) return this.lost(part, 'The job was given up, and it is not known whether it wrote anything.')
    const fresh = await this.rows.takeBack(part.writes)
    if (control.stop) throw new RunStop(control.stop)
    return fresh
  }

  private async isGone(part: JobPart): Promise<boolean> {
    const { target, control } = this.context
    try {
      return await target.abandonJob(this.jobOf(part), control.signal)
    } catch (error) {
      if (control.isClosing) throw new RunStop({ kind: 'closing' })
      if (error instanceof AppError || error instanceof UnknownOutcome) return false
      throw error
    }
  }

  /** Its rows go on alone: smaller jobs find those that cause it. */
  private async refused(part: JobPart, refusal: Refusal): Promise<PlannedWrite[]> {
    const { journal } = this.context
    await this.rows.record(part.writes.map(({ ordinal }) => ({ ordinal, from: 'accepted', to: 'unknown', reason: 'to be sent again' })))
    await whenDiskHasSpace(this.context, async () => journal.sendAgain(part.writes.map(({ ordinal }) => ({ ordinal, from: 'unknown' }))))
    return this.rows.bisect(part.writes, refusal)
  }

  private async lost({ writes }: JobPart, message: string): Promise<PlannedWrite[]> {
    await this.rows.record(writes.map(({ ordinal }) => ({ ordinal, from: 'accepted', to: 'unknown', reason: 'job lost', message })))
    return []
  }

  private jobOf({ jobId, context, writes, positions }: JobPart): JobOfRows {
    const { plan, journal } = this.context
    return {
      object: plan.object,
      operation: writes[0]?.how ?? 'update',
      jobId,
      rows: writes.map((write, index) => toRow(plan, journal.run.id, write, positions[index] ?? index)),
      ...(context === undefined ? {} : { context }),
    }
  }
}

/** A row that two jobs claim belongs to the first. */
function partsOf(writes: PlannedWrite[], jobs: readonly WriteJob[]): JobPart[] {
  const taken = new Set<number>()
  return jobs.flatMap(({ jobId, context, positions, started }) => {
    const own = positions.filter((position) => writes[position] !== undefined && !taken.has(position))
    for (const position of own) taken.add(position)
    return own.length === 0 ? [] : [{ jobId, context, started, positions: own, writes: own.flatMap((position) => writes[position] ?? []) }]
  })
}
