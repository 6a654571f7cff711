import fc from 'fast-check'
import { expect, it } from 'vitest'
import { resolveRecord, sendingOf } from '../decide/resolve.ts'
import { parseFields, sendingReader, storeFields, storeSending, type StoredSending } from './stored-fields.ts'
import type { FieldChange } from '../../plans/plan-rows.ts'

const value = fc.option(fc.string({ unit: 'grapheme' }))
const base = fc.oneof(
  fc.constant({ known: false } as const),
  fc.record({ known: fc.constant(true as const), value, canonical: value }),
  fc.record({ known: fc.constant(true as const), value, canonical: value, assumed: fc.constant(true), at: fc.constant('2026-01-01T00:00:00Z') }),
)
const change: fc.Arbitrary<FieldChange> = fc
  .record({
    field: fc.string(),
    class: fc.constantFrom('fill', 'update', 'conflict', 'clear'),
    case: fc.integer({ min: 1, max: 11 }),
    write: fc.boolean(),
    drift: fc.boolean(),
    firstContact: fc.boolean(),
    destroys: fc.boolean(),
    base,
    warehouse: fc.oneof(value, fc.array(fc.string()), fc.integer(), fc.boolean()),
    destination: value,
    d: value,
    a: value,
    editor: fc.option(fc.record({ kind: fc.constantFrom('person', 'unknown'), name: fc.string() }), { nil: undefined }),
  })
  .map(({ editor, ...rest }) => (editor === undefined ? rest : { ...rest, editor }))

it('gives back exactly what was stored', () => {
  fc.assert(fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
    expect(parseFields(storeFields(changes))).toEqual(changes)
  }))
})

it('reads plans of the first release', () => {
  fc.assert(fc.property(fc.array(change, { maxLength: 5 }), (changes) => {
    expect(parseFields(JSON.stringify(changes))).toEqual(changes)
  }))
})

it('says of a record without conflicts the same as its changes do, and nothing of others', () => {
  const read = sendingReader()
  const named = change.filter(({ field }) => field !== '' && field !== '__proto__' && !field.includes('\n'))
  fc.assert(fc.property(fc.uniqueArray(named, { maxLength: 8, selector: ({ field }) => field }), (changes) => {
    const stored = storeSending(changes)
    expect(stored === undefined).toBe(changes.some((one) => one.class === 'conflict'))
    const resolution = resolveRecord({ operation: 'create', fields: changes }, new Map(), true)
    if (stored === undefined || !('send' in resolution)) return
    const sending = read(JSON.parse(stored) as StoredSending)
    expect(sending).toEqual(sendingOf(changes, resolution))
    expect(Object.keys(sending.send)).toEqual(Object.keys(sendingOf(changes, resolution).send))
  }))
  expect(storeSending(fc.sample(change, 1).map((one) => ({ ...one, class: 'update', field: 'two\nlines' })))).toBeUndefined()
})
