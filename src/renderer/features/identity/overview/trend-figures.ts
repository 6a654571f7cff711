import type { IdentityThreshold } from '../../../../contract/identity.ts'
import type { IdentityRun, Ratio } from '../../../../contract/shapes.ts'

/** One figure at one run; without a value where the run has none. */
export type TrendPoint = { run: number; at: string; ratio: Ratio | undefined }

export type Trend = {
  id: string
  title: string
  points: readonly TrendPoint[]
  /** The wanted figure, drawn as a line. */
  wanted?: { least?: number | undefined; most?: number | undefined } | undefined
  /** The share at the top of the chart. The bottom is always zero. */
  top: number
}

/** Runs that only applied a decision tell nothing new about the records of a system, but for the last one. */
function worthDrawing(history: readonly IdentityRun[]): IdentityRun[] {
  const oldestFirst = [...history].sort((one, other) => one.run - other.run)
  return oldestFirst.filter((run, at) => run.how !== 'decisions only' || at === oldestFirst.length - 1)
}

type Figure = { id: string; title: string; wanted?: Trend['wanted']; ratioOf: (run: IdentityRun) => Ratio | undefined }

/**
 * The charts of an identity, the oldest run first: match in each system, whatever else somebody wants a figure of, then
 * what is ambiguous and what is there twice over all.
 */
export function trends(history: readonly IdentityRun[], thresholds: readonly IdentityThreshold[] = []): Trend[] {
  const runs = worthDrawing(history)
  const figures: Figure[] = [
    ...matchFigures(runs, thresholds),
    ...sourceFigures(runs, thresholds),
    { id: 'ambiguous', title: 'Ambiguous records', ratioOf: (run) => run.ambiguous },
    { id: 'duplication', title: 'Duplicates within one source', ratioOf: duplicatesWithin },
  ]
  return figures.map(({ ratioOf, ...figure }) => {
    const points = runs.map((run) => ({ run: run.run, at: run.at, ratio: withValue(ratioOf(run)) }))
    return { ...figure, points, top: topOf(points, figure.wanted) }
  })
}

/** Of all records those beyond the first of a person in their source: from counts, for a person in four systems is no duplicate. */
function duplicatesWithin({ sources }: IdentityRun): Ratio {
  const numerator = sources.reduce((sum, { duplication }) => sum + duplication.numerator, 0)
  const denominator = sources.reduce((sum, { duplication }) => sum + duplication.denominator, 0)
  return { numerator, denominator, value: denominator === 0 ? null : numerator / denominator }
}

const rateTitles = { match: 'matched', ambiguous: 'ambiguous', unmatched: 'unmatched', invalid: 'no usable key', duplication: 'duplicates' } as const

/** Of rows in a system: match always, the others where a figure is wanted of them. */
function matchFigures(runs: readonly IdentityRun[], thresholds: readonly IdentityThreshold[]): Figure[] {
  const pairs = new Map(runs.flatMap(({ matches }) => matches.map((match) => [`${match.from} ${match.to}`, match] as const)))
  return [...pairs].flatMap(([id, { from, to, fromName, toName }]) =>
    (['match', 'ambiguous', 'unmatched'] as const).flatMap((rate) => {
      const wanted = wantedFor(thresholds, rate, to)
      if (rate !== 'match' && wanted === undefined) return []
      return [{ id: `${rate} ${id}`, title: `${fromName} ${rateTitles[rate]} in ${toName}`, wanted, ratioOf: (run: IdentityRun) => run.matches.find((match) => match.from === from && match.to === to)?.[rate] }]
    }),
  )
}

/** Of the records of a source, where a figure is wanted of them. */
function sourceFigures(runs: readonly IdentityRun[], thresholds: readonly IdentityThreshold[]): Figure[] {
  const sources = new Map(runs.flatMap((run) => run.sources.map((source) => [source.source, source.name] as const)))
  return [...sources].flatMap(([source, name]) =>
    (['invalid', 'duplication'] as const).flatMap((rate) => {
      const wanted = wantedFor(thresholds, rate, source)
      return wanted === undefined ? [] : [{ id: `${rate} ${source}`, title: `${name}: ${rateTitles[rate]}`, wanted, ratioOf: (run: IdentityRun) => run.sources.find((one) => one.source === source)?.[rate] }]
    }),
  )
}

function withValue(ratio: Ratio | undefined): Ratio | undefined {
  return ratio === undefined || ratio.value === null ? undefined : ratio
}

/** What is wanted of a rate in a place: said for the place itself, else for each. */
function wantedFor(thresholds: readonly IdentityThreshold[], rate: IdentityThreshold['rate'], place: string): Trend['wanted'] {
  const ofRate = thresholds.filter((threshold) => threshold.rate === rate)
  const chosen = ofRate.find(({ source }) => source === place) ?? ofRate.find(({ source }) => source === undefined)
  return chosen === undefined ? undefined : { least: chosen.least, most: chosen.most }
}

const tops = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5]

/** The smallest round share that nothing exceeds. */
function topOf(points: readonly TrendPoint[], wanted: Trend['wanted']): number {
  const most = Math.max(0, wanted?.least ?? 0, wanted?.most ?? 0, ...points.map(({ ratio }) => ratio?.value ?? 0))
  return tops.find((top) => most <= top) ?? 1
}

/** The stretches that are drawn as a line: a run without the figure is a gap, never a straight line over it. */
export function stretches(points: readonly TrendPoint[]): TrendPoint[][] {
  const found: TrendPoint[][] = []
  let open = false
  for (const point of points) {
    if (point.ratio === undefined) open = false
    else if (open) found.at(-1)?.push(point)
    else {
      found.push([point])
      open = true
    }
  }
  return found
}
