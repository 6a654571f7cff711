import { expect, test } from 'vitest'
import type { RunProgress, RunSummary } from '../../../contract/shapes.ts'
import { createFakeClock } from '../../testing/fake-clock.ts'
import { nothingDone } from '../../plans/run-counts.ts'
import { ProgressMeter } from './progress.ts'

function metered() {
  const clock = createFakeClock()
  const shown: { at: number; progress: RunProgress }[] = []
  const counts = nothingDone(100_000)
  const meter = new ProgressMeter({
    clock,
    summary: () => ({ counts: { ...counts }, state: 'applying' }) as RunSummary,
    waiting: () => undefined,
    show: (progress) => shown.push({ at: clock.monotonic(), progress }),
  })
  return { clock, shown, counts, meter }
}

test('however often rows move, at most ten pictures a second are shown, and the last one is the newest', async () => {
  const { clock, shown, counts, meter } = metered()
  for (let millisecond = 0; millisecond < 3000; millisecond += 1) {
    counts.pending -= 10
    counts.delivered += 10
    meter.moved()
    await clock.advance(1)
  }
  meter.end()
  for (let second = 0; second < 3; second += 1) {
    const within = shown.filter(({ at }) => at >= second * 1000 && at < (second + 1) * 1000)
    expect(within.length).toBeLessThanOrEqual(10)
    expect(within.length).toBeGreaterThan(5)
  }
  expect(shown.at(-1)?.progress.counts.delivered).toBe(30_000)
})

test('a step after a silence is shown at once, and nothing after the end', async () => {
  const { clock, shown, meter } = metered()
  await clock.advance(5000)
  meter.moved()
  expect(shown).toHaveLength(1)
  meter.moved()
  meter.end()
  expect(shown).toHaveLength(2)
  await clock.advance(5000)
  meter.moved()
  expect(shown).toHaveLength(2)
})
