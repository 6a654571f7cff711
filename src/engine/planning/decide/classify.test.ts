import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FieldClass } from '../../../contract/states.ts'
import { classifyByHistory, classifyField, effectiveAuthority } from './classify.ts'
import type { FieldQuestion, FieldVerdict, StickyAnswer } from '../../plans/plan-rows.ts'
import type { Canonical } from '../../values/canonical.ts'

const authorities = ['warehouse', 'destination', 'fill if empty', 'review'] as const
type Base = FieldQuestion['base']
const unknown: Base = { known: false }
const known = (canonical: Canonical): Base => ({ known: true, canonical })

interface Line {
  name: string
  row: number
  b: Base
  d: Canonical
  a: Canonical
  clear?: boolean
  sticky?: StickyAnswer
  /** For warehouse, destination, fill if empty, review. */
  classes: [FieldClass, FieldClass, FieldClass, FieldClass]
  drift?: boolean
  firstContact?: boolean
  /** Under authority warehouse. */
  destroys?: boolean
}

const table: Line[] = [
  { name: 'both the same', row: 1, b: known('s:old'), d: 's:x', a: 's:x', classes: ['in sync', 'in sync', 'in sync', 'in sync'] },
  { name: 'both empty, never agreed', row: 1, b: unknown, d: null, a: null, clear: true, classes: ['in sync', 'in sync', 'in sync', 'in sync'] },
  { name: 'answered before, both as they were', row: 2, b: known('s:b'), d: 's:d', a: 's:a', sticky: { d: 's:d', a: 's:a', kind: 'keep' }, classes: ['kept', 'kept', 'kept', 'kept'] },
  { name: 'overridden before, both as they were', row: 2, b: unknown, d: 's:d', a: null, sticky: { d: 's:d', a: null, kind: 'overridden' }, classes: ['kept', 'kept', 'kept', 'kept'] },
  { name: 'answered before, the warehouse moved', row: 11, b: known('s:b'), d: 's:d2', a: 's:a', sticky: { d: 's:d', a: 's:a', kind: 'keep' }, classes: ['overwrite', 'keep', 'keep', 'conflict'], destroys: true },
  { name: 'answered before, the destination moved', row: 11, b: known('s:b'), d: 's:d', a: 's:a2', sticky: { d: 's:d', a: 's:a', kind: 'keep' }, classes: ['overwrite', 'keep', 'keep', 'conflict'], destroys: true },
  { name: 'warehouse empty, not clearing', row: 3, b: known('s:x'), d: null, a: 's:x', classes: ['left', 'left', 'left', 'left'] },
  { name: 'warehouse empty, not clearing, never agreed', row: 3, b: unknown, d: null, a: 's:x', classes: ['left', 'left', 'left', 'left'] },
  { name: 'warehouse empty, clearing, destination as agreed', row: 4, b: known('s:x'), d: null, a: 's:x', clear: true, classes: ['clear', 'keep', 'keep', 'conflict'] },
  { name: 'warehouse empty, clearing, destination moved', row: 5, b: known('s:x'), d: null, a: 's:y', clear: true, classes: ['clear', 'keep', 'keep', 'conflict'], destroys: true },
  { name: 'warehouse empty, clearing, agreed empty and filled over there', row: 5, b: known(null), d: null, a: 's:y', clear: true, classes: ['clear', 'keep', 'keep', 'conflict'], destroys: true },
  { name: 'warehouse empty, clearing, never agreed', row: 5, b: unknown, d: null, a: 's:y', clear: true, classes: ['clear', 'keep', 'keep', 'conflict'], destroys: true, firstContact: true },
  { name: 'destination empty, never agreed', row: 6, b: unknown, d: 's:d', a: null, classes: ['fill', 'fill', 'fill', 'fill'] },
  { name: 'destination empty as agreed', row: 6, b: known(null), d: 's:d', a: null, classes: ['fill', 'fill', 'fill', 'fill'] },
  { name: 'cleared over there, warehouse as agreed', row: 7, b: known('s:d'), d: 's:d', a: null, classes: ['repair', 'accept', 'accept', 'conflict'], drift: true },
  { name: 'cleared over there, warehouse moved', row: 7, b: known('s:b'), d: 's:d', a: null, classes: ['overwrite', 'accept', 'accept', 'conflict'] },
  { name: 'first contact with a value', row: 8, b: unknown, d: 's:d', a: 's:a', classes: ['overwrite', 'keep', 'keep', 'conflict'], firstContact: true, destroys: true },
  { name: 'only the warehouse moved', row: 9, b: known('s:a'), d: 's:d', a: 's:a', classes: ['update', 'keep', 'keep', 'update'] },
  { name: 'only the destination moved', row: 10, b: known('s:d'), d: 's:d', a: 's:a', classes: ['repair', 'accept', 'accept', 'conflict'], drift: true, destroys: true },
  { name: 'both moved', row: 11, b: known('s:b'), d: 's:d', a: 's:a', classes: ['overwrite', 'keep', 'keep', 'conflict'], destroys: true },
  { name: 'agreed empty, both filled', row: 11, b: known(null), d: 's:d', a: 's:a', classes: ['overwrite', 'keep', 'keep', 'conflict'], destroys: true },
]

