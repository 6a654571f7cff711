import { describe, expect, it } from 'vitest'
import { choiceAction, choiceConsequence, choiceOutcome } from './missing-words.ts'

const noun = { one: 'person', many: 'people' }

describe('choices about records that are gone or merged', () => {
  it('say what happens, with the number', () => {
    expect((['re-create', 'follow', 'forget', 'take back'] as const).map((choice) => choiceAction(choice, 1200))).toEqual(['Create 1,200 again', 'Follow 1,200', 'Forget 1,200', 'Take back 1,200'])
    expect(choiceAction('re-create')).toBe('Create again')
  })

  it('tell what the next plan brings', () => {
    expect(choiceOutcome('re-create', 2, noun)).toBe('2 people to be created again')
    expect(choiceOutcome('taken back', 1, noun)).toBe('1 person to be asked about again')
    expect(choiceConsequence('forget', { count: 1, noun, destinationName: 'HubSpot' })).toBe('HubSpot gets nothing of 1 person from any activation of this product, and nobody is asked about it any more, until that is taken back.')
  })
})
