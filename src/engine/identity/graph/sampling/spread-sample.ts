/** One rule with the part of the sample that it should have, and the most pairs that it can give. */
export interface Stratum {
  weight: number
  available: number
}

/** So many pairs of every rule at least: fewer say next to nothing about it. */
const LEAST = 5

/**
 * How many pairs of each rule make a sample: in proportion to their weights, but at least a few of each, never more than
 * there are; what one rule cannot give, others do.
 */
export function spreadSample(size: number, strata: readonly Stratum[]): number[] {
  const given = strata.map(() => 0)
  const left = (): number => size - given.reduce((sum, count) => sum + count, 0)
  const least = Math.min(LEAST, Math.floor(size / Math.max(1, strata.length)))
  strata.forEach(({ available }, at) => (given[at] = Math.min(least, available)))
  for (let rest = left(); rest > 0; rest = left()) {
    // One after the other to whoever has least of what is due to them, so that every rounding comes out even.
    const open = strata.flatMap(({ weight, available }, at) => (available > (given[at] ?? 0) && weight > 0 ? [{ at, has: (given[at] ?? 0) / weight }] : []))
    const next = open.reduce<(typeof open)[number] | undefined>((best, one) => (best === undefined || one.has < best.has ? one : best), undefined)
    if (next === undefined) break
    given[next.at] = (given[next.at] ?? 0) + 1
  }
  return given
}
