import type { IdentityThreshold } from '../../../contract/identity.ts'
import type { IdentityRun, Ratio } from '../../../contract/shapes.ts'

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

/** The charts of an identity: match in each system, then what is ambiguous and what is duplicate, the oldest run first. */
export function trends(history: readonly IdentityRun[], thresholds: readonly IdentityThreshold[] = []): Trend[] {
  const runs = worthDrawing(history)
  const pairs = new Map<string, { from: string; to: string; title: string }>()
  for (const { matches } of runs) for (const { from, to, fromName, toName } of matches) pairs.set(`${from} ${to}`, { from, to, title: `${fromName} matched in ${toName}` })
  const figures = [
    ...[...pairs].map(([id, { from, to, title }]) => ({
      id,
      title,
      wanted: wantedFor(thresholds, 'match', [to, from]),
      ratioOf: (run: IdentityRun) => run.matches.find((match) => match.from === from && match.to === to)?.match,
    })),
    { id: 'ambiguous', title: 'Ambiguous records', wanted: wantedFor(thresholds, 'ambiguous', []), ratioOf: (run: IdentityRun) => run.ambiguous },
    { id: 'duplication', title: 'Duplicate records', wanted: wantedFor(thresholds, 'duplication', []), ratioOf: (run: IdentityRun) => run.duplication },
  ]
  return figures.map(({ ratioOf, ...figure }) => {
    const points = runs.map((run) => ({ run: run.run, at: run.at, ratio: withValue(ratioOf(run)) }))
    return { ...figure, points, top: topOf(points, figure.wanted) }
  })
}

function withValue(ratio: Ratio | undefined): Ratio | undefined {
  return ratio === undefined || ratio.value === null ? undefined : ratio
}

/** What is wanted of a rate: said for the source itself, else for each. */
function wantedFor(thresholds: readonly IdentityThreshold[], rate: IdentityThreshold['rate'], sources: readonly string[]): Trend['wanted'] {
  const fitting = thresholds.filter((threshold) => threshold.rate === rate && (threshold.source === undefined || sources.includes(threshold.source)))
  const chosen = fitting.find(({ source }) => source !== undefined) ?? fitting[0]
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
