import { describe, expect, it } from 'vitest'
import { exportRange } from './export-range.ts'

describe('the range of an audit export', () => {
  it('takes both days whole', () => {
    expect(exportRange('2026-11-01', '2026-11-23')).toEqual({ from: '2026-11-01T00:00:00.000Z', to: '2026-11-24T00:00:00.000Z' })
  })

  it('is the whole log when nothing is given', () => {
    expect(exportRange('', '')).toEqual({})
  })
})
