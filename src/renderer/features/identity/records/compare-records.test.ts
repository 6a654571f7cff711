import { describe, expect, it } from 'vitest'
import type { RecordCard } from '../../../../contract/shapes.ts'
import { byPerson, compareSides, nameOf, standsOut, usualValue } from './compare-records.ts'

const card = (reference: string, values: Record<string, string | null>, entity = reference): RecordCard => ({
  reference,
  source: 'crm/contacts',
  sourceName: 'CRM, Contacts',
  id: reference,
  label: reference,
  values: Object.entries(values).map(([column, value]) => ({ column, value, keys: [column] })),
  entity,
  ambiguous: true,
})
const agreements = (...parameters: Parameters<typeof compareSides>) => compareSides(...parameters).map(({ column, agreement }) => [column, agreement])

describe('records side by side', () => {
  it('tells equal, differing and lonely values, and leaves out what nobody has', () => {
    const records = [card('a', { email: 'ada@x.example', name: 'Ada', phone: null, city: '' }), card('b', { email: 'ada@x.example', name: 'Grace', phone: '1', city: null })]
    expect(agreements(records.map((record) => [record]))).toEqual([['email', 'same'], ['name', 'differs'], ['phone', 'one only']])
  })

  it('does not call different what differs in capitals, or what a rule found to be the same key', () => {
    const sides = [[card('a', { id: 'HM-1', phone: '07700 900123', name: 'Ada' })], [card('b', { id: 'hm-1', phone: '+447700900123', name: 'Grace' })]]
    expect(agreements(sides, ['phone'])).toEqual([['id', 'written differently'], ['phone', 'written differently'], ['name', 'differs']])
  })

  it('keeps a place for each side, also where it has no such column', () => {
    expect(compareSides([[card('a', { email: 'x' })], [card('b', { phone: '1' })]]).map(({ sides }) => sides)).toEqual([[['x'], []], [[], ['1']]])
  })
})

describe('people side by side', () => {
  const ada = [card('1', { id: 'HM-1', email: 'ada@x' }, 'ada'), card('2', { id: 'hm-1', email: 'ada@y' }, 'ada')]
  const grace = [card('3', { id: 'HM-2', email: 'ada@y' }, 'grace')]

  it('has every value of a person once, and agrees where they have one in common', () => {
    expect(compareSides([ada, grace])).toEqual([
      { column: 'id', sides: [['HM-1'], ['HM-2']], agreement: 'differs' },
      { column: 'email', sides: [['ada@x', 'ada@y'], ['ada@y']], agreement: 'same' },
    ])
  })

  it('marks who stands out, and everybody where there is no majority', () => {
    const [id] = compareSides([ada, grace, [card('4', { id: 'HM-1' }, 'third')]])
    expect(id === undefined ? [] : [0, 1, 2].map((at) => standsOut(id, at))).toEqual([false, true, false])
    const [two] = compareSides([ada, grace])
    expect(two === undefined ? [] : [0, 1].map((at) => standsOut(two, at))).toEqual([true, true])
    expect([usualValue([['a'], ['A'], ['b']]), usualValue([['a'], ['b']]), usualValue([[], ['a']])]).toEqual(['a', undefined, undefined])
  })

  it('puts records of one person together and calls them by the longest name', () => {
    expect(byPerson([...ada, ...grace, card('5', {}, 'ada')]).map((records) => records.map(({ reference }) => reference))).toEqual([['1', '2', '5'], ['3']])
    expect(nameOf([{ label: 'Zara' }, { label: 'Zara Pryce-Jones' }, { label: 'Z. Jones' }])).toBe('Zara Pryce-Jones')
  })
})
