import { describe, expect, it } from 'vitest'
import { keyGuards, keyWords, listed, refusedWords, ruleWords, rulesWithKey } from './rule-words.ts'

describe('rules in words', () => {
  it('says what has to be the same, what may not differ, and the limit', () => {
    expect(ruleWords({ keys: ['email'] })).toBe('the same email')
    expect(ruleWords({ keys: ['email', 'name'], unlessDifferent: ['birth'] })).toBe('the same email and name, unless birth differs')
    expect(ruleWords({ keys: ['name', 'birth', 'postcode'], unlessDifferent: ['email', 'phone'], mostEntities: 3 })).toBe('the same name, birth and postcode, unless email or phone differs, held back where more than 3 people share it')
    expect(ruleWords({ keys: [] })).toContain('choose')
  })

  it('lists with one joint', () => {
    expect([listed([]), listed(['a']), listed(['a', 'b', 'c'], 'or')]).toEqual(['', 'a', 'a, b or c'])
  })

  it('says where a key comes from and what guards it', () => {
    expect(keyWords({ from: [{ column: 'email', as: 'email' }, { column: 'email_sha256', as: 'hashed email' }] })).toBe('email as an email address, or email sha256 as a hashed email address')
    expect(keyWords({ from: { column: ['first_name', 'last_name'], as: 'name' } })).toBe('first name and last name as a name')
    expect(keyGuards({ from: { column: 'id', as: 'code' }, strong: true, mostRecords: 20, blocked: ['0'] })).toEqual(['a person has only one', 'on more than 20 records it joins nobody', '1 blocked value'])
    expect(keyGuards({ from: { column: 'id', as: 'code' } })).toEqual([])
  })

  it('orders refusals by how often they came, and leaves out those that did not', () => {
    expect(refusedWords({ 'strong keys differ': 3, 'values differ': 12, 'too large': 0 })).toEqual([
      { reason: 'something else about them differs', count: 12 },
      { reason: 'a key that a person has only once differs', count: 3 },
    ])
  })

  it('knows which rules use a key', () => {
    expect(rulesWithKey({ rules: [{ name: 'one', keys: ['email'] }, { name: 'two', keys: ['phone'], unlessDifferent: ['email'] }, { name: 'three', keys: ['phone'] }] }, 'email')).toEqual(['one', 'two'])
  })
})
