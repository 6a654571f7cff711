import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Plain } from '../testing/plain-clusters.ts'
import { keyColumns, partitionOf, testCases } from '../testing/records.ts'
import { clusterRecords } from './cluster-records.ts'

it('does what the rules say when they are said plainly', () => {
  fc.assert(
    fc.property(testCases(fc), (one) => {
      const plain = new Plain(one)
      for (const rule of one.rules.rules) plain.apply(rule)
      const { records, rules, ...limits } = one
      expect(partitionOf(clusterRecords({ records: records.length, keys: keyColumns(records, limits), ...rules }).labels)).toEqual(plain.labels())
    }),
    { numRuns: 1500 },
  )
})
