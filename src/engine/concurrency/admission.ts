/** Lets so many in at a time, in the order in which they came. */
export class Admission {
  private readonly most: number
  private inside = 0
  private readonly waiting: (() => void)[] = []

  constructor(most: number) {
    this.most = most
  }

  /**
   * Does the work once there is room. `waits` is called when it has to wait. Rejects with the signal's reason when that
   * ends first, and then nothing was done.
   */
  async enter<Result>(work: () => Promise<Result>, { signal, waits }: { signal?: AbortSignal | undefined; waits?: () => void } = {}): Promise<Result> {
    signal?.throwIfAborted()
    if (this.inside < this.most) this.inside += 1
    else {
      waits?.()
      await this.turn(signal)
    }
    try {
      return await work()
    } finally {
      const next = this.waiting.shift()
      // The place is handed on, so that nobody who comes at this moment gets in between.
      if (next) next()
      else this.inside -= 1
    }
  }

  private turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((admit, refuse) => {
      const stop = (): void => {
        this.waiting.splice(this.waiting.indexOf(begin), 1)
        refuse(signal?.reason as Error)
      }
      const begin = (): void => {
        signal?.removeEventListener('abort', stop)
        admit()
      }
      this.waiting.push(begin)
      signal?.addEventListener('abort', stop, { once: true })
    })
  }
}
