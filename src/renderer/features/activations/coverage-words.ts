import type { CoverageForecast } from '../../../contract/shapes.ts'
import { formatNumber, formatShare } from '../../shared/format.ts'
import type { MatchKind } from '../../shared/match-bar.tsx'

/** One part of an audience, as the forecast lists it. */
export interface CoveragePart {
  kind: MatchKind
  name: string
  count: number
}

/** The parts that add up to the audience, without those that nobody is in. */
export function coverageParts({ matched, unmatched, unknown, ambiguous, invalid, creates }: CoverageForecast): CoveragePart[] {
  const parts: CoveragePart[] = [
    { kind: 'matched', name: 'Found', count: matched },
    { kind: 'unmatched', name: creates ? 'Not there yet: new records' : 'Not there, and not made', count: unmatched },
    { kind: 'unknown', name: 'Not known before a plan', count: unknown },
    { kind: 'ambiguous', name: 'Wait for a person', count: ambiguous },
    { kind: 'invalid', name: 'Without a usable key', count: invalid },
  ]
  return parts.filter(({ kind, count }) => kind === 'matched' || count > 0)
}

/** "14,790 of 17,602, 84.0%". */
export function partWords(count: number, audience: number): string {
  return `${formatNumber(count)} of ${formatNumber(audience)}, ${formatShare(count, audience)}`
}

/** The first few by name, and how many more. */
export function exampleWords({ count, examples }: CoverageForecast['reasons'][number]): string {
  const named = examples.map(({ label }) => label.trim()).join(', ')
  const more = count - examples.length
  return more > 0 ? `${named} and ${formatNumber(more)} more` : named
}
