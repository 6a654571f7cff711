import { describe, expect, it } from 'vitest'
import type { ActivationSummary } from '../../../contract/shapes.ts'
import { stepsInWords } from '../../shared/activation-state.ts'
import { activationStateWords, byProduct, proofWords, stepsOf } from './activation-words.ts'

const activation = (id: string, state: ActivationSummary['state'], product = 'customer-360'): ActivationSummary => ({
  id,
  name: id,
  product,
  connection: 'crm',
  destination: 'hubspot',
  destinationName: 'HubSpot',
  object: 'contacts',
  mode: 'upsert',
  authority: 'review',
  state,
  because: '',
  paused: false,
})

describe('the proof of a run', () => {
  it('tells what was read back from what stuck', () => {
    const counts = { planned: 5822, pending: 0, sent: 0, accepted: 0, delivered: 5822, rejected: 0, skipped: 0, quarantined: 0, unknown: 0, verified: 5776, overridden: 46, unverifiable: 0 }
    expect(proofWords(counts)).toBe('5,822 of 5,822 read back, 46 overridden over there')
    expect(proofWords({ ...counts, verified: 5000, unverifiable: 700, unknown: 2 })).toBe('5,046 of 5,822 read back, 46 overridden over there, 700 cannot be read back, 2 in doubt')
  })
})

describe('activations on Home', () => {
  it('are green for a read-back only', () => {
    expect(activationStateWords(activation('a', 'verified')).meaning).toBe('verified')
    expect(activationStateWords(activation('a', 'accepted, not verified'))).toEqual({ meaning: 'accepted', words: 'Accepted, not verified' })
    expect(activationStateWords(activation('a', 'never run')).meaning).toBe('quiet')
  })

  it('say in words what the step strip shows', () => {
    const both = [activation('Tier', 'verified'), activation('Risk', 'problem')]
    expect(stepsInWords(both)).toBe('1 of 2 activations are verified; Risk: problem')
    expect(stepsOf(both).map((step) => step.state)).toEqual(['in step', 'out of step'])
    expect(stepsInWords([activation('Tier', 'verified')])).toBe('1 of 1 activation is verified')
  })

  it('stand under their product', () => {
    expect(byProduct([activation('a', 'off'), activation('b', 'off', 'policies'), activation('c', 'off')]).map(([product, list]) => [product, list.length])).toEqual([
      ['customer-360', 2],
      ['policies', 1],
    ])
  })
})
