import { describe, expect, it } from 'vitest'
import { apartParts, entityCount, linkParts, splitParts, survivorParts } from './decision-parts.ts'

const records = [
  { reference: 'crm/contacts:1', entity: 'ada' },
  { reference: 'customer-360:1', entity: 'ada' },
  { reference: 'crm/contacts:2', entity: 'grace' },
]
const ada = records.slice(0, 2)

describe('what a decision is about', () => {
  it('links all in one part', () => {
    expect(linkParts(records)).toEqual([['crm/contacts:1', 'customer-360:1', 'crm/contacts:2']])
  })

  it('keeps people apart without breaking up what is one already', () => {
    expect(apartParts(records)).toEqual([['crm/contacts:1', 'customer-360:1'], ['crm/contacts:2']])
    expect(apartParts(ada)).toEqual([['crm/contacts:1'], ['customer-360:1']])
  })

  it('splits into the chosen and the others, and not into nothing', () => {
    expect(splitParts(ada, new Set(['customer-360:1']))).toEqual([['customer-360:1'], ['crm/contacts:1']])
    expect(splitParts(ada, new Set())).toBeUndefined()
    expect(splitParts(ada, new Set(['crm/contacts:1', 'customer-360:1']))).toBeUndefined()
  })

  it('lets one record stand for all of them', () => {
    expect(survivorParts(ada, 'customer-360:1')).toEqual([['customer-360:1'], ['crm/contacts:1', 'customer-360:1']])
    expect(entityCount(records)).toBe(2)
  })
})
