import { describe, expect, it } from 'vitest'
import type { FieldRow } from '../../../contract/shapes.ts'
import { signOf, valueIfSent } from './diff-sign.ts'

type Signed = Parameters<typeof signOf>[0]
const row = (over: Partial<FieldRow>): Signed => ({ class: 'update', drift: false, write: true, destination: 'silver', warehouse: 'gold', result: 'gold', selected: true, ...over })

describe('the sign of a field', () => {
  it.each<[string, Partial<FieldRow>, string]>([
    ['a value where none was', { destination: null }, '+'],
    ['another value', {}, '~'],
    ['a value that goes', { class: 'clear', warehouse: null, result: null }, '−'],
    ['a conflict', { class: 'conflict', write: false }, '◇'],
    ['a value somebody else changed', { class: 'repair', drift: true }, '◇'],
    ['nothing to write', { class: 'in sync', write: false, destination: 'gold' }, '='],
    ['nothing to empty', { class: 'clear', destination: '', warehouse: null, result: null }, '='],
  ])('%s', (_what, over, sign) => {
    expect(signOf(row(over))).toBe(sign)
  })

  it('shows what would be written also while nobody has selected the row', () => {
    expect(valueIfSent(row({ selected: false, result: 'silver' }))).toBe('gold')
    expect(valueIfSent(row({ result: 'pinned' }))).toBe('pinned')
  })
})
