import type { JudgedShare, PairVerdict, Precision } from '../../../../contract/shapes.ts'

/** One rule with how many pairs it joined, and what people said of those drawn. */
export interface JudgedRule {
  rule: string
  pairs: number
  verdicts: readonly (PairVerdict | undefined)[]
}

/** 95% of a normal distribution lie within so many standard deviations. */
const z = 1.959963984540054

/**
 * How often the rules are right. Each rule is a stratum: the share over all is Σ wᵣ·pᵣ, with wᵣ the part of all joined
 * pairs that rule r joined (of the rules somebody judged). Its interval is that of a sample of 1 / Σ wᵣ²/nᵣ pairs, what a
 * weighted sample is worth (Kish, Survey Sampling, 1965, §8.2). "Cannot say" counts for neither side.
 */
export function precisionOf(rules: readonly JudgedRule[]): Precision {
  const counted = rules.map(({ rule, pairs, verdicts }) => ({ rule, pairs, drawn: verdicts.length, judged: verdicts.filter((verdict) => verdict !== undefined).length, same: countOf(verdicts, 'same'), all: countOf(verdicts, 'same') + countOf(verdicts, 'different') }))
  const known = counted.filter(({ all, pairs }) => all > 0 && pairs > 0)
  const joined = known.reduce((sum, { pairs }) => sum + pairs, 0)
  const share = known.reduce((sum, { pairs, same, all }) => sum + (pairs / joined) * (same / all), 0)
  const worth = 1 / known.reduce((sum, { pairs, all }) => sum + (pairs / joined) ** 2 / all, 0)
  const sum = (count: (one: (typeof counted)[number]) => number): number => counted.reduce((total, one) => total + count(one), 0)
  return {
    drawn: sum(({ drawn }) => drawn),
    judged: sum(({ judged }) => judged),
    overall: { numerator: sum(({ same }) => same), denominator: sum(({ all }) => all), ...(known.length === 0 ? nothing : { value: share, ...wilson(share, worth) }) },
    rules: counted.map(({ rule, pairs, same, all }): Precision['rules'][number] => ({ rule, pairs, numerator: same, denominator: all, ...(all === 0 ? nothing : { value: same / all, ...wilson(same / all, all) }) })),
  }
}

const nothing: Pick<JudgedShare, 'value' | 'low' | 'high'> = { value: null, low: null, high: null }

function countOf(verdicts: JudgedRule['verdicts'], wanted: PairVerdict): number {
  return verdicts.filter((verdict) => verdict === wanted).length
}

/**
 * The Wilson score interval of a share p of n at 95%: (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n). Unlike the plain
 * interval it stays within 0…1 and is honest where all or none were right (E. B. Wilson, JASA 22, 1927, 209–212).
 */
export function wilson(share: number, count: number): { low: number; high: number } {
  const middle = share + z ** 2 / (2 * count)
  const reach = z * Math.sqrt((share * (1 - share)) / count + z ** 2 / (4 * count ** 2))
  const scale = 1 + z ** 2 / count
  return { low: Math.max(0, (middle - reach) / scale), high: Math.min(1, (middle + reach) / scale) }
}
