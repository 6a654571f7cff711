import type { Partition } from './partition.ts'
import type { ClusterInput, KeyColumn, NumberedRule, RefusalReason } from './types.ts'

export interface Conflict {
  reason: RefusalReason
  key?: number
}

/** Looks at entities that would become one, as they stand, and says what speaks against it. */
export class Guards {
  private readonly input: ClusterInput
  private readonly partition: Partition
  /** For each record the records that a person keeps apart from it. */
  private readonly apart = new Map<number, number[]>()

  constructor(input: ClusterInput, partition: Partition) {
    this.input = input
    this.partition = partition
    for (const [one, other] of input.facts?.apart ?? []) {
      append(this.apart, one, other)
      append(this.apart, other, one)
    }
  }

  conflict(entities: readonly number[], rule: NumberedRule): Conflict | undefined {
    const { keys, limits, largestEntity } = this.input
    let size = 0
    for (const label of entities) size += this.partition.sizeOf(label)
    if (size > largestEntity) return { reason: 'too large' }
    if (this.apart.size > 0 && this.keptApart(entities)) return { reason: 'kept apart by hand' }
    for (const { key, most } of limits) {
      const column = keys[key]
      if (column && this.exceeds(entities, column, most)) return { reason: 'strong keys differ', key }
    }
    for (const key of rule.unlessDifferent) {
      const column = keys[key]
      if (column && this.differ(entities, column)) return { reason: 'values differ', key }
    }
    return undefined
  }

  private keptApart(entities: readonly number[]): boolean {
    const joined = new Set(entities)
    let found = false
    for (const label of entities) {
      this.partition.eachMember(label, (record) => {
        found ||= (this.apart.get(record) ?? []).some((other) => {
          const theirs = this.partition.labelOf(other)
          return theirs !== label && joined.has(theirs)
        })
      })
    }
    return found
  }

  /** More than a person already put together by hand is a conflict, not what one entity has by itself. */
  private exceeds(entities: readonly number[], column: KeyColumn, most: number): boolean {
    const all = new Set<number>()
    let allowed = most
    for (const label of entities) {
      const own = this.valuesOf(label, column)
      if (own === undefined) continue
      allowed = Math.max(allowed, own.size)
      for (const value of own) all.add(value)
    }
    return all.size > allowed
  }

  /** Whether two of the entities have values and none in common. */
  private differ(entities: readonly number[], column: KeyColumn): boolean {
    const sets = new Map<string, Set<number>>()
    for (const label of entities) {
      const own = this.valuesOf(label, column)
      if (own !== undefined) sets.set([...own].sort((one, other) => one - other).join(' '), own)
    }
    const different = [...sets.values()]
    return different.some((own, at) => different.some((other, place) => place > at && ![...own].some((value) => other.has(value))))
  }

  private valuesOf(label: number, { start, values }: KeyColumn): Set<number> | undefined {
    let own: Set<number> | undefined
    this.partition.eachMember(label, (record) => {
      for (let at = start[record] ?? 0; at < (start[record + 1] ?? 0); at += 1) (own ??= new Set()).add(values[at] ?? 0)
    })
    return own
  }
}

function append(map: Map<number, number[]>, key: number, value: number): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
