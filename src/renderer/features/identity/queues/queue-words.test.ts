import { describe, expect, it } from 'vitest'
import type { QueueItem, RecordCard } from '../../../../contract/shapes.ts'
import { becauseWords, evidenceWords, queueCount, queueKinds, shortBecause, whereWords, whoWords } from './queue-words.ts'

const card = (label: string, sourceName = 'HubSpot, Contacts', entity = label): RecordCard => ({ reference: label, source: 'crm/contacts', sourceName, id: label, label, values: [], entity, ambiguous: false })
const duplicates = (labels: readonly string[]): QueueItem => ({ kind: 'duplicates', id: '1', entity: 'a', source: 'crm/contacts', sourceName: 'HubSpot, Contacts', records: labels.length, shown: labels.map((label) => card(label)) })

describe('cases in words', () => {
  it('names everybody once, and not too many', () => {
    expect([whoWords({ ...duplicates([]), shown: [card('Ada', '', 'a'), card('Ada Byron', '', 'a'), card('Grace')] }), whoWords(duplicates(['A', 'B', 'C', 'D', 'E']))]).toEqual(['Ada Byron · Grace', 'A · B · C and 2 more'])
    expect(whereWords([card('a'), card('b'), card('c', 'Customer 360')])).toBe('HubSpot, Contacts · Customer 360')
  })

  it('says why each kind waits', () => {
    expect(becauseWords(duplicates(['a', 'b']))).toBe('2 records in HubSpot, Contacts are one person, and nobody chose which one stands for them.')
    const unmatched = { kind: 'unmatched', id: '2', to: 'support/users', toName: 'Support desk, Users', shown: [card('a')] } as const
    expect(becauseWords({ ...unmatched, because: 'no record there', shown: [card('a')] })).toBe('No record in Support desk, Users agrees with this one by any rule.')
    expect(shortBecause({ ...unmatched, because: 'no record there', shown: [card('a')] })).toBe('No record there agrees by any rule')
    expect(becauseWords({ ...unmatched, because: 'no usable key', shown: [card('a')] })).toContain('None of its keys can be used')
    expect(becauseWords({ kind: 'to fix', id: '3', column: 'email', reason: 'A typing error.', by: 'Ines', at: '2026-11-01T00:00:00Z', shown: [card('a')] })).toBe('A typing error. Asked for by Ines.')
  })

  it('lists what was the same', () => {
    expect([evidenceWords([]), evidenceWords([{ key: 'email', value: 'a@x' }]), evidenceWords([{ key: 'name', value: 'ada' }, { key: 'birth', value: '1815' }, { key: 'postcode', value: 'N1' }])]).toEqual(['', 'email a@x', 'name ada, birth 1815 and postcode N1'])
  })

  it('counts every queue', () => {
    expect(queueKinds.map((kind) => queueCount({ ambiguous: 1, duplicates: 2, unmatched: 3, toFix: 4 }, kind))).toEqual([1, 2, 3, 4])
  })
})
