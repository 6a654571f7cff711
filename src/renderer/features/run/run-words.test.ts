import { describe, expect, it } from 'vitest'
import type { RunCounts } from '../../../contract/states.ts'
import { balanceStates, cancelSentences, firstState, phases, resumeSentences, runStateWords } from './run-words.ts'

const counts = (over: Partial<RunCounts> = {}): RunCounts => ({
  planned: 100,
  pending: 0,
  sent: 0,
  accepted: 0,
  delivered: 100,
  rejected: 0,
  skipped: 0,
  quarantined: 0,
  unknown: 0,
  verified: 100,
  overridden: 0,
  unverifiable: 0,
  ...over,
})
const words = (over: Partial<RunCounts>) => runStateWords({ state: 'done', paused: false, counts: counts(over) })

describe('the state of a run', () => {
  it('is green only when every delivered row was read back', () => {
    expect(words({})).toEqual({ meaning: 'verified', words: 'Verified' })
    expect(words({ verified: 99 }).meaning).toBe('accepted')
    expect(words({ verified: 0, unverifiable: 100 })).toEqual({ meaning: 'accepted', words: 'Accepted, cannot be verified' })
    expect(words({ verified: 99, overridden: 1 }).meaning).toBe('problem')
    expect(words({ delivered: 0, verified: 0, skipped: 100 }).meaning).toBe('quiet')
  })
})

describe('progress', () => {
  it('counts settled rows and read-backs, nothing else', () => {
    const live = { state: 'applying' as const, counts: counts({ pending: 40, sent: 10, accepted: 5, delivered: 40, rejected: 5, verified: 0 }) }
    expect(phases(live)).toEqual([
      { name: 'Applying', state: 'now', done: 45, of: 100 },
      { name: 'Reading back', state: 'before', done: 0, of: 40 },
    ])
    expect(phases({ state: 'verifying', counts: counts({ verified: 30 }) })[1]).toEqual({ name: 'Reading back', state: 'now', done: 30, of: 100 })
  })

  it('never has a tick on a phase that did not finish', () => {
    const stopped = counts({ planned: 4461, pending: 3711, delivered: 750, verified: 750 })
    expect(phases({ state: 'stopped', counts: stopped })).toEqual([
      { name: 'Applying', state: 'cut short', done: 750, of: 4461 },
      { name: 'Reading back', state: 'cut short', done: 750, of: 750 },
    ])
    expect(phases({ state: 'verifying', counts: { ...stopped, verified: 0 } }).map(({ state }) => state), 'looked at again').toEqual(['cut short', 'now'])
    expect(phases({ state: 'failed', counts: counts({ verified: 40 }) }).map(({ state }) => state), 'read back in part').toEqual(['over', 'cut short'])
    expect(phases({ state: 'done', counts: counts({ delivered: 98, verified: 98, unknown: 2 }) })[0], 'in doubt').toEqual({ name: 'Applying', state: 'cut short', done: 98, of: 100 })
    expect(phases({ state: 'done', counts: counts() }).map(({ state }) => state)).toEqual(['over', 'over'])
  })

  it('lists first what needs a person', () => {
    expect(firstState(counts({ rejected: 3, overridden: 1 }))).toBe('overridden')
    expect(firstState(counts())).toBe('delivered')
  })

  it('balances over the eight states of a row', () => {
    const live = counts({ pending: 40, sent: 10, accepted: 5, delivered: 40, rejected: 5 })
    expect(balanceStates.reduce((sum, state) => sum + live[state], 0)).toBe(live.planned)
  })
})

describe('sending the rest', () => {
  it('says how many go, and what else is done', () => {
    expect(resumeSentences({ destinationName: 'HubSpot', counts: counts({ planned: 3716, pending: 3711, delivered: 0, unknown: 5 }) })).toEqual([
      '3,711 records not sent yet are compared with HubSpot once more, and sent where nothing has changed since the plan.',
      '5 in doubt are looked up; what did not arrive is sent again.',
      'Where the plan is not valid any more, nothing is sent, and they are left out. Then plan the activation again.',
    ])
  })
})

describe('cancelling', () => {
  it('says what stays', () => {
    const run = { destinationName: 'HubSpot', counts: counts({ pending: 40, sent: 10, delivered: 50 }) }
    expect(cancelSentences(run)).toEqual([
      '40 records not sent yet are left out.',
      '10 under way are settled first, so that none stays unknown.',
      '50 records already delivered stay in HubSpot and are read back. To put back what was there, revert the run afterwards.',
    ])
  })
})
