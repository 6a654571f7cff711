import type { ActivationState, ActivationSummary } from '../../contract/shapes.ts'
import { formatNumber, sentence } from './format.ts'
import type { Meaning } from './status-word.tsx'
import type { Step, StepState } from './step-strip.tsx'

/** The one meaning of an activation's state; green comes from a read-back only. */
export function activationMeaning(state: ActivationState): Meaning {
  switch (state) {
    case 'verified':
      return 'verified'
    case 'accepted, not verified':
      return 'accepted'
    case 'needs you':
      return 'needs you'
    case 'problem':
      return 'problem'
    case 'never run':
    case 'running':
    case 'paused':
    case 'off':
      return 'quiet'
  }
}

/** The word of an activation's state. */
export function activationWord(state: ActivationState): string {
  return sentence(state)
}

/** The tick of an activation's destination. */
export function activationStep(activation: Pick<ActivationSummary, 'state' | 'destinationName'>): Step {
  return { name: activation.destinationName, state: stepOf(activation.state) }
}

function stepOf(state: ActivationState): StepState {
  switch (state) {
    case 'verified':
      return 'in step'
    case 'accepted, not verified':
    case 'running':
      return 'lagging'
    case 'needs you':
      return 'waiting'
    case 'problem':
      return 'out of step'
    case 'never run':
    case 'paused':
    case 'off':
      return 'quiet'
  }
}

/** The strip's sentence: "2 of 3 activations are verified; Tier to support needs you". */
export function stepsInWords(activations: readonly Pick<ActivationSummary, 'name' | 'state'>[]): string {
  if (activations.length === 0) return 'No activation sends this yet'
  const verified = activations.filter((activation) => activation.state === 'verified').length
  const others = activations.filter((activation) => activation.state !== 'verified').map((activation) => `${activation.name}: ${activation.state}`)
  const first = `${formatNumber(verified)} of ${formatNumber(activations.length)} ${activations.length === 1 ? 'activation is' : 'activations are'} verified`
  return [first, ...others].join('; ')
}
