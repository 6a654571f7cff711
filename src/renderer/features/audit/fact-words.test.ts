import { describe, expect, it } from 'vitest'
import { factLabel, factValue } from './fact-words.ts'

describe('the facts of an audit entry', () => {
  it('have labels in words', () => {
    expect(factLabel('willSend')).toBe('To send')
    expect(factLabel('resentUnproved')).toBe('Resent unproved')
    expect(factLabel('reason')).toBe('Reason')
  })

  it('show counts with separators, and hashes and ids as they are', () => {
    expect(factValue(17602)).toEqual({ text: '17,602', exact: false })
    expect(factValue('the CRM is right')).toEqual({ text: 'the CRM is right', exact: false })
    expect(factValue('58e6af89-f521-b7ce-4d0b-4e67e2fbc433').exact).toBe(true)
    expect(factValue('abe675985158fa23ec8d56e0ac811f85285731e770ef16995b716b7e08f59898').exact).toBe(true)
  })
})
