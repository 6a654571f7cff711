import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyColumns, partitionOf, testCases, unshuffled } from '../testing/records.ts'
import type { TestCase, TestRecord } from '../testing/records.ts'
import { clusterRecords } from './cluster-records.ts'
import type { ClusterResult, Facts } from './types.ts'

const open = { mostRecords: [99, 99, 99, 99], blocked: [[], [], [], []] }
const rule = (keys: number[], more: object = {}) => ({ keys, unlessDifferent: [], mostRecords: 99, mostEntities: 99, ...more })
const plain = (...keys: number[][]) => ({ rules: keys.map((one) => rule(one)), limits: [{ key: 0, most: 1 }], largestEntity: 99 })

function cluster({ records, rules, ...limits }: TestCase, facts?: Facts): ClusterResult {
  return clusterRecords({ records: records.length, keys: keyColumns(records, limits), ...rules, ...(facts ? { facts } : {}) })
}

/** Records as [strong id, first key, second key, third key]; undefined for none. */
function records(...rows: (number | undefined)[][]): TestRecord[] {
  return rows.map((row) => row.map((value) => (value === undefined ? [] : [value])))
}

/** Every record's values of the strong key, by entity. */
function strongIds({ labels }: ClusterResult, rows: readonly TestRecord[]): Map<number, Set<number>> {
  const ids = new Map<number, Set<number>>()
  labels.forEach((label, record) => {
    const own = ids.get(label) ?? new Set()
    for (const value of rows[record]?.[0] ?? []) own.add(value)
    ids.set(label, own)
  })
  return ids
}

describe('rules in order', () => {
  it('joins what agrees in all keys of a rule, through other records too', () => {
    const rows = records([undefined, 1, 2], [undefined, 1, 3], [undefined, 4, 3], [undefined, 4, 9])
    expect(partitionOf(cluster({ records: rows, rules: plain([1], [2]), ...open }).labels)).toEqual([0, 0, 0, 0])
    expect(partitionOf(cluster({ records: rows, rules: plain([1, 2]), ...open }).labels)).toEqual([0, 1, 2, 3])
  })

  it('says by which rule a record joined', () => {
    const rows = records([undefined, 1, 2], [undefined, 1, 3], [undefined, 4, 3], [undefined, 7, 9])
    expect([...cluster({ records: rows, rules: plain([1], [2]), ...open }).rule]).toEqual([0, 0, 1, -1])
  })

  it('refuses a shared key with two strong ids as a whole, with everybody on it', () => {
    const rows = records([1, 5], [2, 5], [undefined, 5])
    const result = cluster({ records: rows, rules: plain([1]), ...open })
    expect(partitionOf(result.labels)).toEqual([0, 1, 2])
    expect([...result.ambiguous]).toEqual([1, 1, 1])
    expect(result.refusals).toMatchObject([{ rule: 0, reason: 'strong keys differ', key: 0 }])
  })

  it('stops a chain between two strong ids, though no link of it conflicts by itself', () => {
    const rows = records([1, 5, undefined], [undefined, 5, undefined], [undefined, 6, undefined], [2, 6, undefined])
    rows[1] = [[], [5, 6], [], []]
    const result = cluster({ records: rows, rules: plain([1]), ...open })
    expect(partitionOf(result.labels)).toEqual([0, 1, 2, 3])
    expect(result.refusals.map(({ reason }) => reason)).toEqual(['strong keys differ', 'strong keys differ'])
  })

  it('leaves the links of other rules alone', () => {
    const rows = records([1, 5, 8], [2, 5], [undefined, 5, 8])
    const result = cluster({ records: rows, rules: plain([2], [1]), ...open })
    expect(partitionOf(result.labels)).toEqual([0, 1, 0])
    expect([...result.ambiguous]).toEqual([1, 1, 1])
  })

  it('refuses what is blocked, too common, too many, too large or different, and says why', () => {
    const shared = records([undefined, 5, 1], [undefined, 5, 2], [undefined, 5, 3])
    const reasons = (rules: TestCase['rules'], limits: Partial<Pick<TestCase, 'mostRecords' | 'blocked'>> = {}) => cluster({ records: shared, rules, ...open, ...limits }).refusals.map(({ reason }) => reason)
    expect(reasons(plain([1]), { blocked: [[], [5], [], []] })).toEqual(['blocked value'])
    expect(reasons(plain([1]), { mostRecords: [99, 2, 99, 99] })).toEqual(['too many records'])
    expect(reasons({ ...plain([1]), rules: [rule([1], { mostRecords: 2 })] })).toEqual(['too many agree'])
    expect(reasons({ ...plain([1]), rules: [rule([1], { mostEntities: 2 })] })).toEqual(['too many entities'])
    expect(reasons({ ...plain([1]), largestEntity: 2 })).toEqual(['too large'])
    expect(reasons({ ...plain([1]), rules: [rule([1], { unlessDifferent: [2] })] })).toEqual(['values differ'])
    expect(reasons(plain([1]))).toEqual([])
  })

  it('does not call ambiguous what ended in one entity after all', () => {
    const rows = records([1, 5, 8], [undefined, 5, 8])
    const rules = { ...plain([1], [2]), rules: [rule([1], { mostRecords: 1 }), rule([2])] }
    expect(cluster({ records: rows, rules, ...open })).toMatchObject({ refusals: [], ambiguous: new Uint8Array(2) })
  })
})

