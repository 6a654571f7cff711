import { describe, expect, test } from 'vitest'
import { auditWords } from './kinds.ts'
import type { Names } from './names.ts'

const known: Record<string, string> = { 'activation tier-to-crm': 'Tier to CRM', 'connection crm': 'Sales CRM', 'policy keep-edits': 'Keep edits' }
const names: Names = {
  work: (id) => (id === '589c5d8b-plan' ? { activation: 'Tier to CRM', destination: 'HubSpot' } : undefined),
  definition: (kind, id) => known[`${kind} ${id}`],
}
const told = (kind: string, data: Record<string, unknown>, subject?: string): string => auditWords({ kind, data, ...(subject === undefined ? {} : { subject }) }, names)

describe('an entry is told in a sentence with the names of things', () => {
  test.each([
    ['plan stored', { activation: 'tier-to-crm', create: 2559, update: 3522, remove: 0, conflicts: 366 }, '589c5d8b-plan', 'Planned “Tier to CRM”: 2,559 to create, 3,522 to update, 366 conflicts, nothing sent.'],
    ['plan approved', { activation: 'tier-to-crm', willSend: 5551 }, '589c5d8b-plan', 'Approved the plan of “Tier to CRM”: 5,551 records to send to HubSpot.'],
    ['plan handed over', { to: 'Ines', reason: 'The tiers are hers.' }, '589c5d8b-plan', 'Handed the plan of “Tier to CRM” over to Ines: The tiers are hers.'],
    ['conflicts answered', { take: 'destination', fields: 1, records: 1, policy: 'keep-edits' }, '589c5d8b-plan', 'Answered 1 conflict of “Tier to CRM” in 1 record: keep the destination’s value, by the policy “Keep edits”.'],
    ['lost records decided', { choice: 're-create', records: 12, reason: 'Deleted by mistake.' }, '589c5d8b-plan', 'Decided to create 12 records of “Tier to CRM” again, which were deleted in HubSpot: Deleted by mistake.'],
    ['lost records decided', { choice: 'forget', records: 1 }, '589c5d8b-plan', 'Decided to forget 1 record of “Tier to CRM”: HubSpot gets nothing of it until that is taken back.'],
    ['run looked at', { rows: 5 }, '589c5d8b-plan', 'Looked up 5 records in doubt of “Tier to CRM” in HubSpot; nothing was sent.'],
    ['batch', { batch: 3, rows: 100, delivered: 97, skipped: 3 }, '589c5d8b-plan', 'Batch 3 of “Tier to CRM” to HubSpot: 97 delivered, 3 left out.'],
    ['paused', { scope: 'connection:crm', reason: 'Sales closes the quarter' }, undefined, 'Paused the connection “Sales CRM”: Sales closes the quarter.'],
    ['definition saved', { kind: 'activation' }, 'tier-to-crm', 'Saved the activation “Tier to CRM”.'],
    ['identity run', { how: 'full', records: 1, entities: 1, ambiguous: 0 }, 'people', 'Ran the rules of “people”: 1 record is 1 person, 0 records ambiguous.'],
    ['identity run', { how: 'decisions only', records: 5210, entities: 4000, ambiguous: 1 }, 'people', 'Ran the rules of “people” on what people decided: 5,210 records are 4,000 people, 1 record ambiguous.'],
    ['secret set', { field: 'token' }, 'crm', 'Set the secret of the connection “Sales CRM”.'],
  ])('%s', (kind, data, subject, words) => {
    expect(told(kind, data, subject)).toBe(words)
  })

  test('what is gone or was never named is told by what the entry holds', () => {
    expect(told('definition removed', { kind: 'segment' }, 'old-one')).toBe('Removed the segment “old-one”.')
    expect(told('run finished', { state: 'stopped', delivered: 10, reason: 'Cancelled by Anna.' }, 'unheard')).toBe('Stopped the run of an activation to the destination: 10 delivered. Cancelled by Anna.')
    expect(told('from the future', {})).toBe('from the future.')
  })
})
