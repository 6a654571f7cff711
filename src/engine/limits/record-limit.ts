import type { Limit } from './limit.ts'
import type { RateLimit, Load } from './rate-limit.ts'

/** How often in a window each record may change. Only records that changed within the window are remembered. */
export class RecordLimit implements RateLimit {
  readonly limit: Limit & { kind: 'record' }
  /** When each record was changed, oldest first; Infinity while the request is on its way. */
  private readonly changes = new Map<string, number[]>()
  private blockedUntil = Number.NEGATIVE_INFINITY
  private sweepAt = 0

  constructor(limit: Limit & { kind: 'record' }) {
    this.limit = limit
  }

  readyAt(now: number, { records = [] }: Load): number {
    if (records.length === 0) return now
    return records.reduce((latest, record) => Math.max(latest, this.recordReadyAt(record, now)), Math.max(now, this.blockedUntil))
  }

  private recordReadyAt(record: string, now: number): number {
    const changes = this.recent(record, now)
    const surplus = changes.length - this.limit.requests
    return surplus < 0 ? now : (changes[surplus] ?? now) + this.limit.perMs
  }

  take(now: number, { records = [] }: Load): void {
    for (const record of records) this.changes.set(record, [...this.recent(record, now), Number.POSITIVE_INFINITY])
    this.sweep(now)
  }

  giveBack(now: number, { records = [] }: Load): void {
    for (const record of records) {
      const changes = this.changes.get(record)
      const open = changes?.indexOf(Number.POSITIVE_INFINITY) ?? -1
      if (changes && open >= 0) changes.splice(open, 1, now)
      changes?.sort((one, other) => one - other)
    }
  }

  undo({ records = [] }: Load): void {
    for (const record of records) {
      const changes = this.changes.get(record)
      const open = changes?.indexOf(Number.POSITIVE_INFINITY) ?? -1
      if (changes && open >= 0) changes.splice(open, 1)
    }
  }

  learn(): void {}

  refused(_now: number, until: number | undefined): void {
    // Which record it was is not said; the next try of any of them waits.
    if (until !== undefined) this.blockedUntil = Math.max(this.blockedUntil, until)
  }

  succeeded(): void {}

  words(): string {
    return `limit of ${this.limit.requests.toLocaleString('en-US')} ${this.limit.label}`
  }

  why(): undefined {
    return undefined
  }

  private recent(record: string, now: number): number[] {
    return (this.changes.get(record) ?? []).filter((at) => at > now - this.limit.perMs)
  }

  private sweep(now: number): void {
    if (now < this.sweepAt) return
    this.sweepAt = now + this.limit.perMs
    for (const [record, changes] of this.changes) if (changes.every((at) => at <= now - this.limit.perMs)) this.changes.delete(record)
  }
}
