import { describe, expect, it } from 'vitest'
import { rowWords } from './row-words.ts'

describe('the state of one row', () => {
  it('is green only when its read-back agreed', () => {
    expect(rowWords({ state: 'delivered', verification: 'verified' })).toEqual({ meaning: 'verified', words: 'Verified' })
    expect(rowWords({ state: 'delivered' }).meaning).toBe('accepted')
    expect(rowWords({ state: 'delivered', verification: 'unverifiable' }).meaning).toBe('accepted')
    expect(rowWords({ state: 'delivered', verification: 'overridden' }).meaning).toBe('problem')
  })

  it('asks for a person where the engine cannot decide', () => {
    expect(rowWords({ state: 'unknown' }).meaning).toBe('needs you')
    expect(rowWords({ state: 'quarantined' })).toEqual({ meaning: 'needs you', words: 'Set aside' })
    expect(rowWords({ state: 'rejected' }).meaning).toBe('problem')
    expect(rowWords({ state: 'skipped' }).meaning).toBe('quiet')
  })
})
