import { describe, expect, it } from 'vitest'
import { sharesOf, standingWords } from './shares.ts'

const counts = { source: 5822, matched: 0, unmatched: 0, ambiguous: 0, invalid: 0, create: 0, update: 0, clear: 0, remove: 0, gone: 0, unchanged: 0, blocked: 0, conflicts: 0, conflictRecords: 0, drift: 0, driftRecords: 0 }
const nothingKept = { unchanged: { kept: 0, overridden: 0 }, updates: [] }
const total = (shares: object): number => Object.values(shares).reduce((sum: number, part) => sum + Number(part), 0)

describe('how an audience stands', () => {
  it('adds up before anything was sent, after the run, and in the plan after that', () => {
    const first = { counts: { ...counts, create: 54, update: 5700, unchanged: 46, blocked: 22 } }
    expect(sharesOf(first, nothingKept, { inStep: 0, kept: 0, overridden: 0 })).toEqual({ inStep: 46, kept: 0, blocked: 22, overridden: 0, notSeen: 5754 })
    const ran = sharesOf(first, nothingKept, { inStep: 5700, kept: 4, overridden: 46 })
    expect(ran).toEqual({ inStep: 5746, kept: 4, blocked: 22, overridden: 46, notSeen: 4 })
    const again = sharesOf({ counts: { ...counts, unchanged: 5800, blocked: 22 } }, { unchanged: { kept: 4, overridden: 46 }, updates: [] }, { inStep: 0, kept: 0, overridden: 0 })
    expect(again).toEqual({ inStep: 5750, kept: 4, blocked: 22, overridden: 46, notSeen: 0 })
    for (const shares of [ran, again]) expect(total(shares)).toBe(5822)
  })

  it('counts what a later trial proved, and nothing twice', () => {
    const plan = { counts: { ...counts, source: 54, create: 50, unchanged: 4 } }
    expect(sharesOf(plan, nothingKept, { inStep: 10, kept: 0, overridden: 0 })).toEqual({ inStep: 14, kept: 0, blocked: 0, overridden: 0, notSeen: 40 })
    expect(total(sharesOf(plan, nothingKept, { inStep: 52, kept: 0, overridden: 0 }))).toBe(54)
  })

  it('is said without claiming more than was read', () => {
    const shares = { inStep: 54, kept: 0, blocked: 0, overridden: 0, notSeen: 0 }
    expect(standingWords(shares, 'HubSpot')).toBe('HubSpot holds what the warehouse says.')
    expect(standingWords({ ...shares, kept: 4, overridden: 46 }, 'HubSpot')).toBe('HubSpot holds what the warehouse says for 54 of 104: 46 overridden over there, 4 kept on purpose.')
  })
})
