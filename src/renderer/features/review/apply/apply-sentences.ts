import type { PlanDetail } from '../../../../contract/shapes.ts'
import { formatNumber, plural } from '../../../shared/format.ts'

/** What applying this plan does, one sentence each; nothing that is zero and harmless. */
export function applySentences(plan: PlanDetail): string[] {
  const { counts, noun, destinationName } = plan
  const sentences = [`Lockstep sends changes for ${plural(plan.willSend, noun)} to ${destinationName}.`]
  const parts = [
    counts.create > 0 ? `${formatNumber(counts.create)} to create` : undefined,
    counts.update > 0 ? `${formatNumber(counts.update)} to update${counts.clear > 0 ? `, of which ${formatNumber(counts.clear)} clear a field` : ''}` : undefined,
    counts.remove > 0 ? `${formatNumber(counts.remove)} to remove` : undefined,
  ].filter((part) => part !== undefined)
  if (parts.length > 0) sentences.push(`The plan holds ${parts.join('; ')}.`)
  if (counts.conflicts > 0) sentences.push(`${plural(counts.conflicts, { one: 'conflict has its answer', many: 'conflicts have their answers' })}; these are approved with the plan.`)
  if (plan.willSkip > 0) sentences.push(`${plural(plan.willSkip, noun)} ${plan.willSkip === 1 ? 'is' : 'are'} left out: kept, skipped or not selected.`)
  if (counts.blocked > 0) sentences.push(`${formatNumber(counts.blocked)} blocked stay as they are.`)
  sentences.push(`Each batch is compared with ${destinationName} once more before it is written; a ${noun.one} who changed meanwhile is left out.`)
  return sentences
}
