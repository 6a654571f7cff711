import { describe, expect, it } from 'vitest'
import { identityDefinition } from '../../../../contract/identity.ts'
import { addRule, addThreshold, blockValue, changeKey, changeRule, changeThreshold, moveRule, removeRule, removeThreshold } from './rule-edits.ts'

const people = identityDefinition.parse({
  name: 'People',
  keys: { email: { from: { column: 'email', as: 'email' }, perEntity: 3 }, name: { from: { column: 'name', as: 'name' } } },
  rules: [
    { name: 'email', keys: ['email'] },
    { name: 'name', keys: ['name'], unlessDifferent: ['email'] },
    { name: 'both', keys: ['email', 'name'] },
  ],
})
const order = (definition: typeof people) => definition.rules.map(({ name }) => name)

describe('editing rules', () => {
  it('moves a rule and leaves the others in their order', () => {
    expect(order(moveRule(people, 2, 0))).toEqual(['both', 'email', 'name'])
    expect(order(moveRule(people, 0, 1))).toEqual(['name', 'email', 'both'])
    expect(moveRule(people, 0, -1)).toBe(people)
    expect(moveRule(people, 2, 3)).toBe(people)
  })

  it('blocks a value of a key once, beside those that are blocked', () => {
    const one = blockValue(people, 'email', 'info@shop.com')
    expect(blockValue(one, 'email', 'none@shop.com').keys['email']).toMatchObject({ perEntity: 3, blocked: ['info@shop.com', 'none@shop.com'] })
    expect(blockValue(one, 'email', 'info@shop.com')).toBe(one)
    expect(blockValue(people, 'phone', '1')).toBe(people)
  })

  it('adds a rule under a free name and removes one', () => {
    const more = addRule(addRule(people))
    expect(order(more)).toEqual(['email', 'name', 'both', 'rule 4', 'rule 5'])
    expect(order(addRule(removeRule(more, 3)))).toEqual(['email', 'name', 'both', 'rule 5', 'rule 6'])
    expect(identityDefinition.safeParse(more).success).toBe(false)
  })

  it('takes settings away instead of leaving them empty', () => {
    expect(changeRule(people, 1, { unlessDifferent: [], mostEntities: 4 }).rules[1]).toEqual({ name: 'name', keys: ['name'], mostEntities: 4 })
    expect(changeRule(people, 1, { mostEntities: undefined }).rules[1]).toEqual({ name: 'name', keys: ['name'], unlessDifferent: ['email'] })
    expect(changeRule(people, 0, { keys: [] }).rules[0]).toEqual({ name: 'email', keys: [] })
  })

  it('a strong key needs no number of its own', () => {
    expect(changeKey(people, 'email', { strong: true, blocked: ['a@b.example'] }).keys['email']).toEqual({ from: { column: 'email', as: 'email' }, strong: true, blocked: ['a@b.example'] })
    expect(changeKey(people, 'email', { strong: false }).keys['email']).toEqual({ from: { column: 'email', as: 'email' }, perEntity: 3 })
    expect(changeKey(people, 'nothing', { strong: true })).toBe(people)
  })

  it('adds, changes and removes wanted figures', () => {
    const wanted = addThreshold(people, { rate: 'match', least: 0.95 })
    expect(changeThreshold(wanted, 0, { rate: 'match', least: 0.9 }).thresholds).toEqual([{ rate: 'match', least: 0.9 }])
    expect('thresholds' in removeThreshold(wanted, 0)).toBe(false)
  })
})
