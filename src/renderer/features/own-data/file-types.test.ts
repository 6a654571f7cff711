import { describe, expect, it } from 'vitest'
import { fileName, productName, typeChoices, typeLabel } from './file-types.ts'

describe('a dropped file', () => {
  it('is known by its own name', () => {
    expect(fileName('/tmp/up/members.csv')).toBe('members.csv')
    expect(fileName('C:\\Users\\ada\\members.csv')).toBe('members.csv')
    expect(productName('/tmp/spring_customers-2026.csv')).toBe('Spring customers 2026')
    expect(productName('/tmp/.csv')).toBe('My data')
  })

  it('has types in words, and never loses the one that was found', () => {
    expect(typeLabel('DECIMAL(18,3)')).toBe('number')
    expect(typeLabel('INTEGER')).toBe('whole number')
    expect(typeLabel('TIMESTAMP WITH TIME ZONE')).toBe('date and time')
    expect(typeChoices('BIGINT')).toHaveLength(6)
    expect(typeChoices('TIME').at(-1)).toEqual({ value: 'TIME', label: 'time (TIME)' })
  })
})
