import { describe, expect, it } from 'vitest'
import type { RecordCard } from '../../../contract/shapes.ts'
import { compareRecords, usualValue } from './compare-records.ts'

const card = (reference: string, values: Record<string, string | null>): RecordCard => ({
  reference,
  source: 'crm/contacts',
  sourceName: 'CRM, Contacts',
  id: reference,
  label: reference,
  values: Object.entries(values).map(([column, value]) => ({ column, value, keys: [column] })),
  entity: reference,
  ambiguous: true,
})
const agreements = (...parameters: Parameters<typeof compareRecords>) => compareRecords(...parameters).map(({ column, agreement }) => [column, agreement])

describe('records side by side', () => {
  it('tells equal, differing and lonely values', () => {
    const records = [card('a', { email: 'ada@x.example', name: 'Ada', phone: null, city: '' }), card('b', { email: 'ada@x.example', name: 'Grace', phone: '1', city: null })]
    expect(agreements(records)).toEqual([['email', 'same'], ['name', 'differs'], ['phone', 'one only']])
  })

  it('does not call different what a rule found to be the same key', () => {
    const records = [card('a', { email: 'ADA@x.example', name: 'Ada' }), card('b', { email: 'ada@x.example', name: 'Grace' })]
    expect(agreements(records, ['email'])).toEqual([['email', 'same key'], ['name', 'differs']])
  })

  it('keeps a value for each record, also where a record has no such column', () => {
    expect(compareRecords([card('a', { email: 'x' }), card('b', { phone: '1' })]).map(({ values }) => values)).toEqual([['x', null], [null, '1']])
  })

  it('knows the usual value only where there is a majority', () => {
    expect([usualValue(['a', 'a', 'b']), usualValue(['a', 'b']), usualValue([null, 'a']), usualValue(['a', 'a', 'b', 'b'])]).toEqual(['a', undefined, undefined, undefined])
  })
})
