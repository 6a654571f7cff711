import { describe, expect, it } from 'vitest'
import { activationState } from '../../contract/shapes.ts'
import { activationMeaning, activationStep, stepsInWords } from './activation-state.ts'

describe('the state of an activation', () => {
  it('is green only when it was read back', () => {
    const green = activationState.options.filter((state) => activationMeaning(state) === 'verified' || activationStep({ state, destinationName: 'HubSpot' }).state === 'in step')
    expect(green).toEqual(['verified'])
  })

  it('is said in a sentence for the strip', () => {
    expect(
      stepsInWords([
        { name: 'Tier to CRM', state: 'verified' },
        { name: 'Tier to support', state: 'needs you' },
      ]),
    ).toBe('1 of 2 activations are verified; Tier to support: needs you')
    expect(stepsInWords([])).toBe('No activation sends this yet')
  })
})
