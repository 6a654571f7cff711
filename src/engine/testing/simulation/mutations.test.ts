import { afterEach, expect, test, vi } from 'vitest'
import { mutations } from './mutations.ts'
import type { Mutation } from './mutations.ts'
import type * as oneSeed from './one-seed.ts'

/** A bug that is not found in so many seeds would not be found by people either. */
const mostSeeds = 200

afterEach(() => {
  for (const { module } of mutations) vi.doUnmock(module)
  vi.resetModules()
})

/** The first seed in which the bug breaks what it must, in words. */
async function caughtBy({ module, replace, breaks }: Mutation): Promise<string | undefined> {
  vi.resetModules()
  vi.doMock(module, async (importOriginal) => replace(await importOriginal()))
  const { playSeed } = (await import('./one-seed.ts')) as typeof oneSeed
  for (let seed = 1; seed <= mostSeeds; seed += 1) {
    const { violations } = await playSeed(seed)
    const broken = violations.find(({ invariant }) => invariant === breaks)
    if (broken) return `seed ${seed}: ${broken.words}`
  }
  return undefined
}

test.each(mutations)('the simulation catches it when $bug ($breaks)', async (mutation) => {
  expect(await caughtBy(mutation)).toMatch(/^seed \d+: /)
}, 90_000)
