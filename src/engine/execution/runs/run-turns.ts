import type { Criticality } from '../../../contract/definitions.ts'
import type { Log } from '../../ports/ports.ts'
import type { RunControl } from './control.ts'
import { rankOf } from '../../limits/criticality.ts'
import type { Journal } from '../journal/journal.ts'
import { ObjectQueue } from './object-queue.ts'
import type { Turn } from './object-queue.ts'

/** A run that stands in line for its object. */
export interface RunInLine {
  journal: Journal
  control: RunControl
  turn: Turn
  target: { readonly isWriting: boolean } | undefined
}

/** Lets runs write one destination object one at a time, the critical ones first (object-turns.ts). */
export class RunTurns {
  private readonly options: { criticalityOf?: (activation: string) => Promise<Criticality>; log: Log }
  private readonly turns = new ObjectQueue()
  private entering: Promise<void> = Promise.resolve()

  constructor(options: { criticalityOf?: (activation: string) => Promise<Criticality>; log: Log }) {
    this.options = options
  }

  /** Resolves when it is the run's turn for the first time, or when there is nothing to wait for any more. */
  async enter(run: RunInLine): Promise<void> {
    // One after the other, so that runs stand in line as they came.
    this.entering = this.entering.then(() => this.rank(run))
    await this.entering
    await new Promise<void>((begin) => {
      run.turn.start = () => {
        run.control.wake()
        begin()
      }
      this.turns.enter(placeOf(run), run.turn)
      if (run.control.isClosing) begin()
    })
  }

  leave(run: RunInLine): void {
    this.turns.leave(placeOf(run), run.turn)
  }

  /** Whether the run must not begin another batch now. Asking lets a more critical one pass. */
  mustWait(run: RunInLine): boolean {
    if (!this.turns.mustWait(placeOf(run), run.turn)) return false
    this.letPass(run)
    return this.turns.mustWait(placeOf(run), run.turn)
  }

  /** Nothing of the run is on its way any more. */
  idle(run: RunInLine): void {
    if (this.turns.mustWait(placeOf(run), run.turn)) this.letPass(run)
  }

  /** Whom the run waits for. */
  ahead(run: RunInLine): Turn | undefined {
    return this.turns.ahead(placeOf(run), run.turn)
  }

  /**
   * Nothing of a run may be on its way, or it only reads any more, when another goes first. A batch whose intent is being
   * stored may still follow.
   */
  private letPass(run: RunInLine): void {
    if (run.target?.isWriting && run.journal.run.state === 'applying') return
    this.turns.letPass(placeOf(run), run.turn)
  }

  private async rank({ turn, journal }: RunInLine): Promise<void> {
    try {
      turn.rank = rankOf((await this.options.criticalityOf?.(journal.run.activation)) ?? 'normal')
    } catch (error) {
      this.options.log.warn('how critical a run is could not be read', { run: journal.run.id, error: String(error) })
    }
  }
}

/** Where runs wait for each other. */
function placeOf({ journal }: RunInLine): string {
  const { connection, object } = journal.run
  return JSON.stringify([connection, object])
}
