import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clusterRecords } from './clusters/cluster-records.ts'
import { assignEntities } from './entities.ts'
import type { EntityMap } from './entities.ts'
import { resolveFacts } from './facts.ts'
import type { IdentityFact } from './facts.ts'
import { keyColumns, testCases } from './testing/records.ts'
import type { TestCase } from './testing/records.ts'

const fact = (seq: number, ...parts: string[][]): IdentityFact => ({ id: `f${seq}`, seq, parts })
const numberOf = (reference: string): number | undefined => (reference === 'gone' ? undefined : Number(reference))

describe('facts', () => {
  it('keeps a part together and parts from each other', () => {
    expect(resolveFacts([fact(1, ['1', '2', '3'], ['4', '5'])], numberOf)).toEqual({ together: [[1, 2], [1, 3], [4, 5]], apart: [[1, 4]], overruled: [] })
  })

  it('lets the later fact win, as a whole, and counts what it undid again once it is undone', () => {
    const [link, chain, never] = [fact(1, ['1', '2']), fact(2, ['2', '3']), fact(3, ['1'], ['3'])]
    expect(resolveFacts([link, chain, never], numberOf)).toMatchObject({ together: [[2, 3]], apart: [[1, 3]], overruled: ['f1'] })
    expect(resolveFacts([link, chain, { ...never, undone: true }], numberOf)).toMatchObject({ apart: [], overruled: [] })
  })

  it('keeps parts from each other without saying that a part is one', () => {
    const never = (seq: number, ...parts: string[][]): IdentityFact => ({ ...fact(seq, ...parts), onlyApart: true })
    expect(resolveFacts([never(1, ['1', '2'], ['3', '4'])], numberOf)).toEqual({ together: [], apart: [[1, 3], [1, 4], [2, 3], [2, 4]], overruled: [] })
    expect(resolveFacts([never(1, ['1', '2'], ['3']), fact(2, ['2', '3'])], numberOf)).toEqual({ together: [[2, 3]], apart: [], overruled: ['f1'] })
    expect(resolveFacts([fact(1, ['2', '3']), never(2, ['1', '2'], ['3'])], numberOf).overruled).toEqual(['f1'])
    expect(resolveFacts([never(1, ['1'], ['2']), never(2, ['1', '2'], ['3'])], numberOf)).toMatchObject({ together: [], overruled: [] })
  })

  it('passes over records that are gone', () => {
    expect(resolveFacts([fact(1, ['1', 'gone'], ['2'])], numberOf)).toEqual({ together: [], apart: [[1, 2]], overruled: [] })
  })

  it('never keeps apart what it joins', () => {
    const parts = fc.uniqueArray(fc.nat({ max: 7 }), { minLength: 2, maxLength: 5 }).chain((members) => fc.nat({ max: members.length }).map((at) => [members.slice(0, at), members.slice(at)].filter((part) => part.length > 0)))
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 8 }), (all) => {
        const { together, apart } = resolveFacts(all.map((one, seq) => fact(seq, ...one.map((part) => part.map(String)))), numberOf)
        const { labels } = clusterRecords({ records: 8, keys: [], rules: [], limits: [], largestEntity: 99, facts: { together, apart } })
        for (const [one, other] of apart) expect(labels[one]).not.toBe(labels[other])
      }),
    )
  })
})

describe('entities', () => {
  const none: EntityMap = { anchor: new Int32Array(0), member: new Int32Array(6).fill(-1) }
  const assign = (labels: number[], prior: EntityMap) => assignEntities(Int32Array.from(labels), prior)

  it('issues in the order of the smallest records', () => {
    expect([...assign([0, 1, 1, 3, 0, 3], none).member]).toEqual([0, 1, 1, 2, 0, 2])
  })

  it('lets the earliest issued survive a merge, the others as its aliases, and brings each back when it is undone', () => {
    const apart = assign([0, 1, 1, 3, 0, 3], none)
    const merged = assign([0, 1, 1, 1, 0, 1], apart)
    expect([...merged.member]).toEqual([0, 1, 1, 1, 0, 1])
    expect([...merged.aliasOf]).toEqual([0, 1, 1])
    expect(assign([0, 1, 1, 3, 0, 3], merged)).toEqual(apart)
  })

  it('goes on with the records that are left when the one it was named after is gone', () => {
    const first = assign([0, 0, 0, 3, 3, 3], none)
    const without = { anchor: Int32Array.from([-1, 2]), member: first.member.slice(1) }
    const result = assign([0, 0, 2, 2, 2], without)
    expect([...result.member]).toEqual([0, 0, 1, 1, 1])
    expect([...result.anchor]).toEqual([0, 2])
  })

  it('restores the former clusters exactly when a link or a split is undone', () => {
    const run = (one: TestCase, facts: IdentityFact[], prior: EntityMap) => {
      const result = clusterRecords({ records: one.records.length, keys: keyColumns(one.records, one), ...one.rules, facts: resolveFacts(facts, numberOf) })
      return { result, entities: assignEntities(result.labels, prior) }
    }
    fc.assert(
      fc.property(testCases(fc), fc.array(fc.nat({ max: 23 }), { minLength: 2, maxLength: 4 }), fc.boolean(), (one, picked, link) => {
        const members = [...new Set(picked.map((at) => String(at % one.records.length)))]
        const before = run(one, [], { anchor: new Int32Array(0), member: new Int32Array(one.records.length).fill(-1) })
        const decided = fact(1, ...(link ? [members] : members.map((member) => [member])))
        const during = run(one, [decided], before.entities)
        const after = run(one, [{ ...decided, undone: true }], during.entities)
        expect(after.result).toEqual(before.result)
        expect(after.entities.member).toEqual(before.entities.member)
      }),
      { numRuns: 500 },
    )
  })
})
