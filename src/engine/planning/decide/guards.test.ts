import { describe, expect, it } from 'vitest'
import { guards as guardsSchema } from '../../../contract/definitions.ts'
import type { PlanCounts } from '../../../contract/states.ts'
import { PlanCounter } from './counts.ts'
import { checkGuards, type GuardInput, removalsToConfirm } from './guards.ts'

function check({ settings = {}, counts = {}, ...over }: Partial<Omit<GuardInput, 'guards' | 'counts'>> & { settings?: object; counts?: Partial<PlanCounts> }) {
  return checkGuards({ guards: guardsSchema.parse(settings), counts: { ...new PlanCounter().counts(), ...counts }, sourceRows: 1000, base: 1000, members: 1000, ...over })
}
const names = (over: Parameters<typeof check>[0]) => check(over).map(({ guard }) => guard)

describe('guards', () => {
  it.each([
    ['nothing out of the ordinary', { counts: { update: 300, create: 200, remove: 50 } }, []],
    ['no rows', { sourceRows: 0 }, ['no rows']],
    ['columns changed', { schemaChanges: ['tier is gone'] }, ['source schema']],
    ['duplicate keys', { duplicateKeys: 2 }, ['duplicate keys']],
    ['removals over the share', { counts: { remove: 51 } }, ['removals']],
    ['removals over the count', { counts: { remove: 101 }, members: 100_000 }, ['removals']],
    ['removals within both', { counts: { remove: 100 }, members: 100_000 }, []],
    ['removals where nothing is known', { counts: { remove: 1 }, members: 0 }, ['removals']],
    ['no removal allowed', { settings: { removalCount: 0 }, counts: { remove: 1 } }, ['removals']],
    ['updates over the share', { counts: { update: 301 } }, ['updates']],
    ['updates on a first plan', { counts: { update: 301 }, base: 0 }, []],
    ['creates over the share', { counts: { create: 201 } }, ['creates']],
    ['creates on a first plan', { counts: { create: 1 }, base: 0 }, ['first load']],
    ['coverage under the floor', { settings: { coverageFloor: 0.9 }, counts: { source: 1000, unchanged: 899 } }, ['coverage']],
    ['coverage at the floor', { settings: { coverageFloor: 0.9 }, counts: { source: 1000, unchanged: 900 } }, []],
    ['too small', { settings: { sizeMinimum: 1001 } }, ['size']],
    ['too large', { settings: { sizeMaximum: 999 } }, ['size']],
    ['within the band', { settings: { sizeMinimum: 1000, sizeMaximum: 1000 } }, []],
    ['half as large again', { sourceRows: 1500, previousSource: 1000 }, []],
    ['suddenly smaller', { sourceRows: 499, previousSource: 1000 }, ['size change']],
    ['suddenly larger', { sourceRows: 1501, previousSource: 1000 }, ['size change']],
    ['a small audience that changes', { sourceRows: 12, previousSource: 80 }, []],
    ['a change that was declared', { settings: { sizeChangeShare: 2 }, sourceRows: 3000, previousSource: 1000 }, []],
    ['several at once', { settings: { sizeMaximum: 999 }, counts: { remove: 500, update: 500 } }, ['removals', 'updates', 'size']],
    ['no rows asks nothing about size or coverage', { sourceRows: 0, settings: { sizeMinimum: 10, coverageFloor: 0.5 } }, ['no rows']],
  ] as [string, Parameters<typeof check>[0], string[]][])('%s', (_name, input, expected) => {
    expect(names(input)).toEqual(expected)
  })

  it('asks for the count when a first load is approved', () => {
    expect(check({ counts: { create: 18_204 }, base: 0 })).toEqual([
      { guard: 'first load', message: '18,204 records would be created, and nothing was ever sent before.', next: 'Type 18,204 when approving.', count: 18_204 },
    ])
  })

  it('says the numbers and the limit', () => {
    expect(check({ counts: { remove: 120 } })[0]?.message).toBe('120 of 1,000 (12%) known members would be removed; allowed are 5% and at most 100.')
    expect(check({ sourceRows: 0, previousSource: 20_000 })[0]?.message).toBe('The source gave no rows; the plan before had 20,000 rows.')
    expect(check({ sourceRows: 400, previousSource: 20_000 })[0]?.message).toBe('The source gave 400 rows; the plan before had 20,000. A change of up to 50% is expected.')
    expect(check({ settings: { coverageFloor: 0.995 }, counts: { source: 1000, unchanged: 3 } })[0]?.message).toBe('3 of 1,000 (under 1%) rows reach a record; at least 99.5% are expected.')
  })
})

describe('removals that people selected', () => {
  it('take their count typed above a hundred', () => {
    expect(removalsToConfirm(100, [])).toEqual([])
    expect(removalsToConfirm(1251, [])).toEqual([expect.objectContaining({ count: 1251, message: '1,251 records would be removed.', next: 'Type 1,251 when approving.' })])
  })

  it('are not asked about once more where their guard was lifted with a reason', () => {
    expect(removalsToConfirm(1251, [{ guard: 'removals', message: '', next: '', lifted: { reason: 'Left', by: 'Ana', at: '2026-01-01T00:00:00Z' } }])).toEqual([])
  })
})
