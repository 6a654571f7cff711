import type { Ratio, RulesPreview } from '../../../../contract/shapes.ts'
import { formatNumber, plural } from '../../../shared/format.ts'

type Change = NonNullable<RulesPreview['change']>
const MATCHES = { one: 'match', many: 'matches' }

/** What the change comes to, in a sentence. A match is two records of one person. */
export function previewSentence({ before, after, gained, lost }: Pick<Change, 'before' | 'after' | 'gained' | 'lost'>): string {
  if (gained === 0 && lost === 0) return `Nothing changes: the same ${plural(before, MATCHES)}.`
  const parts = [gained > 0 ? `${plural(gained, MATCHES)} would be gained` : 'no match would be gained', lost > 0 ? `${formatNumber(lost)} lost` : 'none lost']
  return `${parts.join(' and ').replace(/^./, (first) => first.toUpperCase())}: ${formatNumber(before)} become ${formatNumber(after)}.`
}

/** Match in each system after the change, beside what it was. */
export function matchChanges({ matchesBefore, matchesAfter }: Pick<Change, 'matchesBefore' | 'matchesAfter'>): { id: string; title: string; before: Ratio | undefined; after: Ratio }[] {
  return matchesAfter.map(({ from, to, fromName, toName, match }) => ({
    id: `${from} ${to}`,
    title: `${fromName} in ${toName}`,
    before: matchesBefore.find((other) => other.from === from && other.to === to)?.match,
    after: match,
  }))
}
