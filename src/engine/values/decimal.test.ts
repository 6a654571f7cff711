import { describe, expect, it } from 'vitest'
import { roundDecimal } from './decimal.ts'

describe('rounding a decimal', () => {
  it.each([
    ['12.345', 2, '12.35'],
    ['-12.345', 2, '-12.35'],
    ['12.344', 2, '12.34'],
    ['0.999', 2, '1'],
    ['-0.004', 2, '0'],
    ['12.5', 0, '13'],
    ['12', 2, '12'],
    ['12.3', 2, '12.3'],
    ['123456789012345678901234.555', 2, '123456789012345678901234.56'],
    ['1.005', 2, '1.01'],
  ])('%s to %i digits is %s', (decimal, digits, rounded) => {
    expect(roundDecimal(decimal, digits)).toBe(rounded)
  })
})
