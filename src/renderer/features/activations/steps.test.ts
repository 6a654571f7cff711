import { describe, expect, it } from 'vitest'
import { activationDefinition } from '../../../contract/definitions.ts'
import { activationSentences } from './activation-words.ts'
import { newMapping } from './mapping-rows.ts'
import { emptyActivation, firstMissing, problemsOf, takenOver, withObject, writtenElsewhere } from './steps.ts'

const complete = activationDefinition.parse({
  ...emptyActivation('customers', 'gold'),
  name: 'Tier to CRM',
  destination: { connection: 'crm', object: 'contacts' },
  match: { column: 'email', field: 'email', normalise: 'email' },
  fields: [{ ...newMapping('tier', 'tier'), authority: 'warehouse', values: { gold: 'GOLD' } }, newMapping('phone', 'phone')],
})

describe('the steps of an activation', () => {
  it('lead from the first thing that is missing to a definition that can be saved', () => {
    expect(firstMissing(emptyActivation('customers'))).toEqual({ step: 'destination', words: 'Choose a destination' })
    expect(firstMissing({ ...complete, name: ' ' })?.step).toBe('audience')
    expect(firstMissing({ ...complete, fields: [] })?.step).toBe('fields')
    expect(firstMissing({ ...complete, mode: 'mirror' })?.step).toBe('mode')
    expect(firstMissing(complete)).toBeUndefined()
  })

  it('take a list for what it is: members, and no fields', () => {
    const list = withObject({ ...complete, mode: 'mirror', onRemove: 'archive' }, 'crm', { name: 'list-7', membership: { field: 'membership' } })
    expect(list).toMatchObject({ mode: 'members', destination: { connection: 'crm', object: 'list-7' }, fields: [], match: { field: '' } })
    expect(list).not.toHaveProperty('onRemove')
    expect(firstMissing({ ...list, match: complete.match })).toBeUndefined()
    expect(withObject(list, 'crm', { name: 'contacts' })).toMatchObject({ mode: 'upsert', destination: { object: 'contacts' } })
  })

  it('show each problem where it can be solved', () => {
    const problems = [
      { field: 'email', severity: 'error' as const, message: 'not unique' },
      { field: 'tier', severity: 'warning' as const, message: 'values uncovered' },
    ]
    expect(problemsOf('match', complete, problems)).toEqual([problems[0]])
    expect(problemsOf('fields', complete, problems)).toEqual([problems[1]])
  })
})

describe('the review in words', () => {
  it('says everything the activation does', () => {
    const words = activationSentences(complete, { product: 'Customer 360', segment: 'Gold', connection: 'Sales CRM', object: 'Contacts', field: (name) => name, doNotSend: 'unsubscribed is true' }).map((sentence) => [sentence.words, ...(sentence.lines ?? [])].join(' '))
    expect(words[0]).toBe('Everyone in the segment Gold, from Customer 360.')
    expect(words[2]).toBe('Finds the record whose email equals the email of the row, compared as an email address.')
    expect(words[3]).toBe('Writes 2 fields: tier from tier (the warehouse owns it, 1 value translated) phone from phone (a person decides conflicts)')
    expect(words[4]).toBe('Holds back everyone for whom unsubscribed is true.')
    expect(words[6]).toContain('removals pass 5% or 100')
  })

  it('says which rules of identity find the record', () => {
    const byRules = { ...complete, match: { ...complete.match, identity: 'people' } }
    const sentences = activationSentences(byRules, { product: 'Customer 360', segment: undefined, identity: 'People', connection: 'Sales CRM', object: 'Contacts', field: (name) => name, doNotSend: undefined })
    expect(sentences[2]?.words).toBe('Finds the record by the rules “People”. A new record gets the email of the row as its email.')
  })
})

describe('fields that another activation writes', () => {
  const tier = { field: 'tier', activation: 'tier-to-crm', name: 'Tier to CRM' }
  const writtenBy = { activation: 'tier-to-crm', name: 'Tier to CRM' }

  it('are taken over by activation, as far as they are still written here', () => {
    const fields = [newMapping('tier', 'tier'), newMapping('risk', 'risk')]
    expect(takenOver([tier, { ...tier, field: 'risk' }, { ...tier, field: 'gone' }], { fields, mode: 'upsert' })).toEqual([{ activation: 'tier-to-crm', fields: ['tier', 'risk'] }])
    expect(takenOver([{ ...tier, field: 'membership' }], { fields: [], mode: 'members' })).toEqual([{ activation: 'tier-to-crm', fields: ['membership'] }])
  })

  it('keep it from being saved, in words', () => {
    expect(writtenElsewhere([{ field: 'tier', severity: 'warning', message: 'x' }])).toBeUndefined()
    expect(writtenElsewhere([{ field: 'tier', severity: 'error', message: 'x', writtenBy }])).toBe('“Tier to CRM” writes one of these fields')
  })
})