const writing: FieldClass[] = ['clear', 'fill', 'repair', 'overwrite', 'update']

describe.each(table)('row $row: $name', ({ row, b, d, a, clear = false, sticky, classes, drift = false, firstContact = false, destroys = false }) => {
  it.each(authorities.map((authority, index) => ({ authority, expected: classes[index] })))('$authority: $expected', ({ authority, expected }) => {
    const verdict = classifyField({ base: b, d, a, clear, authority, ...(sticky === undefined ? {} : { sticky }) })
    const writes = writing.includes(expected as FieldClass)
    expect(verdict).toEqual({
      case: row,
      class: expected,
      write: writes,
      agreed: row === 1,
      drift,
      firstContact,
      destroys: destroys && (writes || expected === 'conflict'),
    })
  })
})

describe('latest wins', () => {
  const times = { newer: '2026-03-02T00:00:00Z', older: '2026-03-01T00:00:00.5Z' }
  const newerWarehouse = { warehouseChangedAt: times.newer, fieldChangedAt: times.older }
  const newerField = { warehouseChangedAt: times.older, fieldChangedAt: times.newer }

  it.each([5, 7, 8, 10, 11])('row %i: the newer side wins', (row) => {
    expect(effectiveAuthority('latest wins', row, newerWarehouse)).toBe('warehouse')
    expect(effectiveAuthority('latest wins', row, newerField)).toBe('destination')
    expect(effectiveAuthority('latest wins', row, { warehouseChangedAt: times.newer })).toBe('review')
    expect(effectiveAuthority('latest wins', row, { fieldChangedAt: times.newer })).toBe('review')
    expect(effectiveAuthority('latest wins', row, { warehouseChangedAt: times.newer, fieldChangedAt: times.newer })).toBe('review')
  })

  it.each([1, 2, 3, 4, 6, 9])('row %i: as review, whatever the times', (row) => {
    expect(effectiveAuthority('latest wins', row, newerWarehouse)).toBe('review')
    expect(effectiveAuthority('latest wins', row, newerField)).toBe('review')
  })

  it('leaves other authorities alone', () => {
    expect(effectiveAuthority('destination', 11, newerWarehouse)).toBe('destination')
  })

  it('decides a whole field', () => {
    const both = { base: known('s:b'), d: 's:d', a: 's:a', clear: false }
    expect(classifyByHistory(both, 'latest wins', newerWarehouse).class).toBe('overwrite')
    expect(classifyByHistory(both, 'latest wins', newerField).class).toBe('keep')
    expect(classifyByHistory(both, 'latest wins', {}).class).toBe('conflict')
    const clean = { base: known('s:a'), d: 's:d', a: 's:a', clear: false }
    expect(classifyByHistory(clean, 'latest wins', newerField).class).toBe('update')
  })
})

