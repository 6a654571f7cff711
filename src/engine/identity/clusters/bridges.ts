import type { Groups } from './groups.ts'
import type { Partition } from './partition.ts'
import type { Bridge } from './types.ts'

/** Groups that hang together, of one rule; the rule's keys in the order of the groups' values. */
export interface Chain {
  groups: Groups
  chained: readonly number[]
  keys: readonly number[]
}

/** More words than these in one chain are no bridges any more: such a rule is wrong as a whole. */
const MOST_BRIDGES = 3
/** Memberships that may be looked at to choose one bridge; of a larger chain only the most common values are tried. */
const WORK = 2_000_000
const FEWEST_TRIED = 8

/** A value of a key with its groups; values of the same records (the hashes of one address) are one. */
interface Candidate {
  key: number
  groups: Set<number>
  /** Memberships in its groups, and a sum over them that tells sets of records apart. */
  members: number
  print: number
  first: number
}

/** Finds what to take out of a chain: that which leaves its largest part small, and is on few records itself. */
export class BridgeFinder {
  private readonly partition: Partition
  private readonly largestEntity: number
  private readonly records: number
  /** A union-find over labels, and for each root the records of its part; made when first needed, and clean between calls. */
  private parent: Int32Array | undefined
  private weight: Int32Array | undefined

  constructor(partition: Partition, { records, largestEntity }: { records: number; largestEntity: number }) {
    this.partition = partition
    this.records = records
    this.largestEntity = largestEntity
  }

  /** The values to take out, the best first, until no part is too large. */
  find(chain: Chain): Omit<Bridge, 'rule'>[] {
    const found: Omit<Bridge, 'rule'>[] = []
    for (let left = chain.chained; left.length > 0 && found.length < MOST_BRIDGES; ) {
      const best = this.best({ ...chain, chained: left })
      if (best === undefined) break
      found.push({ key: best.key, records: recordsOf([...best.groups], chain.groups) })
      left = left.filter((group) => !best.groups.has(group))
      if (best.largest <= this.largestEntity) break
    }
    return found
  }

  private best(chain: Chain): (Candidate & { largest: number }) | undefined {
    const { start } = chain.groups
    const memberships = chain.chained.reduce((sum, group) => sum + (start[group + 1] ?? 0) - (start[group] ?? 0), 0)
    const tried = candidatesOf(chain).slice(0, Math.max(FEWEST_TRIED, Math.floor(WORK / memberships)))
    let best: (Candidate & { largest: number; cost: number }) | undefined
    for (const candidate of tried) {
      const largest = this.largestWithout(candidate.groups, chain)
      const cost = largest + candidate.members
      // The candidates come in order, so that what is as good as an earlier one stays behind it.
      if (best === undefined || cost < best.cost) best = { ...candidate, largest, cost }
    }
    return best
  }

  /** How many records the largest part has when some groups are gone. */
  private largestWithout(gone: ReadonlySet<number>, { groups, chained }: Chain): number {
    const parent = (this.parent ??= new Int32Array(this.records).fill(-1))
    const weight = (this.weight ??= new Int32Array(this.records))
    const touched: number[] = []
    let largest = 0
    const rootOf = (record: number): number => {
      const label = this.partition.labelOf(record)
      if (parent[label] !== -1) return findRoot(parent, label)
      touched.push(label)
      parent[label] = label
      weight[label] = this.partition.sizeOf(label)
      largest = Math.max(largest, weight[label] ?? 0)
      return label
    }
    for (const group of chained) {
      if (gone.has(group)) continue
      let root = rootOf(groups.records[groups.start[group] ?? 0] ?? 0)
      for (let at = (groups.start[group] ?? 0) + 1; at < (groups.start[group + 1] ?? 0); at += 1) {
        const other = rootOf(groups.records[at] ?? 0)
        if (other === root) continue
        const [kept, joined] = root < other ? [root, other] : [other, root]
        parent[joined] = kept
        weight[kept] = (weight[kept] ?? 0) + (weight[joined] ?? 0)
        largest = Math.max(largest, weight[kept] ?? 0)
        root = kept
      }
    }
    for (const label of touched) parent[label] = -1
    return largest
  }
}

function findRoot(parent: Int32Array, label: number): number {
  let at = label
  while (parent[at] !== at) {
    const up = parent[at] ?? at
    parent[at] = parent[up] ?? up
    at = up
  }
  return at
}

/** Every value of the chain's groups: those on most records first, then by key and first record. */
function candidatesOf({ groups, chained, keys }: Chain): Candidate[] {
  const byValue = new Map<string, Candidate>()
  for (const group of chained) {
    keys.forEach((key, at) => {
      const name = `${key} ${groups.values[group * keys.length + at] ?? 0}`
      const candidate = byValue.get(name) ?? { key, groups: new Set<number>(), members: 0, print: 0, first: Number.POSITIVE_INFINITY }
      addGroup(candidate, group, groups)
      byValue.set(name, candidate)
    })
  }
  const bySet = new Map<string, Candidate>()
  for (const candidate of byValue.values()) {
    const name = `${candidate.key} ${candidate.members} ${candidate.first} ${candidate.print}`
    const same = bySet.get(name)
    if (same) for (const group of candidate.groups) same.groups.add(group)
    else bySet.set(name, candidate)
  }
  return [...bySet.values()].sort((one, other) => other.members - one.members || one.key - other.key || one.first - other.first || one.print - other.print)
}

function addGroup(candidate: Candidate, group: number, { start, records }: Groups): void {
  candidate.groups.add(group)
  for (let at = start[group] ?? 0; at < (start[group + 1] ?? 0); at += 1) {
    const record = records[at] ?? 0
    candidate.members += 1
    candidate.print = (candidate.print + Math.imul(record + 1, 0x9e3779b1) + Math.imul(record ^ (record >>> 15), 0x85ebca6b)) | 0
    candidate.first = Math.min(candidate.first, record)
  }
}

function recordsOf(some: readonly number[], { start, records }: Groups): Int32Array {
  const all = new Set<number>()
  for (const group of some) for (let at = start[group] ?? 0; at < (start[group + 1] ?? 0); at += 1) all.add(records[at] ?? 0)
  return Int32Array.from(all).sort()
}
