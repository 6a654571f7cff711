import { expect, it } from 'vitest'
import { identityDefinition } from '../../../../contract/identity.ts'
import { whyNotSave } from './why-not-save.ts'

const before = identityDefinition.parse({ name: 'People', keys: { email: { from: { column: 'email', as: 'email' } } }, rules: [{ name: 'email', keys: ['email'] }] })
const limited = { ...before, largestEntity: 20 }
const situation = { before, after: before, problems: 0, ran: true, previewed: false }

it('asks for a preview of what changes who is one person, and only of that', () => {
  expect(whyNotSave({ ...situation, after: limited })).toBe('Preview it before you save')
  expect(whyNotSave({ ...situation, after: limited, previewed: true })).toBeUndefined()
  expect(whyNotSave({ ...situation, after: { ...before, name: 'Everybody', thresholds: [{ rate: 'match', least: 0.9 }] } })).toBeUndefined()
})

it('asks for none before there are records to try it on, but never lets a problem through', () => {
  expect(whyNotSave({ ...situation, after: limited, ran: false })).toBeUndefined()
  expect(whyNotSave({ ...situation, after: limited, problems: 2, previewed: true })).toBe('2 settings have a problem')
})
