/** Why a run does not go on. */
export type Stop =
  | { kind: 'cancelled' }
  /** Too many failures, in words. What was sent is settled and verified. */
  | { kind: 'stopped'; reason: string }
  /** The connection cannot be used now, in words; nothing can be settled or verified before it can. */
  | { kind: 'unusable'; reason: string }
  /** The engine closes: the run goes on at the next start. */
  | { kind: 'closing' }

/** Ends the sending of a run in an orderly way; not a failure of the program. */
export class RunStop extends Error {
  readonly stop: Stop

  constructor(stop: Stop) {
    super('reason' in stop ? stop.reason : stop.kind)
    this.name = 'RunStop'
    this.stop = stop
  }
}

/** What the run itself waits for, besides limits. */
export interface RunWait {
  label: string
  /** Milliseconds since the epoch. */
  until: number
  /** More about it, one sentence. */
  why?: string
  /** Who set it clears it. */
  reason?: 'room' | 'settling' | 'connection'
}

/** What people (and the breaker) tell a running run. Takes effect between batches. */
export class RunControl {
  private stopped: Stop | undefined
  private readonly closing = new AbortController()
  private readonly halting = new AbortController()
  private waiters: (() => void)[] = []
  /** Shown with the progress while it lasts. */
  wait: RunWait | undefined

  /** Ends waits and requests when the engine closes. */
  get signal(): AbortSignal {
    return this.closing.signal
  }

  /** Ends waits of what has not left yet, as soon as nothing more is to be sent. */
  get halted(): AbortSignal {
    return this.halting.signal
  }

  /** The engine closes: leave everything as the journal has it. */
  get isClosing(): boolean {
    return this.closing.signal.aborted
  }

  get stop(): Stop | undefined {
    return this.stopped
  }

  /** The first reason stands. */
  halt(stop: Stop): void {
    this.stopped ??= stop
    if (stop.kind === 'closing') this.closing.abort(new RunStop(stop))
    this.halting.abort(new RunStop(this.stopped))
    this.wake()
  }

  /** A pause was set or lifted: whoever waits looks again. */
  wake(): void {
    const waiters = this.waiters
    this.waiters = []
    for (const wake of waiters) wake()
  }

  /** Passes at once, waits while paused, or throws {@link RunStop}. */
  async gate(isPaused: () => boolean): Promise<void> {
    while (!this.stopped && isPaused()) await new Promise<void>((resolve) => this.waiters.push(resolve))
    this.throwIfStopped()
  }

  /** Settling and verifying go on after a cancel; only the end of the engine interrupts them. */
  throwIfClosing(): void {
    if (this.isClosing) throw new RunStop({ kind: 'closing' })
  }

  throwIfStopped(): void {
    if (this.stopped) throw new RunStop(this.stopped)
  }
}
