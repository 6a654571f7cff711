import { PairNumbers } from './pair-numbers.ts'
import type { KeyColumn, NumberedRule } from './types.ts'

/** Records that share a value of every key of a rule: those of group g are `records[start[g]]` up to `records[start[g + 1]]`. */
export interface Groups {
  count: number
  start: Int32Array
  records: Int32Array
  /** Whether a value of the group merges nobody: 0, BLOCKED or TOO_COMMON. */
  held: Uint8Array
  /** For each group its value of every key of the rule, side by side. */
  values: Int32Array
  /** Records with a value for every key. */
  keyed: number
  /** Of those, records in some group. */
  shared: number
}

export const BLOCKED = 1
export const TOO_COMMON = 2

/** A growing list of whole numbers. */
class Numbers {
  length = 0
  items: Int32Array

  constructor(expected: number) {
    this.items = new Int32Array(Math.max(16, expected))
  }

  push(item: number): void {
    if (this.length === this.items.length) {
      const grown = new Int32Array(this.items.length * 2)
      grown.set(this.items)
      this.items = grown
    }
    this.items[this.length] = item
    this.length += 1
  }
}

/** Brings together the records that agree in all keys of a rule; groups of one record are left out. */
export function groupRecords(records: number, keys: readonly KeyColumn[], rule: NumberedRule): Groups {
  const columns = rule.keys.map((key) => keys[key]).filter((column) => column !== undefined)
  const [first, ...others] = columns
  if (first === undefined) throw new Error('a rule has no keys')
  let tuples: Tuples = { owners: new Numbers(first.values.length), numbers: new Numbers(first.values.length), held: heldValues(first), steps: [] }
  for (let record = 0; record < records; record += 1) {
    for (let at = first.start[record] ?? 0; at < (first.start[record + 1] ?? 0); at += 1) {
      tuples.owners.push(record)
      tuples.numbers.push(first.values[at] ?? 0)
    }
  }
  for (const column of others) tuples = combine(tuples, column)
  return gather(tuples)
}

/** Records, in ascending order, with what they have of the keys so far as one number. */
interface Tuples {
  owners: Numbers
  numbers: Numbers
  /** Numbers that merge nobody, with the reason. */
  held: ReadonlyMap<number, number>
  /** How each key after the first made new numbers of those before and its values. */
  steps: readonly PairNumbers[]
}

function heldValues({ blocked, common }: KeyColumn): Map<number, number> {
  return new Map([...[...common].map((value) => [value, TOO_COMMON] as const), ...[...blocked].map((value) => [value, BLOCKED] as const)])
}

/** Adds one more key: every combination of what a record has so far with each of its values. */
function combine({ owners, numbers, held, steps }: Tuples, column: KeyColumn): Tuples {
  const pairs = new PairNumbers(owners.length)
  const columnHeld = heldValues(column)
  const next = { owners: new Numbers(owners.length), numbers: new Numbers(owners.length), held: new Map<number, number>(), steps: [...steps, pairs] }
  for (let at = 0; at < owners.length; at += 1) {
    const record = owners.items[at] ?? 0
    const number = numbers.items[at] ?? 0
    for (let place = column.start[record] ?? 0; place < (column.start[record + 1] ?? 0); place += 1) {
      const value = column.values[place] ?? 0
      const pair = pairs.numberOf(number, value)
      const reason = held.get(number) ?? columnHeld.get(value)
      if (reason !== undefined) next.held.set(pair, reason)
      next.owners.push(record)
      next.numbers.push(pair)
    }
  }
  return next
}

/** A counting sort by group. Owners come in ascending order, so the records of a group do too. */
function gather({ owners, numbers, held: heldNumbers, steps }: Tuples): Groups {
  let highest = -1
  for (let at = 0; at < numbers.length; at += 1) highest = Math.max(highest, numbers.items[at] ?? 0)
  const sizes = new Int32Array(highest + 1)
  let keyed = 0
  for (let at = 0; at < numbers.length; at += 1) {
    const number = numbers.items[at] ?? 0
    sizes[number] = (sizes[number] ?? 0) + 1
    if (at === 0 || owners.items[at] !== owners.items[at - 1]) keyed += 1
  }
  const { groupOf, start } = layOut(sizes)
  const count = start.length - 1
  const held = new Uint8Array(count)
  for (const [number, reason] of heldNumbers) if ((groupOf[number] ?? -1) >= 0) held[groupOf[number] ?? 0] = reason
  const records = new Int32Array(start[count] ?? 0)
  const fill = start.slice(0, count)
  let shared = 0
  let last = -1
  for (let at = 0; at < numbers.length; at += 1) {
    const group = groupOf[numbers.items[at] ?? 0] ?? -1
    if (group < 0) continue
    if (owners.items[at] !== last) shared += 1
    last = owners.items[at] ?? -1
    const place = fill[group] ?? 0
    records[place] = owners.items[at] ?? 0
    fill[group] = place + 1
  }
  return { count, start, records, held, values: valuesOf(groupOf, count, steps), keyed, shared }
}

/** Takes the numbers of the groups apart again into the values that they were made of. */
function valuesOf(groupOf: Int32Array, count: number, steps: readonly PairNumbers[]): Int32Array {
  const keys = steps.length + 1
  const values = new Int32Array(count * keys)
  groupOf.forEach((group, made) => {
    if (group < 0) return
    let number = made
    for (let at = steps.length; at > 0; at -= 1) {
      const [before, value] = steps[at - 1]?.pairOf(number) ?? [0, 0]
      values[group * keys + at] = value
      number = before
    }
    values[group * keys] = number
  })
  return values
}

/** Where each group of two and more begins. */
function layOut(sizes: Int32Array): { groupOf: Int32Array; start: Int32Array } {
  const groupOf = new Int32Array(sizes.length).fill(-1)
  let count = 0
  sizes.forEach((size, number) => {
    if (size >= 2) groupOf[number] = count++
  })
  const start = new Int32Array(count + 1)
  sizes.forEach((size, number) => {
    const group = groupOf[number] ?? -1
    if (group >= 0) start[group + 1] = (start[group] ?? 0) + size
  })
  return { groupOf, start }
}
