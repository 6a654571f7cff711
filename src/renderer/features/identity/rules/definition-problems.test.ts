import { describe, expect, it } from 'vitest'
import { definitionProblems, engineProblems } from './definition-problems.ts'

const good = { name: 'People', keys: { email: { from: { column: 'email', as: 'email' } } }, rules: [{ name: 'email', keys: ['email'] }] }

describe('problems at their setting', () => {
  it('finds none in what can be saved', () => {
    expect(definitionProblems(good).size).toBe(0)
  })

  it('names the setting of a rule and says what to do', () => {
    const problems = definitionProblems({ ...good, rules: [{ name: '', keys: [] }, { name: 'phone', keys: ['phone'] }, { name: 'phone', keys: ['email'], mostEntities: 1 }] })
    expect(problems.get('rules.0.keys')).toBe('Choose at least one key that has to be the same.')
    expect(problems.get('rules.0.name')).toBe('Give the rule a name.')
    expect(problems.has('rules.2.mostEntities')).toBe(true)
  })

  it('names a key that is not there, and two rules of one name', () => {
    const problems = definitionProblems({ ...good, rules: [{ name: 'phone', keys: ['phone'] }, { name: 'phone', keys: ['email'] }] })
    expect(problems.get('rules.0.keys')).toBe("There is no key 'phone' (there is email).")
    expect(problems.get('rules.1.name')).toBe("Two rules are called 'phone'.")
  })

  it('names a key, a wanted figure and the rules as a whole', () => {
    expect(definitionProblems({ ...good, keys: { email: { ...good.keys.email, strong: true, perEntity: 2 } } }).has('keys.email.perEntity')).toBe(true)
    expect(definitionProblems({ ...good, thresholds: [{ rate: 'match' }] }).has('thresholds.0')).toBe(true)
    expect(definitionProblems({ ...good, rules: [] }).get('rules')).toBe('There has to be at least one rule.')
  })

  it('takes what the engine found to the same places', () => {
    const problems = engineProblems([{ code: 'bad-input', message: 'There is no column mail.', field: 'keys.email.from.0.column', next: 'Choose another.' }])
    expect([...problems]).toEqual([['keys.email.from', 'There is no column mail. Choose another.']])
  })
})
