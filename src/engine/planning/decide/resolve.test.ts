import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerKind, fieldClass, type FieldClass, type RecordOperation } from '../../../contract/states.ts'
import { resolveRecord } from './resolve.ts'
import type { Answer, FieldChange } from '../../plans/plan-rows.ts'

const writing: FieldClass[] = ['clear', 'fill', 'repair', 'overwrite', 'update']

function field(name: string, of: FieldClass): FieldChange {
  return {
    field: name,
    class: of,
    case: 11,
    write: writing.includes(of),
    drift: false,
    firstContact: false,
    destroys: of === 'conflict',
    base: { known: false },
    warehouse: `warehouse ${name}`,
    destination: `destination ${name}`,
    d: `s:warehouse ${name}`,
    a: `s:destination ${name}`,
  }
}

function resolve(fields: FieldChange[], answers: Record<string, Answer> = {}, { selected = true, operation = 'update' as RecordOperation } = {}) {
  return resolveRecord({ operation, fields }, new Map(Object.entries(answers)), selected)
}
const sent = (fields: FieldChange[], answers: Record<string, Answer> = {}) => {
  const resolution = resolve(fields, answers)
  return 'send' in resolution ? resolution.send : resolution
}

describe('one request for a record', () => {
  it('sends what the plan writes and leaves out what it keeps', () => {
    const fields = [field('a', 'update'), field('b', 'keep'), field('c', 'kept'), field('d', 'accept'), field('e', 'left'), field('f', 'in sync'), field('g', 'clear')]
    expect(resolve(fields)).toEqual({ send: { a: 'warehouse a', g: 'warehouse g' }, changes: [fields[0], fields[6]] })
  })

  it('waits while a conflict has no answer, selected or not', () => {
    const fields = [field('a', 'update'), field('b', 'conflict'), field('c', 'conflict')]
    expect(resolve(fields, { b: { kind: 'warehouse' } })).toEqual({ hold: 'answers missing', open: ['c'] })
    expect(resolve(fields, {}, { selected: false })).toEqual({ hold: 'answers missing', open: ['b', 'c'] })
  })

  it('does as the answer says', () => {
    const fields = [field('a', 'update'), field('b', 'conflict')]
    expect(sent(fields, { b: { kind: 'warehouse' } })).toEqual({ a: 'warehouse a', b: 'warehouse b' })
    expect(sent(fields, { b: { kind: 'value', value: 'mine' } })).toEqual({ a: 'warehouse a', b: 'mine' })
    expect(sent(fields, { b: { kind: 'value', value: null } })).toEqual({ a: 'warehouse a', b: null })
    expect(sent(fields, { b: { kind: 'destination' } })).toEqual({ a: 'warehouse a' })
    expect(sent(fields, { b: { kind: 'skip' } })).toEqual({ a: 'warehouse a' })
  })

  it('says why a record without anything left is skipped', () => {
    const fields = [field('a', 'conflict'), field('b', 'conflict'), field('c', 'keep')]
    expect(sent(fields, { a: { kind: 'destination' }, b: { kind: 'destination' } })).toEqual({ skip: 'kept' })
    expect(sent(fields, { a: { kind: 'destination' }, b: { kind: 'skip' } })).toEqual({ skip: 'skip for now' })
    expect(sent(fields, { a: { kind: 'destination' }, b: { kind: 'value', value: 'destination b' } })).toEqual({ skip: 'nothing left to send' })
  })

  it('skips what nobody selected', () => {
    expect(resolve([field('a', 'overwrite')], {}, { selected: false })).toEqual({ skip: 'not selected' })
    expect(resolve([], {}, { selected: false, operation: 'remove' })).toEqual({ skip: 'not selected' })
  })

  it('removes a record, or clears its fields where that is how it leaves', () => {
    expect(resolve([], {}, { operation: 'remove' })).toEqual({ send: {}, changes: [] })
    const cleared = { ...field('a', 'clear'), warehouse: '' }
    expect(resolve([cleared], {}, { operation: 'remove' })).toEqual({ send: { a: '' }, changes: [cleared] })
  })

  it('creates a record that has only its key', () => {
    expect(resolve([], {}, { operation: 'create' })).toEqual({ send: {}, changes: [] })
  })

  it.each(['unchanged', 'blocked', 'gone'] as const)('refuses a record that is %s', (operation) => {
    expect(() => resolve([], {}, { operation })).toThrow(operation)
  })
})

describe('properties', () => {
  const classes = fc.array(fc.constantFrom(...fieldClass.options), { maxLength: 8 })
  const answer = fc.option(fc.record({ kind: fc.constantFrom(...answerKind.options), value: fc.constantFrom('x', 'destination 0', null) }), { nil: undefined })
  const plans = fc.tuple(classes, fc.array(answer, { minLength: 8, maxLength: 8 }), fc.boolean()).map(([kinds, answers, selected]) => {
    const fields = kinds.map((kind, index) => field(String(index), kind))
    const given: [string, Answer][] = answers.flatMap((one, index) => (one === undefined ? [] : [[String(index), one] as [string, Answer]]))
    return { fields, answers: new Map(given), selected }
  })

  it('sends nothing that the plan does not hold, nothing kept, and only what the plan or an answer says', () => {
    fc.assert(
      fc.property(plans, ({ fields, answers, selected }) => {
        const resolution = resolveRecord({ operation: 'update', fields }, answers, selected)
        if (!('send' in resolution)) return
        expect(Object.keys(resolution.send)).toEqual(resolution.changes.map((change) => change.field))
        for (const change of resolution.changes) {
          expect(fields).toContain(change)
          const given = answers.get(change.field)
          if (change.class === 'conflict') expect(['warehouse', 'value']).toContain(given?.kind)
          else expect(change.write).toBe(true)
          const value = resolution.send[change.field]
          expect(value).toEqual(change.class === 'conflict' && given?.kind === 'value' ? given.value : change.warehouse)
        }
      }),
    )
  })

  it('sends every field that the plan writes, or holds or skips the whole record', () => {
    fc.assert(
      fc.property(plans, ({ fields, answers, selected }) => {
        const resolution = resolveRecord({ operation: 'update', fields }, answers, selected)
        const open = fields.some((one) => one.class === 'conflict' && !answers.has(one.field))
        expect('hold' in resolution).toBe(open)
        if ('send' in resolution) for (const one of fields) if (one.write) expect(resolution.send).toHaveProperty([one.field])
        if ('skip' in resolution && selected) expect(fields.some((one) => one.write)).toBe(false)
      }),
    )
  })
})
