import type { SampledPair } from '../../../../contract/shapes.ts'

/** The next pair that nobody judged, going round once; undefined when all are judged. */
export function nextOpenPair(pairs: readonly Pick<SampledPair, 'verdict'>[], after: number): number | undefined {
  for (let step = 1; step <= pairs.length; step++) {
    const at = (after + step) % pairs.length
    if (pairs[at]?.verdict === undefined) return at
  }
  return undefined
}
