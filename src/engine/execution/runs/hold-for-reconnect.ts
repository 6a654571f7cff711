import type { AppError } from '../../../contract/errors.ts'
import { lockstep } from '../../audit/audit.ts'
import type { Clock } from '../../ports/ports.ts'
import type { RunControl } from './control.ts'
import type { Journal } from '../journal/journal.ts'
import { setHold } from './run-holds.ts'

export interface HeldRun {
  journal: Journal
  control: RunControl
  clock: Clock
  isPaused: () => boolean
  /** The hold is stored: show it. */
  shown: () => void
}

/** Only a person can help: the run pauses itself, durably, and says what to do. False: the run ends instead of going on. */
export async function holdForReconnect({ journal, control, clock, isPaused, shown }: HeldRun, refusal: AppError): Promise<boolean> {
  const { database, run } = journal
  const next = `${refusal.place.next ?? 'Set the secret of the connection again.'} Then resume the run; nothing is lost.`
  const also = (): void => setHold(database, run.id, { kind: 'reconnect', reason: refusal.message, next }, clock.now())
  if (run.paused === 1) database.transaction(also)
  else journal.moveRun({ kind: 'pause' }, { also, audit: { kind: 'run paused', actor: lockstep, subject: run.id, data: { reason: refusal.message } } })
  shown()
  try {
    await control.gate(isPaused)
    return true
  } catch {
    // Cancelled, stopped or closing: what was refused is pending again.
    return false
  }
}
