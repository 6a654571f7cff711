import { afterEach, expect, test, vi } from 'vitest'
import { mutations } from './mutations.ts'
import type { Mutation } from './mutations.ts'
import type * as oneSeed from './one-seed.ts'

/** A bug that is not found in so many seeds would not be found by people either. */
const mostSeeds = 200

/** A seed that showed the bug when somebody last searched. */
const shownBy: Record<string, number> = {
  'unknown rows are sent again blindly': 11,
  'a refused batch loses its second half': 12,
  'a job counts as delivered before it has ended': 21,
  'a resumed run sends delivered rows again': 17,
  'a cancel forgets rows that were sent': 43,
  'a lost answer counts as a request that never left': 11,
  'what waited for minutes is sent without another look': 109,
  'lost answers are looked up before their requests have ended': 33,
  'a refusal in the middle of the work is believed': 24,
  'what was made is linked to the id that was answered': 34,
}

afterEach(() => {
  for (const { module } of mutations) vi.doUnmock(module)
  vi.resetModules()
})

/** A seed in which the bug breaks what it must, in words: the one that did so last, else the first that does. */
async function caughtBy({ bug, module, replace, breaks }: Mutation): Promise<string | undefined> {
  vi.resetModules()
  vi.doMock(module, async (importOriginal) => {
    const original = await importOriginal<object>()
    const changed = replace(original)
    for (const name of Object.keys(changed)) if (!(name in original)) throw new Error(`${module} has no ${name} to change`)
    return changed
  })
  const { playSeed } = (await import('./one-seed.ts')) as typeof oneSeed
  for (const seed of [shownBy[bug] ?? 1, ...Array.from({ length: mostSeeds }, (_, before) => before + 1)]) {
    const { violations } = await playSeed(seed)
    const broken = violations.find(({ invariant }) => invariant === breaks)
    if (broken) return `seed ${seed}: ${broken.words}`
  }
  return undefined
}

test.each(mutations)('the simulation catches it when $bug ($breaks)', async (mutation) => {
  expect(await caughtBy(mutation)).toMatch(/^seed \d+: /)
}, 90_000)
