import type { ActivationSummary, RunSummary } from '../../../contract/shapes.ts'
import { activationMeaning, activationStep, activationWord } from '../../shared/activation-state.ts'
import { formatNumber } from '../../shared/format.ts'
import type { Meaning } from '../../shared/status-word.tsx'
import type { Step } from '../../shared/step-strip.tsx'

/** The state of an activation as a status word. */
export function activationStateWords(activation: Pick<ActivationSummary, 'state'>): { meaning: Meaning; words: string } {
  return { meaning: activationMeaning(activation.state), words: activationWord(activation.state) }
}

/** One tick for each activation of a product. */
export function stepsOf(activations: readonly ActivationSummary[]): Step[] {
  return activations.map((activation) => ({ ...activationStep(activation), name: activation.id }))
}

/** Activations under the product whose decisions they carry, in the order they came. */
export function byProduct(activations: readonly ActivationSummary[]): [string, ActivationSummary[]][] {
  const groups = new Map<string, ActivationSummary[]>()
  for (const activation of activations) groups.set(activation.product, [...(groups.get(activation.product) ?? []), activation])
  return [...groups]
}

/**
 * What a run's read-backs found: verified + overridden of what was delivered were read back; verified of those stuck.
 * "5,822 of 5,822 read back, 46 overridden over there".
 */
export function proofWords({ delivered, verified, overridden, unverifiable, unknown }: RunSummary['counts']): string {
  const rest = [[overridden, 'overridden over there'], [unverifiable, 'cannot be read back'], [unknown, 'in doubt']] as const
  return [`${formatNumber(verified + overridden)} of ${formatNumber(delivered)} read back`, ...rest.flatMap(([count, words]) => (count === 0 ? [] : [`${formatNumber(count)} ${words}`]))].join(', ')
}
