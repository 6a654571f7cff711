import { assertNever } from '../../../contract/assert-never.ts'
import type { RowState, RunCounts, SkipReason, Verification } from '../../../contract/states.ts'
import { addVerification, moveRows, nothingDone } from '../../plans/run-counts.ts'

/**
 * The states of a run and of its rows, and what leads from one to another (semantics §5). Pure: the journal asks here
 * before it moves anything, so an impossible move is a bug that changes nothing.
 */

/**
 * What happens to a row. 'sent': the intent is durable, before the request, whether for the first time or again.
 * 'withdrawn': the request provably never left, or its job will never apply anything. Everything else is named by the state it leads to.
 */
export type RowEvent = Exclude<RowState, 'pending'> | 'withdrawn'

/** Where a row goes, or throws. */
export function nextRowState(state: RowState, event: RowEvent): RowState {
  if (!rowEventsIn(state).includes(event)) throw new Error(`a row that is ${state} cannot be ${event}`)
  return event === 'withdrawn' ? 'pending' : event
}

function rowEventsIn(state: RowState): readonly RowEvent[] {
  switch (state) {
    case 'pending':
      return ['sent', 'skipped']
    case 'sent':
      return ['sent', 'withdrawn', 'accepted', 'delivered', 'rejected', 'quarantined', 'unknown']
    case 'accepted':
      return ['withdrawn', 'delivered', 'rejected', 'quarantined', 'unknown']
    // Settled by the destination's declared method, or by a person.
    case 'unknown':
      return ['sent', 'delivered', 'rejected', 'quarantined', 'unknown']
    case 'delivered':
    case 'rejected':
    case 'quarantined':
    case 'skipped':
      return []
    default:
      return assertNever(state)
  }
}

/** Whether nothing can happen to the row any more. */
export function isFinal(state: RowState): boolean {
  return rowEventsIn(state).length === 0
}

/**
 * What a restart means for a row: what was sent has no answer any more and is settled; a job is polled on; what was not
 * sent goes on only while the plan is still valid.
 */
export function afterRestart(state: RowState, planStillValid: boolean): { event: 'unknown' } | { event: 'skipped'; reason: SkipReason } | undefined {
  if (state === 'sent') return { event: 'unknown' }
  return state === 'pending' && !planStillValid ? { event: 'skipped', reason: 'expired' } : undefined
}

/** A run. `stopping`: nothing more is sent, what was sent is settled and verified, then it is stopped with that reason. */
export type Run =
  | { state: 'approved'; paused: boolean }
  | { state: 'applying'; paused: boolean; stopping?: string }
  | { state: 'verifying'; paused: boolean; stopping?: string }
  | { state: 'done' }
  | { state: 'stopped' | 'failed'; reason: string }

export type RunEvent =
  | { kind: 'start' }
  | { kind: 'pause' }
  | { kind: 'resume' }
  /** A person cancels, the breaker opens, the plan ran out. */
  | { kind: 'stop'; reason: string }
  /** No row is pending, sent or accepted any more. */
  | { kind: 'settled' }
  /** Every delivered row was read back, or cannot be. */
  | { kind: 'verified' }
  /** The run itself could not go on; its rows stay as they are. */
  | { kind: 'fail'; reason: string }
  /** A person lets an ended run go on with what it left pending or unknown. */
  | { kind: 'reopen' }
  /** A person said what became of rows of an ended run; those that arrived are read back. Nothing is sent. */
  | { kind: 'read back' }

type OpenRun = Extract<Run, { paused: boolean }>

/** Where a run goes, or throws. */
export function nextRunState(run: Run, event: RunEvent): Run {
  switch (run.state) {
    case 'approved':
    case 'applying':
    case 'verifying':
      return nextOfOpen(run, event)
    case 'stopped':
    case 'failed':
      if (event.kind === 'reopen') return { state: 'applying', paused: false }
      if (event.kind === 'read back') return { state: 'verifying', paused: false, stopping: run.reason }
      throw new Error(`a run that is ${run.state} cannot ${event.kind}`)
    case 'done':
      if (event.kind === 'reopen') return { state: 'applying', paused: false }
      if (event.kind === 'read back') return { state: 'verifying', paused: false }
      throw new Error(`a run that is ${run.state} cannot ${event.kind}`)
    default:
      return assertNever(run)
  }
}

function nextOfOpen(run: OpenRun, event: RunEvent): Run {
  switch (event.kind) {
    case 'pause':
      return { ...run, paused: true }
    case 'resume':
      return { ...run, paused: false }
    case 'fail':
      return { state: 'failed', reason: event.reason }
    case 'stop':
      return stop(run, event.reason)
    case 'start':
      return { state: 'applying', paused: from(run, 'approved', event).paused }
    case 'settled':
      return { ...from(run, 'applying', event), state: 'verifying' }
    case 'verified':
      return end(from(run, 'verifying', event))
    case 'reopen':
    case 'read back':
      throw new Error(`a run that is ${run.state} has not ended`)
    default:
      return assertNever(event)
  }
}

/** The first reason stands. While verifying there is nothing left to hold back. */
function stop(run: OpenRun, reason: string): Run {
  if (run.state === 'approved') return { state: 'stopped', reason }
  return run.state === 'verifying' ? run : { ...run, stopping: run.stopping ?? reason }
}

function end(run: Extract<Run, { state: 'verifying' }>): Run {
  return run.stopping === undefined ? { state: 'done' } : { state: 'stopped', reason: run.stopping }
}

function from<State extends OpenRun['state']>(run: OpenRun, state: State, event: RunEvent): Extract<OpenRun, { state: State }> {
  if (run.state !== state) throw new Error(`a run that is ${run.state} cannot be ${event.kind}`)
  return run as Extract<OpenRun, { state: State }>
}

/** The counts that a run's rows come to. Balanced by construction; see `balances`. */
export function countsOf(rows: Iterable<{ state: RowState; verification?: Verification }>): RunCounts {
  const counts = nothingDone(0)
  for (const { state, verification } of rows) {
    counts.planned++
    counts.pending++
    moveRows(counts, 'pending', state)
    if (verification !== undefined) addVerification(counts, verification)
  }
  return counts
}