describe('properties', () => {
  const value = fc.constantFrom<Canonical>(null, 's:1', 's:2', 's:3')
  const base = fc.oneof(fc.constant<Base>(unknown), value.map(known))
  const kind = fc.constantFrom<StickyAnswer['kind']>('keep', 'accept', 'overridden', 'reverted')
  const sticky = fc.option(fc.record({ d: value, a: value, kind }), { nil: undefined })
  const questions: fc.Arbitrary<FieldQuestion> = fc
    .record({ base, d: value, a: value, authority: fc.constantFrom(...authorities), clear: fc.boolean(), sticky })
    .map(({ sticky: answer, ...question }) => ({ ...question, ...(answer === undefined ? {} : { sticky: answer }) }))
  const runs = { numRuns: 5000 }

  it('has an answer for everything', () => {
    fc.assert(
      fc.property(questions, (question) => {
        const verdict = classifyField(question)
        expect(verdict.case).toBeGreaterThanOrEqual(1)
        expect(verdict.case).toBeLessThanOrEqual(11)
        expect(verdict.write).toBe(writing.includes(verdict.class))
      }),
      runs,
    )
  })

  /** What is known after a write and its read-back: either d arrived, or the destination made something else of it. */
  const afterWrite = (question: FieldQuestion, held: Canonical): FieldQuestion =>
    held === question.d
      ? { ...question, base: known(question.d), a: question.d }
      : { ...question, a: held, sticky: { d: question.d, a: held, kind: 'overridden' } }

  it('comes to rest after one write and its read-back, even when the destination overrides it', () => {
    const settled: FieldClass[] = ['in sync', 'kept', 'left']
    fc.assert(
      fc.property(questions, value, (question, held) => {
        const verdict = classifyField(question)
        if (!verdict.write && verdict.class !== 'conflict') return
        // A conflict is written when a person takes the warehouse's value.
        expect(settled).toContain(classifyField(afterWrite(question, held)).class)
      }),
      runs,
    )
  })

  it('comes to rest when a person keeps the destination’s value', () => {
    fc.assert(
      fc.property(questions, (question) => {
        if (classifyField(question).class !== 'conflict') return
        expect(classifyField({ ...question, sticky: { d: question.d, a: question.a, kind: 'keep' } }).class).toBe('kept')
      }),
      runs,
    )
  })

  it('comes to rest after one plan where nothing is asked or written', () => {
    fc.assert(
      fc.property(questions, (question) => {
        const verdict = classifyField(question)
        if (verdict.write || verdict.class === 'conflict') return
        // What is accepted stands from then on; what the declared authority keeps is kept again, and is no drift.
        const next = classifyField(verdict.class === 'accept' ? { ...question, sticky: { d: question.d, a: question.a, kind: 'accept' } } : question)
        expect(next.class).toBe(verdict.class === 'accept' ? 'kept' : verdict.class)
        expect(next).toMatchObject({ write: false, drift: false })
      }),
      runs,
    )
  })

  it('replaces no value other than the agreed one unasked, except under authority warehouse', () => {
    fc.assert(
      fc.property(questions, (question) => {
        const verdict: FieldVerdict = classifyField(question)
        if (question.authority === 'warehouse' || !verdict.write || question.a === null) return
        expect(question.base).toEqual(known(question.a))
      }),
      runs,
    )
  })

  it('says it destroys exactly when a write would replace a value other than the agreed one', () => {
    fc.assert(
      fc.property(questions, (question) => {
        const { write, class: fieldClass, destroys } = classifyField(question)
        const agreed = question.base.known && question.base.canonical === question.a
        expect(destroys).toBe((write || fieldClass === 'conflict') && question.a !== null && !agreed)
      }),
      runs,
    )
  })
})
