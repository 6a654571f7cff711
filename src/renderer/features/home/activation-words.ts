import type { ActivationSummary, ActivationState } from '../../../contract/shapes.ts'
import { formatNumber, sentence } from '../../shared/format.ts'
import type { Meaning } from '../../shared/status-word.tsx'
import type { Step, StepState } from '../../shared/step-strip.tsx'

const meanings: Record<ActivationState, Meaning> = {
  'never run': 'quiet',
  verified: 'verified',
  'accepted, not verified': 'accepted',
  'needs you': 'needs you',
  problem: 'problem',
  running: 'quiet',
  paused: 'quiet',
  off: 'quiet',
}

const steps: Record<ActivationState, StepState> = {
  'never run': 'quiet',
  verified: 'in step',
  'accepted, not verified': 'lagging',
  'needs you': 'waiting',
  problem: 'out of step',
  running: 'lagging',
  paused: 'quiet',
  off: 'quiet',
}

/** The state of an activation as a status word. */
export function activationStateWords(activation: Pick<ActivationSummary, 'state'>): { meaning: Meaning; words: string } {
  return { meaning: meanings[activation.state], words: sentence(activation.state) }
}

/** One tick for each activation of a product. */
export function stepsOf(activations: readonly ActivationSummary[]): Step[] {
  return activations.map((activation) => ({ name: activation.id, state: steps[activation.state] }))
}

/** "2 of 4 in step; HubSpot needs you, Zendesk accepted, not verified". */
export function stepSummary(activations: readonly ActivationSummary[]): string {
  const inStep = activations.filter((activation) => activation.state === 'verified').length
  const others = activations.filter((activation) => activation.state !== 'verified').map((activation) => `${activation.name}: ${activation.state}`)
  const head = `${formatNumber(inStep)} of ${formatNumber(activations.length)} in step`
  return others.length === 0 ? head : `${head}; ${others.join('; ')}`
}

/** Activations under the product whose decisions they carry, in the order they came. */
export function byProduct(activations: readonly ActivationSummary[]): [string, ActivationSummary[]][] {
  const groups = new Map<string, ActivationSummary[]>()
  for (const activation of activations) groups.set(activation.product, [...(groups.get(activation.product) ?? []), activation])
  return [...groups]
}
