import type { IdentityThreshold } from '../../../../contract/identity.ts'
import type { IdentitySource } from '../../../../contract/shapes.ts'

type Rate = IdentityThreshold['rate']

/** The rates as people call them. */
export const rateWords: Record<Rate, string> = { match: 'Matched', ambiguous: 'Ambiguous', unmatched: 'Unmatched', invalid: 'No usable key', duplication: 'Duplicates' }

/** What one would want of a rate, to begin with: much of what is matched, little of the rest. */
export function usualThreshold(rate: Rate): IdentityThreshold {
  switch (rate) {
    case 'match':
      return { rate, least: 0.95 }
    case 'ambiguous':
      return { rate, most: 0.01 }
    case 'unmatched':
    case 'invalid':
    case 'duplication':
      return { rate, most: 0.05 }
  }
}

/** Match and what is beside it are figures of rows in a system; the other two of any records. */
export function canBeWantedOf(rate: Rate, kind: IdentitySource['kind']): boolean {
  return kind === 'destination' || rate === 'invalid' || rate === 'duplication'
}

/** Shares are stored as 0…1 and typed as percent, without what binary fractions add. */
export function inPercent(share: number): number {
  return Math.round(share * 10_000) / 100
}

export function ofPercent(percent: number): number {
  return Math.round(percent * 100) / 10_000
}
