import { toIso } from './clock.ts'

/** One request as `GET /_sim/log` tells it. `status` is 0 where the connection was cut without an answer. */
export type LogEntry = {
  readonly sequence: number
  readonly time: string
  readonly method: string
  readonly path: string
  readonly query: string
  readonly rows: number
  readonly status: number
  readonly fault?: string
}

export type LogLine = Omit<LogEntry, 'sequence' | 'time'> & { readonly at: number }

/** Keeps the latest requests; older ones are dropped, with their sequence numbers never used again. */
export class RequestLog {
  private readonly capacity: number
  private entries: LogEntry[] = []
  private sequence = 0

  constructor(capacity = 100_000) {
    this.capacity = capacity
  }

  add({ at, ...line }: LogLine): void {
    this.sequence += 1
    this.entries.push({ sequence: this.sequence, time: toIso(at), ...line })
    if (this.entries.length >= this.capacity * 2) this.entries = this.entries.slice(-this.capacity)
  }

  list(after: number, limit: number): LogEntry[] {
    const first = this.entries[0]?.sequence ?? 1
    const start = Math.max(0, after - first + 1)
    return this.entries.slice(start, start + limit)
  }

  clear(): void {
    this.entries = []
    this.sequence = 0
  }
}
