import { describe, expect, it } from 'vitest'
import type { QueueItem, RecordCard } from '../../../../contract/shapes.ts'
import { caseOffers, firstChosen } from './case-offers.ts'

const card = (reference: string, entity: string): RecordCard => ({ reference, source: 'crm/contacts', sourceName: 'HubSpot, Contacts', id: reference, label: 'Ines Castro', values: [], entity, ambiguous: false })
const words = (item: QueueItem, chosen = firstChosen(item)) => caseOffers(item, chosen).map((offer) => `${offer.key ?? ''} ${offer.words}${offer.dialog === undefined ? ' (off)' : ''}`)

const ambiguous: QueueItem = { kind: 'ambiguous', id: '1', rule: 'email', because: 'Their birth differs.', evidence: [], records: 3, shown: [card('1', 'a'), card('2', 'a'), card('3', 'b')] }
const duplicates: QueueItem = { kind: 'duplicates', id: '2', entity: 'a', source: 'crm/contacts', sourceName: 'HubSpot, Contacts', records: 3, shown: [card('1', 'a'), card('2', 'a'), card('3', 'a')] }

describe('what a case offers', () => {
  it('links or keeps apart what is ticked, where that is more than one person', () => {
    expect(words(ambiguous)).toEqual(['l Link 2 people…', 'n Never the same…', 'f Fix at the source…'])
    expect(words(ambiguous, new Set(['1', '2']))).toEqual(['l Link… (off)', 'n Never the same… (off)', 'f Fix at the source…'])
  })

  it('splits off what is ticked; of two records the second is ticked from the start', () => {
    expect(words(duplicates)).toEqual(['s Split… (off)', 'f Fix at the source…'])
    expect(words(duplicates, new Set(['3']))[0]).toBe('s Split into 1 and 2…')
    expect(words({ ...duplicates, records: 2, shown: duplicates.shown.slice(0, 2) })[0]).toBe('s Split into 1 and 1…')
  })

  it('looks for the record in the system where one is missing, and takes a correction back', () => {
    expect(words({ kind: 'unmatched', id: '3', to: 'crm/contacts', toName: 'HubSpot, Contacts', because: 'no record there', shown: [card('1', 'a')] })[0]).toBe('l Link to a record…')
    expect(caseOffers({ kind: 'to fix', id: '4', column: 'first_name', reason: 'Typo', by: 'Ines', at: '2026-11-01T00:00:00Z', shown: [card('1', 'a')] }, new Set())[0]?.dialog).toEqual({
      kind: 'undo',
      decision: '4',
      words: 'Ines Castro: the first name was to be corrected at the source.',
    })
  })
})
