import { describe, expect, it } from 'vitest'
import { fieldMapping } from '../../../contract/definitions.ts'
import type { DestinationField } from './mapping-rows.ts'
import { fixedValue, freeFields, fromColumn, newMapping, setValueLine, suggestedMappings, valueLines, withAuthority, withSameWords } from './mapping-rows.ts'

const field = (name: string, more: Partial<DestinationField> = {}): DestinationField => ({ name, label: name, type: 'string', access: 'read and write', required: false, unique: false, ...more })
const fields = [field('email', { unique: true }), field('tier', { options: [{ value: 'GOLD', label: 'Gold' }, { value: 'SILVER', label: 'Silver' }] }), field('churnPropensity', { label: 'Churn propensity' }), field('created', { access: 'read only' })]
const columns = ['customer_id', 'email', 'tier', 'churn_propensity', 'created'].map((name) => ({ name, type: 'string' as const }))

describe('mapping columns to fields', () => {
  it('suggests what is called the same, never the match key or what cannot be written', () => {
    expect(suggestedMappings(columns, fields, [], 'email').map(({ from, to }) => [from, to])).toEqual([
      ['tier', 'tier'],
      ['churn_propensity', 'churnPropensity'],
    ])
    expect(suggestedMappings(columns, fields, [newMapping('tier', 'tier')], 'email')).toHaveLength(1)
  })

  it('offers a field to one row only', () => {
    const tier = newMapping('tier', 'tier')
    expect(freeFields(fields, [tier]).map(({ name }) => name)).toEqual(['email', 'churnPropensity'])
    expect(freeFields(fields, [tier], tier).map(({ name }) => name)).toContain('tier')
  })

  it('stays valid whichever way a row is changed', () => {
    const row = withAuthority(newMapping('tier', 'tier'), 'warehouse')
    for (const changed of [row, fixedValue(row, 'gold'), fromColumn(fixedValue(row, 'gold'), 'tier'), withAuthority(row, undefined), setValueLine(row, 'gold', 'GOLD')])
      expect(fieldMapping.safeParse(changed).success).toBe(true)
    expect(fromColumn(setValueLine(row, 'gold', 'GOLD'), 'country')).not.toHaveProperty('values')
  })
})

describe('a value map', () => {
  it('lists what occurs with its count, then what is only mapped', () => {
    expect(valueLines({ gold: 'GOLD', old: 'x' }, [{ value: 'silver', count: 9 }, { value: 'gold', count: 3 }])).toEqual([
      { from: 'silver', count: 9, to: undefined },
      { from: 'gold', count: 3, to: 'GOLD' },
      { from: 'old', count: undefined, to: 'x' },
    ])
  })

  it('fills in the words that are the same, and keeps what a person chose', () => {
    const row = setValueLine(newMapping('tier', 'tier'), 'gold', 'SILVER')
    expect(withSameWords(row, ['gold', 'silver', 'bronze'], fields[1] ?? field('x')).values).toEqual({ gold: 'SILVER', silver: 'SILVER' })
    expect(setValueLine(row, 'gold', undefined).values).toEqual({})
  })
})