describe('a value that holds together what is too large for one entity', () => {
  /** Records 0…3 and 4…7 hang together by small values; `bridge` is on the first of each and on two more. */
  const BRIDGE = 50
  const rows: TestRecord[] = [[1], [1, 2], [2, 3], [3], [4], [4, 5], [5, 6], [6], [], []].map((values, at) => [[], [0, 4, 8, 9].includes(at) ? [...values, BRIDGE] : values, [7], []])
  const bridged = (result: ClusterResult) => result.bridges.map(({ key, records: members }) => ({ key, records: [...members] }))

  it.each([
    ['is named where its chain is refused as a whole', { ...plain([1]), largestEntity: 5 }, [{ key: 1, records: [0, 4, 8, 9] }]],
    ['is that of its own key where a rule has several', { ...plain([2, 1]), largestEntity: 5 }, [{ key: 1, records: [0, 4, 8, 9] }]],
    ['is one by itself where too many have it', { ...plain([2]), largestEntity: 9 }, [{ key: 2, records: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] }]],
    ['is not there where nothing is too large', plain([1]), []],
  ])('%s', (_what, rules, expected) => {
    expect(bridged(cluster({ records: rows, rules, ...open }))).toEqual(expected)
  })

  it('is named with the next one where it is not alone', () => {
    const more = rows.map((row, at) => (at === 1 || at === 2 ? [[], [at], [7], []] : row))
    const two = [...more, ...rows.map((row): TestRecord => [[], (row[1] ?? []).map((value) => (value === BRIDGE ? value : value + 20)), [7], []])]
    const result = cluster({ records: two, rules: { ...plain([1]), largestEntity: 3 }, ...open })
    expect(bridged(result)[0]).toEqual({ key: 1, records: [0, 4, 8, 9, 10, 14, 18, 19] })
    expect(bridged(result).length).toBeGreaterThan(1)
  })

  it('is found though several values (the hashes of one address) say the same', () => {
    const hashes = rows.map((row): TestRecord => [[], (row[1] ?? []).flatMap((value) => [value, value + 100]), [], []])
    expect(bridged(cluster({ records: hashes, rules: { ...plain([1]), largestEntity: 5 }, ...open }))).toEqual([{ key: 1, records: [0, 4, 8, 9] }])
  })

  it('is the same whatever the order of the records, and blocked it lets the rest go on', () => {
    const order = fc.shuffledSubarray(rows.map((_, at) => at), { minLength: rows.length })
    fc.assert(
      fc.property(order, (places) => {
        const result = cluster({ records: places.map((at) => rows[at] ?? []), rules: { ...plain([1]), largestEntity: 5 }, ...open })
        expect(result.bridges.map(({ records: members }) => [...members].map((at) => places[at] ?? -1).sort((one, other) => one - other))).toEqual([[0, 4, 8, 9]])
      }),
    )
    const after = cluster({ records: rows, rules: { ...plain([1]), largestEntity: 5 }, ...open, blocked: [[], [BRIDGE], [], []] })
    expect(partitionOf(after.labels)).toEqual([0, 0, 0, 0, 4, 4, 4, 4, 8, 9])
    expect(after.bridges).toEqual([])
  })
})

