import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compareOutcomes } from './compare-outcomes.ts'

const labels = (...list: number[]) => Int32Array.from(list)

it('counts matches gained and lost, and names the entities', () => {
  expect(compareOutcomes(labels(0, 0, 2, 2, 4), labels(0, 0, 0, 3, 3), 10)).toEqual({
    before: 2,
    after: 4,
    gained: 3,
    lost: 1,
    joined: [
      { label: 0, parts: [0, 2], matches: 2 },
      { label: 3, parts: [3, 4], matches: 1 },
    ],
    split: [{ label: 2, parts: [2, 3], matches: 1 }],
  })
})

it('agrees with counting every pair', () => {
  const partition = fc.array(fc.nat({ max: 9 }), { minLength: 12, maxLength: 12 }).map((groups) => Int32Array.from(groups, (group) => groups.indexOf(group)))
  fc.assert(
    fc.property(partition, partition, (before, after) => {
      let [gained, lost] = [0, 0]
      for (let one = 0; one < 12; one += 1) {
        for (let other = 0; other < one; other += 1) {
          const [was, is] = [before[one] === before[other], after[one] === after[other]]
          if (is && !was) gained += 1
          if (was && !is) lost += 1
        }
      }
      expect(compareOutcomes(before, after, 5)).toMatchObject({ gained, lost })
    }),
  )
})

it('shows the largest changes first, and no more than asked for', () => {
  const outcome = fc.array(fc.nat({ max: 11 }), { minLength: 20, maxLength: 20 }).map((groups) => Int32Array.from(groups, (group) => groups.indexOf(group)))
  fc.assert(
    fc.property(outcome, outcome, fc.nat({ max: 4 }), (before, after, examples) => {
      const all = compareOutcomes(before, after, 99)
      const sorted = [...all.joined].sort((one, other) => other.matches - one.matches || one.label - other.label)
      expect(all.joined).toEqual(sorted)
      expect(all.joined.reduce((sum, { matches }) => sum + matches, 0)).toBe(all.gained)
      expect(all.split.reduce((sum, { matches }) => sum + matches, 0)).toBe(all.lost)
      expect(compareOutcomes(before, after, examples).joined).toEqual(sorted.slice(0, examples))
    }),
  )
})
