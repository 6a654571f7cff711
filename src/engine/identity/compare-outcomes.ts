import { PairNumbers } from './clusters/pair-numbers.ts'

/** What changing the rules would do to the same records: matches are pairs of records in one entity. */
export interface OutcomeChange {
  before: number
  after: number
  gained: number
  lost: number
  /** Entities that would take in records of others, and those that would fall apart; the largest first, at most as many as asked for. */
  joined: EntityChange[]
  split: EntityChange[]
}

export interface EntityChange {
  /** The smallest record of the entity that is made, or that falls apart. */
  label: number
  /** The smallest record of each part that stays together. */
  parts: number[]
  matches: number
}

/** Records that stay together, whatever the rules: of part p the smallest record and how many there are. */
interface Parts {
  count: number
  first: Int32Array
  size: Int32Array
}

/** Compares two outcomes over the same records. Only what is shown becomes objects, so a million records cost typed arrays. */
export function compareOutcomes(before: Int32Array, after: Int32Array, examples: number): OutcomeChange {
  const parts = partsOf(before, after)
  const kept = countPairs(parts.size)
  const [matchesBefore, matchesAfter] = [countMatches(before), countMatches(after)]
  return {
    before: matchesBefore,
    after: matchesAfter,
    gained: matchesAfter - kept,
    lost: matchesBefore - kept,
    joined: changesOf(parts, after, examples),
    split: changesOf(parts, before, examples),
  }
}

function partsOf(before: Int32Array, after: Int32Array): Parts {
  const pairs = new PairNumbers(before.length)
  const [first, size] = [new Int32Array(before.length), new Int32Array(before.length)]
  before.forEach((label, record) => {
    const part = pairs.numberOf(label, after[record] ?? 0)
    if (size[part] === 0) first[part] = record
    size[part] = (size[part] ?? 0) + 1
  })
  return { count: pairs.size, first, size }
}

function countMatches(labels: Int32Array): number {
  const sizes = new Int32Array(labels.length)
  for (const label of labels) sizes[label] = (sizes[label] ?? 0) + 1
  return countPairs(sizes)
}

function countPairs(sizes: Int32Array): number {
  return sizes.reduce((sum, size) => sum + matchesOf(size), 0)
}

function matchesOf(size: number): number {
  return (size * (size - 1)) / 2
}

/** Entities of one side that consist of several parts. */
function changesOf({ count, first, size }: Parts, labels: Int32Array, examples: number): EntityChange[] {
  const labelOf = (part: number): number => labels[first[part] ?? 0] ?? 0
  const [own, whole] = [new Int32Array(labels.length), new Int32Array(labels.length)]
  const within = new Float64Array(labels.length)
  for (let part = 0; part < count; part += 1) {
    const label = labelOf(part)
    own[label] = (own[label] ?? 0) + 1
    whole[label] = (whole[label] ?? 0) + (size[part] ?? 0)
    within[label] = (within[label] ?? 0) + matchesOf(size[part] ?? 0)
  }
  const largest: EntityChange[] = []
  own.forEach((parts, label) => {
    if (parts > 1) keepLargest(largest, { label, parts: [], matches: matchesOf(whole[label] ?? 0) - (within[label] ?? 0) }, examples)
  })
  const shown = new Map(largest.map((change) => [change.label, change]))
  for (let part = 0; part < count; part += 1) shown.get(labelOf(part))?.parts.push(first[part] ?? 0)
  return largest
}

/** Keeps a short list in order: most matches first, then by the smallest record. */
function keepLargest(list: EntityChange[], change: EntityChange, most: number): void {
  const before = (one: EntityChange, other: EntityChange): boolean => one.matches > other.matches || (one.matches === other.matches && one.label < other.label)
  const last = list.at(-1)
  if (list.length >= most && last && !before(change, last)) return
  const place = list.findIndex((one) => before(change, one))
  list.splice(place < 0 ? list.length : place, 0, change)
  if (list.length > most) list.pop()
}
