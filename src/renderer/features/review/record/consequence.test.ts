import { describe, expect, it } from 'vitest'
import { consequence } from './consequence.ts'
import type { Choice } from './consequence.ts'

const row = { warehouse: 'Gold', destination: 'Platinum', editor: { kind: 'person' as const, name: 'A sales rep' } }
const words = (choice: Choice | undefined, over: Partial<typeof row> | { warehouse: null } | { editor: undefined } = {}) => {
  const { before, strong, after } = consequence({ row: { ...row, ...over }, destinationName: 'HubSpot', noun: { one: 'person' } }, choice)
  return `${before} ${strong}${after.startsWith(',') || after.startsWith(' ') ? '' : ' '}${after}`
}

describe('the consequence of an answer', () => {
  it('says who keeps what and until when', () => {
    expect(words({ take: 'destination' })).toBe('HubSpot keeps Platinum, which a sales rep put there. Lockstep will not touch it until the warehouse changes from Gold.')
  })

  it('names whose value is overwritten', () => {
    expect(words({ take: 'warehouse' })).toBe('Lockstep writes Gold over Platinum, which a sales rep put there.')
    expect(words({ take: 'warehouse' }, { editor: undefined })).toContain('HubSpot does not say who')
  })

  it('says that a clearing answer loses the value', () => {
    expect(words({ take: 'warehouse' }, { warehouse: null })).toBe('Lockstep empties the field in HubSpot; Platinum is lost there, which a sales rep put there.')
  })

  it('says what waits without an answer, and what skipping means', () => {
    expect(words(undefined)).toBe('Choose what HubSpot should hold. Until then nothing is sent for this person.')
    expect(words({ take: 'skip' })).toBe('Nothing is sent for this person this time. The next plan asks again.')
    expect(words({ take: 'value', value: 'Diamond' })).toContain('Diamond and holds it there as an override')
  })
})
