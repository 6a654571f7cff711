import { loadReferenceKey } from '../src/engine/audit/reference-key.ts'
import { Runs } from '../src/engine/execution/runs/runs.ts'
import { IdentityGraph } from '../src/engine/identity/graph/identity-graph.ts'
import type { OpenSession } from '../src/engine/services/open-session.ts'
import { planForApply } from '../src/engine/planning/stored/applied-plan.ts'
import { Plans } from '../src/engine/planning/plans.ts'
import type { PlanDetail } from '../src/contract/shapes.ts'
import type { PlanCounts, RunCounts } from '../src/contract/states.ts'
import { PhaseTimes, stopwatch, type Spent } from './measure.ts'
import { withSession } from './workspace.ts'

/** Who asks for everything that is measured. */
export const actor = { name: 'bench' }

export interface PlanResult extends Spent {
  planId: string
  phases: Record<string, Spent>
  counts: PlanCounts
  looked: number
}

/** One plan over the workspace as it is, as a person would make it, with what each phase took. */
export async function measuredPlan(workspace: string, more: { destinations?: Parameters<typeof withSession>[0]['destinations']; approve?: boolean } = {}): Promise<PlanResult> {
  const phases = new PhaseTimes()
  return withSession({
    workspace,
    ...(more.destinations ? { destinations: more.destinations } : {}),
    emit: (event) => {
      if (event.topic === 'planning') phases.enter(event.phase)
    },
    async use(session) {
      const plans = new Plans(session, new IdentityGraph(session))
      const spent = stopwatch()
      const plan = await plans.create({ activation: 'customers' }, actor)
      const whole = spent()
      phases.end()
      if (more.approve) await approveAll(plans, plan)
      await plans.close()
      return { ...whole, planId: plan.planId, phases: phases.phases, counts: plan.counts, looked: plan.readScope.looked }
    },
  })
}

/** Lifts what guards stop, selects every row and signs. */
export async function approveAll(plans: Plans, { planId, guards }: PlanDetail): Promise<void> {
  for (const guard of guards) if (guard.count === undefined) await plans.liftGuard(planId, guard.guard, 'measured', actor)
  await plans.select(planId, { all: true }, true, false, actor)
  await plans.approve(planId, guards.find((guard) => guard.count !== undefined)?.count, actor)
}

export interface RunResult extends Spent {
  counts: RunCounts
  rowsPerSecond: number
}

/** Applies an approved plan to its end: compared again, journalled, sent, read back, receipts written. */
export async function measuredRun(session: OpenSession, plans: Plans, planId: string): Promise<RunResult> {
  const { files, ids } = session.ports
  const referenceKey = await loadReferenceKey({ files, ids, stateFolder: session.folders.state })
  const runs = new Runs({ session, referenceKey, openPlan: (id) => planForApply(session, plans, plans.store.find(id)) })
  const spent = stopwatch()
  const run = await runs.start(planId, actor)
  const ended = await runs.whenEnded(run.runId)
  const whole = spent()
  await runs.close()
  if (ended.state !== 'done') throw new Error(`the run is ${ended.state}: ${ended.reason ?? ''}`)
  return { ...whole, counts: ended.counts, rowsPerSecond: Math.round((ended.counts.delivered / whole.ms) * 1000) }
}
