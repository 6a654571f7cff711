/** How many recent rows are looked at, what is too much, and how many failures a share needs to mean something. */
const windowRows = 5000
const mostFailures = 100
const mostShare = 0.05
const leastFailures = 10

interface Ended {
  rows: number
  /** Why rows failed, with how many. */
  causes: ReadonlyMap<string, number>
}

/** Stops a run whose rows fail in masse, before the rest goes the same way. A person lets it go on; then it looks anew. */
export class Breaker {
  private recent: Ended[] = []
  private rows = 0
  private failed = 0
  private readonly causes = new Map<string, number>()

  /** Takes the end of some rows, with why those failed that did; says in words why the run must stop, if it must. */
  note(rows: number, failures: readonly string[]): string | undefined {
    const causes = new Map<string, number>()
    for (const cause of failures) causes.set(cause, (causes.get(cause) ?? 0) + 1)
    this.recent.push({ rows, causes })
    this.count({ rows, causes }, 1)
    for (let oldest = this.recent[0]; oldest && this.rows - oldest.rows >= windowRows; oldest = this.recent[0]) {
      this.recent.shift()
      this.count(oldest, -1)
    }
    if (failures.length === 0) return undefined
    const tooMany = this.failed > mostFailures || (this.failed >= leastFailures && this.failed / this.rows > mostShare)
    return tooMany ? this.reason() : undefined
  }

  private count({ rows, causes }: Ended, sign: 1 | -1): void {
    this.rows += sign * rows
    for (const [cause, count] of causes) {
      this.failed += sign * count
      const left = (this.causes.get(cause) ?? 0) + sign * count
      if (left > 0) this.causes.set(cause, left)
      else this.causes.delete(cause)
    }
  }

  private reason(): string {
    const [most, count] = [...this.causes].reduce((first, next) => (next[1] > first[1] ? next : first))
    const often = this.causes.size === 1 ? 'because' : `most often (${count.toLocaleString('en-US')}) because`
    return `${this.failed.toLocaleString('en-US')} of the last ${this.rows.toLocaleString('en-US')} records were refused, ${often}: ${most.replace(/\.$/, '')}. Nothing more is sent until somebody has looked; resuming the run tries the rest.`
  }
}
