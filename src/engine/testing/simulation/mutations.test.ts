import { afterEach, expect, test, vi } from 'vitest'
import { mutations } from './mutations.ts'
import type * as oneSeed from './one-seed.ts'

/** A bug that is not found in so many seeds would not be found by people either. */
const mostSeeds = 150

afterEach(() => {
  for (const { module } of mutations) vi.doUnmock(module)
  vi.resetModules()
})

/** The first seed that catches the bug, and by which invariant. */
async function caughtBy({ module, replace }: (typeof mutations)[number]): Promise<string | undefined> {
  vi.resetModules()
  vi.doMock(module, async (importOriginal) => replace(await importOriginal()))
  const { playSeed } = (await import('./one-seed.ts')) as typeof oneSeed
  for (let seed = 1; seed <= mostSeeds; seed += 1) {
    const { violations } = await playSeed(seed)
    const [first] = violations
    if (first) return `seed ${seed}: ${first.invariant}: ${first.words}`
  }
  return undefined
}

test.each(mutations)('the simulation catches it when $bug', async (mutation) => {
  expect(await caughtBy(mutation)).toMatch(/^seed \d+: (I\d|intent|base|end)/)
}, 60_000)
