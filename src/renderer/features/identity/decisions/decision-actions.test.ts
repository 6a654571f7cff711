import { describe, expect, it } from 'vitest'
import { apartAction, canLink, fixAction, linkAction, splitAction, survivorAction } from './decision-actions.ts'

const card = (reference: string, entity: string, label = 'Ines Castro', sourceName = 'HubSpot, Contacts') => ({ reference, entity, label, sourceName })
const both = [card('crm/contacts:1', 'a'), card('customer-360:1', 'b', 'I. Castro', 'Customer 360')]

describe('decisions in words', () => {
  it('a link says how many records become one person', () => {
    expect(linkAction(both)).toMatchObject({ kind: 'link', words: 'Link both records', done: 'Ines Castro and I. Castro: 2 records are one person.' })
    expect(linkAction([...both, card('support/users:9', 'c')]).words).toBe('Link 3 records')
    expect([canLink(both), canLink([card('1', 'a'), card('2', 'a')])]).toEqual([true, false])
  })

  it('apart says how many people stay', () => {
    expect(apartAction([...both, card('support/users:9', 'a')]).consequence).toContain('They stay 2 people')
  })

  it('a split needs something on each side', () => {
    const one = [card('1', 'a'), card('2', 'a'), card('3', 'a')]
    expect(splitAction(one, new Set())).toBeUndefined()
    expect(splitAction(one, new Set(['3']))).toMatchObject({ parts: [['3'], ['1', '2']], words: 'Split into 1 and 2' })
  })

  it('a survivor and a correction name the system and promise no writing', () => {
    const [record = card('', '')] = both
    expect(survivorAction(both, record).consequence).toContain('Lockstep deletes nothing')
    expect(fixAction(record, 'first_name')).toMatchObject({ column: 'first_name', done: 'Ines Castro: the first name in HubSpot, Contacts waits to be corrected.' })
  })
})
