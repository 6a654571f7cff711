import type { IdentityDefinition } from '../../../../contract/identity.ts'
import type { IdentityRun, Ratio, ThresholdAlert } from '../../../../contract/shapes.ts'

type Threshold = NonNullable<IdentityDefinition['thresholds']>[number]

/** A figure that a threshold is about. */
interface Watched {
  source: string
  sourceName: string
  /** "Customers in Sales CRM, Contacts" */
  where: string
  found: Ratio
}

/** The wanted figures that a run does not meet. A figure without a denominator is neither good nor bad. */
export function thresholdAlerts({ thresholds = [] }: Pick<IdentityDefinition, 'thresholds'>, run: Pick<IdentityRun, 'sources' | 'matches'>): ThresholdAlert[] {
  return thresholds.flatMap((threshold) =>
    watched(threshold, run).flatMap(({ source, sourceName, where, found }): ThresholdAlert[] => {
      const { rate, least, most } = threshold
      if (found.value === null || ((least === undefined || found.value >= least) && (most === undefined || found.value <= most))) return []
      const wanted = { ...(least === undefined ? {} : { least }), ...(most === undefined ? {} : { most }) }
      return [{ rate, source, sourceName, wanted, found, words: `${title(rate)} of ${where} is ${words(found, least ?? most ?? 0)}; wanted is ${least === undefined ? `at most ${percent(most ?? 0)}` : `at least ${percent(least)}`}.` }]
    }),
  )
}

function watched({ rate, source }: Threshold, { sources, matches }: Pick<IdentityRun, 'sources' | 'matches'>): Watched[] {
  if (rate === 'invalid' || rate === 'duplication') {
    return sources.filter((one) => source === undefined || one.source === source).map((one) => ({ source: one.source, sourceName: one.name, where: one.name, found: one[rate] }))
  }
  return matches.filter(({ to }) => source === undefined || to === source).map((one) => ({ source: one.to, sourceName: one.toName, where: `${one.fromName} in ${one.toName}`, found: one[rate] }))
}

function title(rate: string): string {
  return `${rate.charAt(0).toUpperCase()}${rate.slice(1)}`
}

/** With as many digits as it takes to tell it from what is wanted. */
function words({ numerator, denominator, value }: Ratio, wanted: number): string {
  const share = (value ?? 0) * 100
  const digits = [1, 2, 3, 4].find((count) => Number(share.toFixed(count)) !== wanted * 100) ?? 5
  return `${share.toFixed(digits)}% (${numerator.toLocaleString('en-GB')} of ${denominator.toLocaleString('en-GB')})`
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(4))}%`
}
