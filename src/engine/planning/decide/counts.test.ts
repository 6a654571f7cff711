import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fieldClass, type MatchState, type RecordOperation } from '../../../contract/states.ts'
import { assertBalanced, isPlanned, PlanCounter, plannedOf } from './counts.ts'

const cells: [MatchState, RecordOperation & ('create' | 'update' | 'unchanged' | 'blocked')][] = [
  ['matched', 'update'],
  ['matched', 'unchanged'],
  ['matched', 'blocked'],
  ['unmatched', 'create'],
  ['unmatched', 'blocked'],
  ['ambiguous', 'blocked'],
  ['invalid', 'blocked'],
]

describe('plan counts', () => {
  it('count each row once by match and once by operation, and fields apart from records', () => {
    const counter = new PlanCounter()
    counter.addSettled(1000)
    counter.addSourceRow('unmatched', { operation: 'create', fields: [{ class: 'fill', drift: false }] })
    counter.addSourceRow('matched', {
      operation: 'update',
      fields: [
        { class: 'conflict', drift: true },
        { class: 'conflict', drift: false },
        { class: 'clear', drift: false },
        { class: 'clear', drift: false },
      ],
    })
    counter.addSourceRow('matched', { operation: 'unchanged', fields: [{ class: 'accept', drift: true }] })
    counter.addSourceRow('invalid', { operation: 'blocked', fields: [] })
    counter.addWithoutRow('remove')
    counter.addWithoutRow('gone')
    const counts = counter.counts()
    expect(counts).toEqual({
      source: 1004,
      matched: 1002,
      unmatched: 1,
      ambiguous: 0,
      invalid: 1,
      create: 1,
      update: 1,
      clear: 1,
      remove: 1,
      gone: 1,
      unchanged: 1001,
      blocked: 1,
      conflicts: 2,
      conflictRecords: 1,
      drift: 2,
      driftRecords: 2,
    })
    expect(plannedOf(counts)).toBe(3)
  })

  it('stop the plan when they do not balance', () => {
    const counts = new PlanCounter().counts()
    expect(() => assertBalanced({ ...counts, source: 1 })).toThrow('source = matched')
    expect(() => assertBalanced({ ...counts, source: 1, matched: 1, update: 1, clear: 2 })).toThrow('clear ≤ update')
    expect(() => assertBalanced({ ...counts, source: 1, matched: 1, create: 1 })).toThrow('create ≤ unmatched')
    expect(() => assertBalanced({ ...counts, conflicts: 1 })).toThrow('conflictRecords')
  })

  it('balance after every row, whatever comes', () => {
    const row = fc.tuple(fc.constantFrom(...cells), fc.array(fc.record({ class: fc.constantFrom(...fieldClass.options), drift: fc.boolean() })))
    fc.assert(
      fc.property(fc.array(row), fc.nat({ max: 1000 }), (rows, settled) => {
        const counter = new PlanCounter()
        counter.addSettled(settled)
        for (const [[match, operation], fields] of rows) {
          counter.addSourceRow(match, { operation, fields: operation === 'update' ? fields : fields.filter((field) => field.class !== 'conflict') })
          expect(counter.counts().source).toBeLessThanOrEqual(settled + rows.length)
        }
        expect(counter.counts().source).toBe(settled + rows.length)
        expect(rows.filter(([[, operation]]) => isPlanned(operation))).toHaveLength(plannedOf(counter.counts()))
      }),
    )
  })
})
