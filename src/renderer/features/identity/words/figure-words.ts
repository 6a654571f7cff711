import type { IdentityRun, IdentitySource, JudgedShare, MatchFigures, Ratio } from '../../../../contract/shapes.ts'
import { blockedCauses, causeOfLink, linkCause } from '../../../../contract/states.ts'
import { formatNumber, formatShare, plural } from '../../../shared/format.ts'

/** Figures as sentences. Never a share without what it is of. */

export const RECORDS = { one: 'record', many: 'records' }
export const PEOPLE = { one: 'person', many: 'people' }

/** "18,240 of 20,000". */
export function ofWords({ numerator, denominator }: Pick<Ratio, 'numerator' | 'denominator'>): string {
  return `${formatNumber(numerator)} of ${formatNumber(denominator)}`
}

/** "91.2%", or n/a where there is nothing to divide by. */
export function shareWords({ numerator, denominator }: Pick<Ratio, 'numerator' | 'denominator'>): string {
  return formatShare(numerator, denominator)
}

/** Why rows of a product are ambiguous in a system, in the words in which a plan blocks them, the most frequent first. */
export function ambiguousWords({ because }: Pick<MatchFigures, 'because'>): string[] {
  return linkCause.options
    .map((reason) => ({ title: blockedCauses[causeOfLink[reason]].title, count: because[reason] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count)
    .map(({ title, count }) => `${title.charAt(0).toLowerCase()}${title.slice(1)} (${formatNumber(count)})`)
}

/** How a source's records were read. */
export function readWords(how: IdentitySource['how']): string {
  switch (how) {
    case 'full':
      return 'All records'
    case 'changed since':
      return 'What changed since the read before'
    case 'looked up':
      return 'Looked up one by one'
    case 'as read before':
      return 'Not read again: the last read was recent'
  }
}

/** What a run did, in a sentence. */
export function runWords(run: Pick<IdentityRun, 'how' | 'records' | 'entities' | 'changed' | 'gone'>): string {
  const result = `${plural(run.records, RECORDS)} are ${plural(run.entities, PEOPLE)}`
  if (run.how === 'decisions only') return `${result}; only a decision was applied.`
  if (run.how === 'full') return `${result}; everything was compared.`
  if (run.changed === 0 && run.gone === 0) return `${result}; nothing had changed.`
  return `${result}; ${plural(run.changed, RECORDS)} had changed and ${formatNumber(run.gone)} ${run.gone === 1 ? 'was' : 'were'} gone.`
}

/** "48 of 50 judged pairs were right: 96%, likely between 87% and 99%." Where rules weigh differently, it says so. */
export function precisionWords(share: JudgedShare): string {
  if (share.denominator === 0 || share.value === null) return 'No pair was judged yet.'
  const likely = share.low === null || share.high === null ? '' : `, likely between ${wholePercent(share.low)} and ${wholePercent(share.high)}`
  const plain = wholePercent(share.numerator / share.denominator)
  const found = wholePercent(share.value)
  return `${ofWords(share)} judged ${share.denominator === 1 ? 'pair was' : 'pairs were'} right: ${found}${plain === found ? '' : ', weighed by how many pairs each rule joined'}${likely}.`
}

/** Whole percent, where nearly all is never shown as all, nor nearly none as none. */
export function wholePercent(share: number): string {
  if (share > 0 && share < 0.01) return 'under 1%'
  if (share < 1 && share > 0.99) return '99%'
  return `${String(Math.round(share * 100))}%`
}
