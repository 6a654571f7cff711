import { snapshot } from './records.ts'
import type { RecordState, StoredRecord } from './record.ts'

type Held = { shown: RecordState | undefined; waiting: number }
type Release = { readonly record: StoredRecord; readonly state: RecordState; readonly at: number }

/**
 * What a delayed reader (search index, export) sees of committed records.
 * Only records with a change on the way cost memory; all others are read from the committed state.
 */
export class LaggingView {
  private readonly delay: number
  private readonly held = new Map<StoredRecord, Held>()
  private queue: Release[] = []
  private head = 0

  constructor(delay: number) {
    this.delay = delay
  }

  /** Notes a change made at `at`; readers see it after the delay, in the order of the changes. */
  hold(record: StoredRecord, before: RecordState | undefined, at: number): void {
    if (this.delay <= 0) return
    this.release(at)
    const held = this.held.get(record)
    if (held) held.waiting += 1
    else this.held.set(record, { shown: before, waiting: 1 })
    this.queue.push({ record, state: snapshot(record), at: at + this.delay })
  }

  /** The state a reader sees at `at`; undefined while a new record is not visible yet. */
  read(record: StoredRecord, at: number): RecordState | undefined {
    this.release(at)
    const held = this.held.get(record)
    return held ? held.shown : record
  }

  clear(): void {
    this.held.clear()
    this.queue = []
    this.head = 0
  }

  private release(at: number): void {
    for (let next = this.queue[this.head]; next && next.at <= at; next = this.queue[this.head]) {
      this.head += 1
      this.show(next)
    }
    if (this.head > 4096 && this.head * 2 > this.queue.length) {
      this.queue = this.queue.slice(this.head)
      this.head = 0
    }
  }

  private show(release: Release): void {
    const held = this.held.get(release.record)
    if (!held) return
    held.waiting -= 1
    if (held.waiting === 0) this.held.delete(release.record)
    else held.shown = release.state
  }
}
