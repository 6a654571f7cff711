import type { RateLimit } from './rate-limit.ts'

/** A request that waits for its turn. */
export interface Waiting {
  priority: number
  /** Requests take turns by owner. */
  turn: number
  order: number
  owner: string
}

/** Requests that count for the same limits, in the order in which they go: when the first has no room, none has. */
export interface Lane<Entry extends Waiting> {
  readonly gates: readonly RateLimit[]
  readonly entries: Entry[]
}

/** The higher priority first, then by turns between owners, then by arrival. Negative: `one` goes first. */
export function inTurn(one: Waiting, other: Waiting): number {
  return other.priority - one.priority || one.turn - other.turn || one.order - other.order
}

/** All waiting requests of one connection, in lanes; a decision looks at the heads only, however long the lanes are. */
export class LimitQueue<Entry extends Waiting> {
  private readonly byKey = new Map<string, Lane<Entry>>()

  get lanes(): Iterable<Lane<Entry>> {
    return this.byKey.values()
  }

  add(key: string, entry: Entry, gates: () => readonly RateLimit[]): void {
    const lane = this.byKey.get(key) ?? { gates: gates(), entries: [] }
    this.byKey.set(key, lane)
    lane.entries.splice(placeOf(lane.entries, entry), 0, entry)
  }

  remove(key: string, entry: Entry): void {
    const lane = this.byKey.get(key)
    const place = lane?.entries.indexOf(entry) ?? -1
    if (!lane || place < 0) return
    lane.entries.splice(place, 1)
    if (lane.entries.length === 0) this.byKey.delete(key)
  }
}

/** Arrivals mostly go to the end; the place is found by halves. */
function placeOf(entries: readonly Waiting[], entry: Waiting): number {
  let [low, high] = [0, entries.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const there = entries[middle]
    if (there && inTurn(there, entry) < 0) low = middle + 1
    else high = middle
  }
  return low
}
