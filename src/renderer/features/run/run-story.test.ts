import { describe, expect, it } from 'vitest'
import { comparisonSentence, doneSentence, waitSentence } from './run-story.ts'

const now = new Date('2026-11-23T14:05:00Z')
const counts = { planned: 5551, pending: 0, sent: 0, accepted: 0, delivered: 0, rejected: 0, skipped: 0, quarantined: 0, unknown: 0, verified: 0, overridden: 0, unverifiable: 0 }
const said = (state: 'applying' | 'stopped', part: Partial<typeof counts>): string => doneSentence({ state, destinationName: 'HubSpot', counts: { ...counts, ...part } })

describe('what a run waits for', () => {
  it('is said with the limit, when it goes on, and why where there is more to say', () => {
    expect(waitSentence({ limit: 'HubSpot’s limit of 190 requests in 10 seconds', until: '2026-11-23T14:05:12Z' }, now, 'UTC')).toBe('Waiting for HubSpot’s limit of 190 requests in 10 seconds, goes on at 14:05:12 UTC')
    expect(waitSentence({ limit: 'the answer of HubSpot', until: '2026-11-24T00:00:00Z', why: 'a critical activation goes first.' }, now, 'UTC')).toBe('Waiting for the answer of HubSpot, goes on at tomorrow 00:00 UTC. A critical activation goes first.')
  })
})

describe('what is done already', () => {
  it('is said of a paused run', () => {
    expect(said('applying', { delivered: 1204, verified: 96, sent: 100, pending: 4247 })).toBe('1,204 of 5,551 records are in HubSpot, 96 read back; 100 under way; 4,247 not sent yet.')
  })

  it('is said of a cancelled run', () => {
    expect(said('stopped', { delivered: 1, skipped: 5550 })).toBe('1 of 5,551 records is in HubSpot; 5,550 left out.')
    expect(said('stopped', { skipped: 5551 })).toBe('Nothing was delivered; 5,551 left out.')
  })
})

describe('what the comparison cannot rule out', () => {
  it('is said of what was delivered, and of systems that cannot be read', () => {
    expect(comparisonSentence({ destinationName: 'HubSpot', counts })).toBe('')
    expect(comparisonSentence({ destinationName: 'HubSpot', counts: { ...counts, delivered: 2, verified: 2 } })).toContain('just before it left. HubSpot cannot refuse an edit')
    expect(comparisonSentence({ destinationName: 'Ads', counts: { ...counts, delivered: 2, unverifiable: 2 } })).toBe('Ads cannot be read: nothing was compared before it was written, and what arrived cannot be verified.')
  })
})
