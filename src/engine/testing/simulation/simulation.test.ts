import { describe, expect, test } from 'vitest'
import { knownSeeds } from './known-seeds.ts'
import { playSeed } from './one-seed.ts'
import type { SeedResult } from './one-seed.ts'

/** What a person needs to look further: the seed replays the same with `npm run simulate -- --seed N`. */
function wordsOf({ seed, character, violations }: SeedResult): string[] {
  return violations.map(({ invariant, words }) => `seed ${seed} (${character}) ${invariant}: ${words}`)
}

describe('whatever goes wrong, nothing is lost, doubled, overwritten or claimed without proof', () => {
  test.each([0, 1, 2, 3])('in 50 seeds (part %i)', async (part) => {
    const violations: string[] = []
    const seen = { faults: 0, recoveries: 0 }
    for (let seed = part * 50 + 1; seed <= part * 50 + 50; seed += 1) {
      const result = await playSeed(seed)
      violations.push(...wordsOf(result))
      seen.faults += result.faults
      seen.recoveries += result.recoveries
    }
    expect(violations).toEqual([])
    expect(seen.faults).toBeGreaterThan(50)
    expect(seen.recoveries).toBeGreaterThan(5)
  }, 60_000)

  test.each(knownSeeds)('in seed $seed: $found', async ({ seed }) => {
    expect(wordsOf(await playSeed(seed))).toEqual([])
  })

  test('the same seed plays out the same', async () => {
    for (const seed of [3, 17, 42, 101]) {
      const [first, second] = [await playSeed(seed, { keepTrace: true }), await playSeed(seed, { keepTrace: true })]
      expect(second.trace).toEqual(first.trace)
      expect(second.traceHash).toBe(first.traceHash)
    }
  })
})
