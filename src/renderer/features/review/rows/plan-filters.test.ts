import { describe, expect, it } from 'vitest'
import type { PlanDetail } from '../../../../contract/shapes.ts'
import { countTiles, firstFilter, filterWords } from './plan-filters.ts'
import { applyWords, countToType, whyNotApply } from '../apply/why-not-apply.ts'

const plan = (over: Partial<PlanDetail> = {}, counts: Partial<PlanDetail['counts']> = {}): PlanDetail => ({
  planId: '7f3c91ab-0000-4000-8000-000000000001',
  planHash: 'a',
  activation: 'tier',
  activationName: 'Tier to HubSpot',
  connection: 'crm',
  destinationName: 'HubSpot',
  object: 'contacts',
  noun: { one: 'person', many: 'people' },
  kind: 'ordinary',
  state: 'in review',
  waiting: true,
  counts: {
    source: 54661,
    matched: 54500,
    unmatched: 120,
    ambiguous: 21,
    invalid: 20,
    create: 120,
    update: 3410,
    clear: 12,
    remove: 0,
    gone: 0,
    unchanged: 51016,
    blocked: 115,
    conflicts: 312,
    conflictRecords: 300,
    drift: 88,
    driftRecords: 80,
    ...counts,
  },
  readScope: { looked: 18204, of: 20000, asOf: '2026-11-23T13:05:00Z', how: 'changed since' },
  createdAt: '2026-11-23T13:05:00Z',
  expiresAt: '2026-11-24T13:05:00Z',
  guards: [],
  openConflicts: 207,
  unselected: 88,
  willSend: 3530,
  willSkip: 88,
  kept: 0,
  leftOut: 0,
  definitions: [],
  ...over,
})

describe('what is listed, in words', () => {
  it('tells a removal of a mirror from one that takes a run back', () => {
    expect(filterWords(plan(), 'remove')).toBe('People this activation added, which are no longer in the audience.')
    expect(filterWords(plan({ kind: 'revert' }), 'remove')).toBe('People the run created. They are archived only if you select them.')
  })
})

describe('the header of a plan', () => {
  it('says each count in the words of the product', () => {
    expect(countTiles(plan()).map((tile) => `${tile.label} ${tile.count}`)).toEqual([
      'Create 120',
      'Update, 12 clear a field 3410',
      'Remove 0',
      'Unchanged 51016',
      'Blocked 115',
      'Conflicts, 207 open 312',
      'Changed in HubSpot 88',
      'Not selected 88',
    ])
  })

  it('adds what is kept and what is not taken, only where there is some', () => {
    expect(countTiles(plan({ kept: 23, leftOut: 1 })).slice(-2).map((tile) => `${tile.label} ${tile.count}`)).toEqual(['Kept 23', 'Not taken 1'])
  })

  it('opens on what needs a person', () => {
    expect(firstFilter(plan())).toBe('conflicts')
    expect(firstFilter(plan({ openConflicts: 0 }))).toBe('update')
    expect(firstFilter(plan({ openConflicts: 0 }, { update: 0, create: 0 }))).toBe('blocked')
  })
})

describe('whether a plan can be applied', () => {
  it('waits for every answer, and says so', () => {
    expect(whyNotApply(plan())).toBe('207 conflicts need an answer first. “Skip for now” is an answer.')
    expect(whyNotApply(plan({ openConflicts: 0 }))).toBeUndefined()
    expect(applyWords(plan())).toBe('Apply 3,530 changes')
  })

  it('waits for guards, unless the guard takes a typed count', () => {
    const guard = { guard: 'creates', message: 'Too many.', next: 'Look.' }
    expect(whyNotApply(plan({ openConflicts: 0, guards: [guard], state: 'stopped by a guard' }))).toContain('1 guard stopped this plan')
    const typed = plan({ openConflicts: 0, guards: [{ ...guard, count: 3530 }] })
    expect(whyNotApply(typed)).toBeUndefined()
    expect(countToType(typed)).toBe(3530)
  })

  it('says why a stale or expired plan is refused', () => {
    expect(whyNotApply(plan({ openConflicts: 0, state: 'stale', stale: 'The mapping changed.' }))).toBe('The mapping changed.')
    expect(whyNotApply(plan({ openConflicts: 0, state: 'expired' }))).toBe('This plan is too old to apply.')
    expect(whyNotApply(plan({ openConflicts: 0, willSend: 0 }))).toBe('There is nothing to send.')
  })
})
