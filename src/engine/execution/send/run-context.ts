import { AppError } from '../../../contract/errors.ts'
import type { Clock, Random } from '../../ports/ports.ts'
import type { Breaker } from './breaker.ts'
import { RunStop } from '../runs/control.ts'
import type { RunControl } from '../runs/control.ts'
import type { Journal } from '../journal/journal.ts'
import type { VisibilityTimer } from './visibility-timer.ts'
import type { PlanForApply } from '../../plans/plan-for-apply.ts'
import type { RunDestination } from '../requests/run-destination.ts'

/** Sends of one row in a run before it is set apart; the same for refusals that name no row. */
export const mostAttempts = 3

/** A moment by both clocks: the machine may sleep, and the wall clock may be turned. */
export interface Instant {
  monotonic: number
  now: number
}

/** Everything that the parts of one run share. */
export interface RunContext {
  plan: PlanForApply
  target: RunDestination
  journal: Journal
  control: RunControl
  breaker: Breaker
  clock: Clock
  random: Random
  visibility: VisibilityTimer
  /** Something worth showing happened that moved no row. */
  moved: () => void
  /** The run has ended, and what is in doubt is looked up: nothing is sent. */
  onlyLooks?: boolean
}

/** An expected failure of the connection ends the sending; the reason is for people. */
export function stopFor(error: AppError, control: RunControl): RunStop {
  const next = error.place.next ? ` ${error.place.next}` : ''
  // Given up before it left, because the run was told to stop.
  if (error.code === 'cancelled') return new RunStop(control.stop ?? { kind: 'closing' })
  return new RunStop({ kind: 'unusable', reason: `${error.message}${next}` })
}

/** A read or poll that fails for the whole connection stops the run; its rows stay as they are. */
export async function orStop<T>(control: RunControl, reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (error) {
    throw error instanceof AppError ? stopFor(error, control) : error
  }
}
