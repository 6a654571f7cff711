import { formatDay, formatNumber } from '../../../shared/format.ts'
import { useZone } from '../../../shared/when.tsx'
import { ofWords, shareWords, wholePercent } from '../words/figure-words.ts'
import classes from '../frame/identity.module.css'
import overviewClasses from './overview.module.css'
import type { Trend, TrendPoint } from './trend-figures.ts'
import { stretches } from './trend-figures.ts'

const WIDTH = 260
const HEIGHT = 64
const MARGIN = 3

/** One figure over time: zero at the bottom, the wanted figure as a line, a gap where a run has none. */
export function TrendChart({ trend }: { trend: Trend }) {
  const { points, top, wanted, title } = trend
  const zone = useZone()
  const first = points[0]
  const last = points.findLast(({ ratio }) => ratio !== undefined)
  const target = wanted?.least ?? wanted?.most
  const place = places(points, top)
  return (
    <figure className={overviewClasses['chart']}>
      <figcaption>
        <span>{title}</span>
        <b>{last?.ratio === undefined ? 'n/a' : shareWords(last.ratio)}</b>
        <span className={classes['quiet']}>
          {last?.ratio === undefined ? '' : ofWords(last.ratio)}
          {target !== undefined && ` · wanted at ${wanted?.least === undefined ? 'most' : 'least'} ${wholePercent(target)}`}
        </span>
      </figcaption>
      <svg viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} role="img" aria-label={spoken(trend)} preserveAspectRatio="none">
        <line x1={0} x2={WIDTH} y1={place.y(0)} y2={place.y(0)} data-line="zero" />
        {target !== undefined && <line x1={0} x2={WIDTH} y1={place.y(target)} y2={place.y(target)} data-line="wanted" />}
        {stretches(points).map((stretch) => (
          <polyline key={stretch[0]?.run} points={stretch.map((point) => `${String(place.x(point))},${String(place.y(point.ratio?.value ?? 0))}`).join(' ')} />
        ))}
        {points.map((point) => point.ratio !== undefined && <line key={point.run} data-line="point" data-last={point === last || undefined} x1={place.x(point)} x2={place.x(point)} y1={place.y(point.ratio.value ?? 0)} y2={place.y(point.ratio.value ?? 0)} />)}
      </svg>
      <p className={overviewClasses['axis']} aria-hidden="true">
        <span>{first === undefined ? '' : formatDay(first.at, zone)}</span>
        <span>0 to {wholePercent(top)}</span>
        <span>{points.length < 2 ? 'one run' : `${formatNumber(points.length)} runs`}</span>
      </p>
    </figure>
  )
}

/** Where points stand: by time across, by share upwards. A single run stands at the right. */
function places(points: readonly TrendPoint[], top: number) {
  const times = points.map(({ at }) => Date.parse(at))
  const start = Math.min(...times)
  const span = Math.max(...times) - start
  const inside = HEIGHT - 2 * MARGIN
  return {
    x: ({ at }: TrendPoint) => (span === 0 ? WIDTH - MARGIN : MARGIN + ((Date.parse(at) - start) / span) * (WIDTH - 2 * MARGIN)),
    y: (share: number) => HEIGHT - MARGIN - (share / top) * inside,
  }
}

/** The chart in a sentence. */
function spoken({ title, points, wanted }: Trend): string {
  const known = points.flatMap(({ ratio }) => (ratio === undefined ? [] : [ratio]))
  const [first, last] = [known[0], known.at(-1)]
  if (first === undefined || last === undefined) return `${title}: no figure yet.`
  const target = wanted?.least === undefined ? (wanted?.most === undefined ? '' : ` Wanted is at most ${wholePercent(wanted.most)}.`) : ` Wanted is at least ${wholePercent(wanted.least)}.`
  return `${title}: from ${shareWords(first)} to ${shareWords(last)} over ${formatNumber(known.length)} ${known.length === 1 ? 'run' : 'runs'}.${target}`
}
