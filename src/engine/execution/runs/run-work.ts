import { AppError } from '../../../contract/errors.ts'
import { lockstep } from '../../audit/audit.ts'
import { verificationHash } from '../../audit/run-hash.ts'
import { PlanStore } from '../../plans/plan-store.ts'
import { Sender, skipPending } from '../send/sender.ts'
import { RunStop } from './control.ts'
import type { Stop } from './control.ts'
import { BatchDispatcher } from '../send/batch-dispatcher.ts'
import { stopFor } from '../send/run-context.ts'
import type { RunContext } from '../send/run-context.ts'
import type { Journal } from '../journal/journal.ts'
import { whenDiskHasSpace } from '../send/disk-space.ts'
import type { ObservationSink } from '../../plans/plan-for-apply.ts'
import { publishReceipts } from '../verify/receipts.ts'
import type { PreparedReceipts } from '../verify/receipts.ts'
import { adoptSent, awaitJobs, resolveUnknown } from '../resolve/resolve-unknown.ts'
import type { NotAgain } from '../resolve/resolve-unknown.ts'
import { verifyDelivered } from '../verify/verify.ts'

export interface WorkOptions {
  context: RunContext
  isPaused: () => boolean
  /** Writes what became of every row; it counts once it is published. */
  writeReceipts: () => Promise<PreparedReceipts>
}

/**
 * One run from wherever it is to its end: send, settle, verify, finish. Returns without ending it when the engine
 * closes; the next start goes on from the journal.
 */
export async function workRun(options: WorkOptions): Promise<void> {
  const { context } = options
  const { journal, control } = context
  const resumed = journal.run.state !== 'approved'
  if (!resumed) await move(context, { kind: 'start' }, { also: () => new PlanStore(journal.database).move(journal.run.plan, ['approved'], 'applying') })
  // What an interrupted run had proved or assumed was never published.
  else await whenDiskHasSpace(context, () => journal.forgetVerification())
  const sinks = new Sinks(context)
  try {
    if (journal.run.state === 'applying') await sendAndSettle(options, sinks, resumed)
    if (control.isClosing) return
    if (journal.run.state === 'applying') await move(context, { kind: 'settled' })
    const inVain = context.onlyLooks ? await look(context) : undefined
    if (!control.isClosing) await verifyAndFinish(options, sinks, inVain)
  } finally {
    await sinks.discard()
  }
}

/** Finds out by reading alone what became of rows of a run that has ended. Returns why it could not. */
async function look(context: RunContext): Promise<Stop | undefined> {
  const dispatcher = new BatchDispatcher(context)
  return untilStopped(context, async () => {
    await awaitJobs(context, dispatcher)
    await resolveUnknown(context, dispatcher, () => 'only looked')
  })
}

async function sendAndSettle(options: WorkOptions, sinks: Sinks, resumed: boolean): Promise<void> {
  const { context, isPaused } = options
  const { journal, control, plan, target } = context
  const dispatcher = new BatchDispatcher(context, target.profile.readBack === 'none' ? await whenDiskHasSpace(context, () => sinks.open()) : undefined)
  let expired = false
  if (journal.run.cancelling === 1) control.halt({ kind: 'cancelled' })
  await untilStopped(context, async () => {
    if (resumed) {
      await adoptSent(context)
      dispatcher.jobs.mayBring = (await plan.readiness()).invalid === undefined
      await awaitJobs(context, dispatcher)
      expired = (await plan.readiness()).invalid !== undefined
    }
    control.throwIfStopped()
    if (expired) await skipPending(context, 'expired')
    else await new Sender(context, dispatcher, isPaused).sendAll()
  })
  if (control.isClosing) return
  if (!control.stop && expired) await move(context, { kind: 'stop', reason: 'The plan was not valid any more when the run went on.' })
  // A stop may come while rows are settled; what it leaves is settled as the stop says.
  for (let settledUnder: Stop | undefined | 'nothing yet' = 'nothing yet'; settledUnder !== control.stop; ) {
    settledUnder = control.stop
    if (!(await settleUnder(context, dispatcher, settledUnder, expired))) break
  }
  await skipCancelled(context)
}

/** Cancelled after it had stopped for another reason, or while it was read back. */
async function skipCancelled(context: RunContext): Promise<void> {
  const { control, journal } = context
  if (!control.isClosing && journal.run.cancelling === 1 && journal.counts.pending > 0) await skipPending(context, 'cancelled')
}

