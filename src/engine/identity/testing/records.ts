import type FastCheck from 'fast-check'
import type { ClusterInput, ClusterResult, KeyColumn } from '../clusters/types.ts'

/** A record of a test: for each key its values. */
export type TestRecord = readonly (readonly number[])[]

export interface TestCase {
  records: TestRecord[]
  /** Everything but records and keys. */
  rules: Pick<ClusterInput, 'rules' | 'limits' | 'largestEntity'>
  mostRecords: number[]
  blocked: number[][]
}

export const KEYS = 4

export function keyColumns(records: readonly TestRecord[], { mostRecords, blocked }: Pick<TestCase, 'mostRecords' | 'blocked'>): KeyColumn[] {
  return Array.from({ length: KEYS }, (_, key) => {
    const start = new Int32Array(records.length + 1)
    records.forEach((record, at) => (start[at + 1] = (start[at] ?? 0) + (record[key]?.length ?? 0)))
    const values = Int32Array.from(records.flatMap((record) => record[key] ?? []))
    const common = values.filter((value) => values.filter((other) => other === value).length > (mostRecords[key] ?? Number.POSITIVE_INFINITY))
    return { start, values, blocked: new Set(blocked[key]), common: new Set(common) }
  })
}

/** Few values, so that records meet, chain and conflict; the first key is strong. */
export const testCases = (fc: typeof FastCheck): FastCheck.Arbitrary<TestCase> =>
  fc.record({
  records: fc.array(fc.tuple(fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { maxLength: 1 }), ...Array.from({ length: KEYS - 1 }, () => fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 2 }))), { minLength: 1, maxLength: 24 }),
  rules: fc.record({
    rules: fc.array(
      fc.record({
        keys: fc.uniqueArray(fc.integer({ min: 0, max: KEYS - 1 }), { minLength: 1, maxLength: 2 }),
        unlessDifferent: fc.uniqueArray(fc.integer({ min: 1, max: KEYS - 1 }), { maxLength: 1 }),
        mostRecords: fc.integer({ min: 2, max: 12 }),
        mostEntities: fc.integer({ min: 2, max: 8 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    limits: fc.constantFrom([{ key: 0, most: 1 }], [{ key: 0, most: 1 }, { key: 2, most: 3 }]),
    largestEntity: fc.integer({ min: 3, max: 24 }),
  }),
  mostRecords: fc.array(fc.integer({ min: 2, max: 12 }), { minLength: KEYS, maxLength: KEYS }),
  blocked: fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 1 }), { minLength: KEYS, maxLength: KEYS }),
})

/** For each record the smallest record it is with, whatever labels say: what two results are compared by. */
export function partitionOf(labels: ArrayLike<number>): number[] {
  const first = new Map<number, number>()
  return Array.from(labels, (label, record) => {
    if (!first.has(label)) first.set(label, record)
    return first.get(label) ?? record
  })
}

/** A result of shuffled records, brought back to the order before: `order[at]` is the record that stood at `at`. */
export function unshuffled(result: ClusterResult, order: readonly number[]): { partition: number[]; rule: number[]; ambiguous: number[]; refusals: string[] } {
  const place = new Array<number>(order.length)
  order.forEach((record, at) => (place[record] = at))
  const back = <Item>(items: ArrayLike<Item>): Item[] => place.map((at) => items[at] as Item)
  return {
    partition: partitionOf(back(result.labels)),
    rule: back(result.rule),
    ambiguous: back(result.ambiguous),
    refusals: result.refusals.map(({ rule, reason, key, records }) => JSON.stringify([rule, reason, key, [...records].map((at) => order[at]).sort((one, other) => (one ?? 0) - (other ?? 0))])).sort(),
  }
}
