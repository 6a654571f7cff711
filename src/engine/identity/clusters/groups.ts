import { PairNumbers } from './pair-numbers.ts'
import type { KeyColumn, NumberedRule } from './types.ts'

/** Records that share a value of every key of a rule: those of group g are `records[start[g]]` up to `records[start[g + 1]]`. */
export interface Groups {
  count: number
  start: Int32Array
  records: Int32Array
  /** Whether a value of the group is blocked. */
  blocked: Uint8Array
  /** Records with a value for every key. */
  keyed: number
}

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
  let owners = new Numbers(first.values.length)
  let numbers = new Numbers(first.values.length)
  const blockedNumbers = new Set(first.blocked)
  for (let record = 0; record < records; record += 1) {
    for (let at = first.start[record] ?? 0; at < (first.start[record + 1] ?? 0); at += 1) {
      owners.push(record)
      numbers.push(first.values[at] ?? 0)
    }
  }
  for (const column of others) ({ owners, numbers } = combine(owners, numbers, column, blockedNumbers))
  return gather(owners, numbers, blockedNumbers)
}

/** Adds one more key: every combination of what a record has so far with each of its values. */
function combine(owners: Numbers, numbers: Numbers, column: KeyColumn, blocked: Set<number>): { owners: Numbers; numbers: Numbers } {
  const pairs = new PairNumbers(owners.length)
  const [nextOwners, nextNumbers] = [new Numbers(owners.length), new Numbers(owners.length)]
  const nextBlocked = new Set<number>()
  for (let at = 0; at < owners.length; at += 1) {
    const record = owners.items[at] ?? 0
    const number = numbers.items[at] ?? 0
    for (let place = column.start[record] ?? 0; place < (column.start[record + 1] ?? 0); place += 1) {
      const value = column.values[place] ?? 0
      const pair = pairs.numberOf(number, value)
      if (blocked.has(number) || column.blocked.has(value)) nextBlocked.add(pair)
      nextOwners.push(record)
      nextNumbers.push(pair)
    }
  }
  blocked.clear()
  for (const number of nextBlocked) blocked.add(number)
  return { owners: nextOwners, numbers: nextNumbers }
}

/** A counting sort by group. Owners come in ascending order, so the records of a group do too. */
function gather(owners: Numbers, numbers: Numbers, blockedNumbers: ReadonlySet<number>): Groups {
  let highest = -1
  for (let at = 0; at < numbers.length; at += 1) highest = Math.max(highest, numbers.items[at] ?? 0)
  const sizes = new Int32Array(highest + 1)
  let keyed = 0
  for (let at = 0; at < numbers.length; at += 1) {
    const number = numbers.items[at] ?? 0
    sizes[number] = (sizes[number] ?? 0) + 1
    if (at === 0 || owners.items[at] !== owners.items[at - 1]) keyed += 1
  }
  const groupOf = new Int32Array(highest + 1).fill(-1)
  let count = 0
  let total = 0
  for (let number = 0; number <= highest; number += 1) {
    if ((sizes[number] ?? 0) < 2) continue
    groupOf[number] = count
    count += 1
    total += sizes[number] ?? 0
  }
  const start = new Int32Array(count + 1)
  const blocked = new Uint8Array(count)
  for (let number = 0; number <= highest; number += 1) {
    const group = groupOf[number] ?? -1
    if (group < 0) continue
    start[group + 1] = (start[group] ?? 0) + (sizes[number] ?? 0)
    if (blockedNumbers.has(number)) blocked[group] = 1
  }
  const records = new Int32Array(total)
  const fill = start.slice(0, count)
  for (let at = 0; at < numbers.length; at += 1) {
    const group = groupOf[numbers.items[at] ?? 0] ?? -1
    if (group < 0) continue
    const place = fill[group] ?? 0
    records[place] = owners.items[at] ?? 0
    fill[group] = place + 1
  }
  return { count, start, records, blocked, keyed }
}