/** False: nothing can be settled now. */
async function settleUnder(context: RunContext, dispatcher: BatchDispatcher, stop: Stop | undefined, expired: boolean): Promise<boolean> {
  const { control } = context
  // All that flew has landed: a row that is still on its way went down with something else.
  await adoptSent(context)
  if (stop?.kind === 'cancelled') await skipPending(context, 'cancelled')
  if (stop) await move(context, { kind: 'stop', reason: reasonOf(stop) })
  if (stop?.kind === 'unusable') return false
  await untilStopped(context, () => resolveUnknown(context, dispatcher, () => notAgain(control.stop, expired)))
  return !control.isClosing
}

function notAgain(stop: Stop | undefined, expired: boolean): NotAgain | undefined {
  if (stop?.kind === 'cancelled') return 'cancelled'
  if (stop) return 'stopped'
  return expired ? 'expired' : undefined
}

function reasonOf(stop: Stop): string {
  return stop.kind === 'cancelled' || stop.kind === 'closing' ? 'cancelled' : stop.reason
}

/** Turns a stop that something threw into the run's stop, and says which. Anything else is a bug and goes on up. */
async function untilStopped({ control }: RunContext, act: () => Promise<void>): Promise<Stop | undefined> {
  try {
    await act()
    return undefined
  } catch (error) {
    if (control.isClosing) return { kind: 'closing' }
    const thrown = error instanceof AppError ? stopFor(error, control) : error
    if (!(thrown instanceof RunStop)) throw error
    control.halt(thrown.stop)
    return thrown.stop
  }
}

/** Waits for room on the disk where there is none. */
function move(context: RunContext, ...event: Parameters<Journal['moveRun']>): Promise<void> {
  return whenDiskHasSpace(context, () => context.journal.moveRun(...event))
}

/** All of it again where the disk was full in the middle: what was proved counts only once it is published. */
async function verifyAndFinish(options: WorkOptions, sinks: Sinks, inVain: Stop | undefined): Promise<void> {
  const { context } = options
  const { control, journal } = context
  const verifies = unusable(control.stop) === undefined
  let broken = inVain
  let cutShort = false
  await whenDiskHasSpace(context, async () => {
    if (cutShort) journal.forgetVerification()
    cutShort = true
    const sink = await sinks.open()
    try {
      if (verifies && !broken) broken = await untilStopped(context, () => verifyDelivered(context, sink))
      // Delivered and not read back is no success: a person resumes the run when the destination answers again.
      await skipCancelled(context)
      if (!control.isClosing) await finish(options, sink, unusable(broken))
    } finally {
      await sinks.discard()
    }
  })
}

/** The run's place for what was agreed: opened when it is first needed, anew once it was discarded. */
class Sinks {
  private readonly context: RunContext
  private current: ObservationSink | undefined

  constructor(context: RunContext) {
    this.context = context
  }

  async open(): Promise<ObservationSink> {
    this.current ??= await this.context.plan.openSink()
    return this.current
  }

  async discard(): Promise<void> {
    const { current } = this
    this.current = undefined
    await current?.discard()
  }
}

async function finish(options: WorkOptions, sink: ObservationSink, unread: string | undefined): Promise<void> {
  const { journal, clock } = options.context
  // Side by side: the first works outside of this thread. Nobody leaves before all have ended.
  const parts = [sink.finish(), options.writeReceipts(), verificationHash(journal.database, journal.run.id, clock)] as const
  await Promise.allSettled(parts)
  const [publish, receipts, outcomes] = await Promise.all(parts)
  end(options, { unread, outcomes }, () => {
    publish()
    journal.publishProofs()
    publishReceipts(journal.database, journal.run.id, receipts, clock.now())
  })
}

function unusable(stop: Stop | undefined): string | undefined {
  return stop?.kind === 'unusable' ? stop.reason : undefined
}

/** The last transaction: proofs and receipts count from here on, and the audit says how it ended. */
function end({ context: { journal, plan } }: WorkOptions, { unread, outcomes }: { unread: string | undefined; outcomes: string }, publish: () => void): void {
  const reason = unread ?? journal.run.reason
  journal.moveRun(unread === undefined ? { kind: 'verified' } : { kind: 'fail', reason: unread }, {
    also: () => {
      publish()
      new PlanStore(journal.database).move(journal.run.plan, ['applying'], 'applied')
    },
    audit: {
      kind: 'run finished',
      actor: lockstep,
      subject: journal.run.id,
      data: {
        plan: journal.run.plan,
        planHash: plan.planHash,
        activation: journal.run.activation,
        state: unread === undefined ? (reason === null ? 'done' : 'stopped') : 'failed',
        ...(reason === null ? {} : { reason }),
        ...journal.counts,
        outcomes,
      },
    },
  })
}
