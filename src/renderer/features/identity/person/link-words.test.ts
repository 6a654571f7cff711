import { describe, expect, it } from 'vitest'
import { decisionWords, linkWords } from './link-words.ts'

const records = [
  { reference: 'crm/contacts:500142', sourceName: 'HubSpot, Contacts', id: '500142' },
  { reference: 'customer-360:HM-1', sourceName: 'Customer 360', id: 'HM-1' },
]

describe('why records are one', () => {
  it('names the records, the rule and what was the same', () => {
    expect(linkWords({ records: ['crm/contacts:500142', 'customer-360:HM-1'], rule: 'email', evidence: [{ key: 'email', value: 'ada@x.example' }] }, records)).toEqual({
      who: 'HubSpot, Contacts 500142 and Customer 360 HM-1',
      why: 'By the rule “email”: they share the email ada@x.example.',
    })
    expect(linkWords({ records: ['crm/contacts:500142'], rule: null, evidence: [] }, records).why).toBe('Linked by hand.')
  })

  it('says what was decided', () => {
    expect(decisionWords('never the same', [['a'], ['b', 'c']])).toBe('3 records are never one person.')
    expect(decisionWords('survivor', [['a'], ['a', 'b']])).toBe('One of 2 records in a system stands for the person.')
    expect(decisionWords('fix at source', [['a']], 'first_name')).toBe('The first name of a record is to be corrected at its source.')
  })
})