describe('what people decided', () => {
  it('joins by hand, also two strong ids, and the rules go on from there', () => {
    const rows = records([1, 5], [2, 6], [undefined, 6])
    const result = cluster({ records: rows, rules: plain([1]), ...open }, { together: [[0, 1]], apart: [] })
    expect(partitionOf(result.labels)).toEqual([0, 0, 0])
    expect([...result.rule]).toEqual([-2, -2, 0])
  })

  it('never joins what is kept apart, not through others either', () => {
    const rows = records([undefined, 5], [undefined, 5, 7], [undefined, undefined, 7])
    const result = cluster({ records: rows, rules: plain([1], [2]), ...open }, { together: [], apart: [[0, 2]] })
    expect(partitionOf(result.labels)).toEqual([0, 0, 2])
    expect(result.refusals).toMatchObject([{ rule: 1, reason: 'kept apart by hand' }])
  })
})

describe('always', () => {
  it('gives the same whatever the order of the records', () => {
    fc.assert(
      fc.property(testCases(fc).chain((one) => fc.tuple(fc.constant(one), fc.shuffledSubarray(one.records.map((_, at) => at), { minLength: one.records.length }))), ([one, order]) => {
        const straight = unshuffled(cluster(one), one.records.map((_, at) => at))
        const shuffled = unshuffled(cluster({ ...one, records: order.map((at) => one.records[at] ?? []) }), order)
        expect(shuffled).toEqual(straight)
      }),
      { numRuns: 2000 },
    )
  })

  it('never has two strong ids of a kind in one entity', () => {
    fc.assert(
      fc.property(testCases(fc), (one) => {
        for (const ids of strongIds(cluster(one), one.records).values()) expect(ids.size).toBeLessThanOrEqual(1)
      }),
      { numRuns: 2000 },
    )
  })

  it('adds no link and takes none away where it refuses a merge', () => {
    fc.assert(
      fc.property(testCases(fc), (one) => {
        const result = cluster(one)
        // Without the records' values for the key that was refused, nothing else changes.
        for (const { rule: place } of result.refusals) {
          const before = cluster({ ...one, rules: { ...one.rules, rules: one.rules.rules.slice(0, place) } })
          const after = cluster({ ...one, rules: { ...one.rules, rules: one.rules.rules.slice(0, place + 1) } })
          // Links of earlier rules stand.
          before.labels.forEach((label, record) => expect(after.labels[record]).toBe(after.labels[label]))
          // And what the refused rule did join shares an accepted group: every joined record was in a group of it, or was already with one that was.
          const refused = after.refusals.filter((refusal) => refusal.rule === place)
          for (const { records: members } of refused) expect(new Set([...members].map((record) => after.labels[record])).size).toBeGreaterThan(1)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('marks as ambiguous exactly the records of refused merges', () => {
    fc.assert(
      fc.property(testCases(fc), (one) => {
        const { refusals, ambiguous } = cluster(one)
        const refused = new Set(refusals.flatMap(({ records: members }) => [...members]))
        ambiguous.forEach((flag, record) => expect(flag === 1).toBe(refused.has(record)))
      }),
    )
  })
})
