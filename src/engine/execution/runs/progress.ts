import type { RunProgress, RunSummary } from '../../../contract/shapes.ts'
import type { Clock } from '../../ports/ports.ts'
import type { RunWait } from './control.ts'

/** At most ten pictures a second reach the screen. */
const leastBetweenMs = 100
/** The rate is that of the last seconds. */
const rateOverMs = 5000
/** A rate of the last seconds says this much about the minutes to come. */
const etaLow = 0.8
const etaHigh = 1.6

/** Turns the journal's many small steps into few pictures, with rate and the time left. */
export class ProgressMeter {
  private readonly clock: Clock
  private readonly summary: () => RunSummary
  private readonly waiting: () => RunWait | undefined
  private readonly show: (progress: RunProgress) => void
  private samples: { at: number; rows: number }[] = []
  private shownAt = Number.NEGATIVE_INFINITY
  private due = false
  private ended = false

  constructor(options: { clock: Clock; summary: () => RunSummary; waiting: () => RunWait | undefined; show: (progress: RunProgress) => void }) {
    this.clock = options.clock
    this.summary = options.summary
    this.waiting = options.waiting
    this.show = options.show
  }

  /** Something moved. */
  moved(): void {
    if (this.ended) return
    this.sample()
    const wait = this.shownAt + leastBetweenMs - this.clock.monotonic()
    if (wait <= 0) return this.showNow()
    if (this.due) return
    this.due = true
    this.clock.sleep(wait).then(
      () => {
        if (this.due) this.showNow()
      },
      () => undefined,
    )
  }

  /** The run is not worked on any more: shows the last picture, and nothing after it. */
  end(): void {
    this.showNow()
    this.ended = true
  }

  /** Shows the picture whatever was shown a moment ago. */
  showNow(): void {
    this.due = false
    if (this.ended) return
    this.shownAt = this.clock.monotonic()
    this.show(this.picture())
  }

  picture(): RunProgress {
    const summary = this.summary()
    const rate = this.rate()
    const { pending, sent, accepted } = summary.counts
    const left = pending + sent + accepted
    const wait = this.waiting()
    return {
      ...summary,
      rate,
      ...(rate > 0 && left > 0 ? { eta: [Math.floor((left / rate) * etaLow), Math.ceil((left / rate) * etaHigh)] } : {}),
      waits: wait ? [{ limit: wait.label, until: new Date(wait.until).toISOString(), ...(wait.why === undefined ? {} : { why: wait.why }) }] : [],
    }
  }

  private sample(): void {
    const { counts } = this.summary()
    const at = this.clock.monotonic()
    this.samples.push({ at, rows: counts.planned - counts.pending - counts.sent - counts.accepted })
    while (this.samples.length > 2 && (this.samples[0]?.at ?? at) < at - rateOverMs) this.samples.shift()
  }

  private rate(): number {
    const [first] = this.samples
    const last = this.samples.at(-1)
    if (!first || !last) return 0
    const seconds = Math.max(0.5, (this.clock.monotonic() - first.at) / 1000)
    return Math.max(0, Math.round(((last.rows - first.rows) / seconds) * 10) / 10)
  }
}
