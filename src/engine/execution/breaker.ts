/** How many recent rows are looked at, how many there must be for a share to mean something, and what is too much. */
const windowRows = 1000
const leastRows = 200
const mostFailures = 100
const mostShare = 0.05

/** Stops a run whose rows fail in masse, before the rest goes the same way. */
export class Breaker {
  private recent: { rows: number; failed: number }[] = []
  private rows = 0
  private failed = 0

  /** Takes the end of some rows; says in words why the run must stop, if it must. */
  note(rows: number, failed: number): string | undefined {
    this.recent.push({ rows, failed })
    this.rows += rows
    this.failed += failed
    for (let oldest = this.recent[0]; oldest && this.rows - oldest.rows >= windowRows; oldest = this.recent[0]) {
      this.recent.shift()
      this.rows -= oldest.rows
      this.failed -= oldest.failed
    }
    const share = this.failed / Math.max(1, this.rows)
    if (this.failed <= mostFailures && !(this.rows >= leastRows && share > mostShare)) return undefined
    return `${this.failed.toLocaleString('en-US')} of the last ${this.rows.toLocaleString('en-US')} records were refused. Nothing more is sent until the cause is found.`
  }
}
