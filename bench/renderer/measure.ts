import { mkdirSync } from 'node:fs'
import { buildIfStale } from '../../scripts/build-if-stale.ts'
import type { PlanResult } from '../engine.ts'
import { quantile } from '../measure.ts'
import { heading, line, number, seconds } from '../report.ts'
import { runStep } from '../step.ts'
import type { WorkspaceOptions } from '../workspace.ts'
import type { WatchResult } from './watch.ts'

/** What a person feels who watches a large run: how often and how long the page does not answer. */
export async function measureRenderer(base: WorkspaceOptions): Promise<object> {
  const input = { ...base, workspace: `${base.folder}/renderer` }
  buildIfStale('renderer')
  mkdirSync(base.folder, { recursive: true })
  await runStep('./data-set.ts', input)
  const { planId } = await runStep<PlanResult>('./renderer/plan.ts', input)
  const watched = await runStep<WatchResult>('./renderer/watch.ts', { ...input, planId })
  const { longTasks, frames, changes, ms } = watched
  heading(`The page while a run of ${number(base.rows)} rows is watched, ${seconds(ms)}`)
  line('long tasks (50 ms or more)', `${(longTasks.length / (ms / 60_000)).toFixed(1)} a minute${longTasks.length === 0 ? '' : `, p99 ${number(Math.round(quantile(longTasks, 0.99)))} ms, longest ${number(Math.round(Math.max(...longTasks)))} ms`}`)
  line('time between two frames', `p99 ${number(Math.round(frames.p99))} ms, longest ${number(Math.round(frames.longest))} ms`)
  line('changes of the numbers shown', `${(changes / (ms / 1000)).toFixed(1)} a second (at most 10)`)
  return watched
}
