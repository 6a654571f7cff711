import { expect, it } from 'vitest'
import type { Connection } from '../../destinations/connect.ts'
import { chooseReadScope } from './read-destination.ts'

const asOf = '2026-01-05T09:00:00.000Z'

function place(changeFeed: boolean): Pick<Connection, 'declaration' | 'profile'> {
  const limits = [{ kind: 'window', name: 'burst', label: 'Burst', requests: 10, perMs: 1000 }]
  return { declaration: { changeFeed }, profile: { rowsPerRead: 100, changeFeedDelayMs: 10_000, limits } } as unknown as Pick<Connection, 'declaration' | 'profile'>
}

it.each([
  ['nothing is settled: everything is read anyhow', { settled: 0, mark: asOf }, true, 'full', 5],
  ['reading all takes less than the feed’s delay', { settled: 9_000, mark: asOf }, true, 'full', 9_005],
  ['the feed is faster', { settled: 20_000, mark: asOf }, true, 'changed since', 20_005],
  ['no reading yet to continue from', { settled: 20_000, mark: undefined }, true, 'full', 20_005],
  ['no feed, and the budget allows it', { settled: 20_000, mark: asOf }, false, 'full', 20_005],
  ['no feed, and the budget does not allow it', { settled: 200_000, mark: asOf }, false, 'only changed rows', 5],
] as const)('%s', (_name, { settled, mark }, changeFeed, how, looked) => {
  expect(chooseReadScope(place(changeFeed), { settled, unsettled: 5, mark, requestBudget: 1000, asOf })).toEqual({ how, looked, of: settled + 5, asOf })
})
