import { Runs } from '../src/engine/execution/runs.ts'
import { loadReferenceKey } from '../src/engine/audit/reference-key.ts'
import type { PlanCounts, RunCounts } from '../src/contract/states.ts'
import { planForApply } from '../src/engine/planning/applied-plan.ts'
import { Plans } from '../src/engine/planning/plans.ts'
import { stopwatch, type Spent } from './measure.ts'
import { step } from './step.ts'
import { settledAgain, withSession, type WorkspaceOptions } from './workspace.ts'

export interface ApplyResult extends Spent {
  counts: RunCounts
  rowsPerSecond: number
  /** Counts of the plan made straight after: nothing is left to do. */
  after: PlanCounts
}

const actor = { name: 'bench' }

/** Applies what one plan found: compared again, journalled, sent, read back, receipts written. Then plans once more. */
await step<WorkspaceOptions>(async (input): Promise<ApplyResult & object> => {
  await settledAgain(input)
  return withSession(input.workspace, () => undefined, async (session) => {
    const plans = new Plans(session)
    const { files, ids } = session.ports
    const referenceKey = await loadReferenceKey({ files, ids, stateFolder: session.folders.state })
    const runs = new Runs({ session, referenceKey, openPlan: (id) => planForApply(session, plans, plans.store.find(id)) })
    const plan = await plans.create({ activation: 'customers' }, actor)
    for (const guard of plan.guards) if (guard.count === undefined) await plans.liftGuard(plan.planId, guard.guard, 'measured', actor)
    await plans.select(plan.planId, { all: true }, true, false, actor)
    await plans.approve(plan.planId, plan.guards.find((guard) => guard.count !== undefined)?.count, actor)
    const spent = stopwatch()
    const run = await runs.start(plan.planId, actor)
    const ended = await runs.whenEnded(run.runId)
    const whole = spent()
    if (ended.state !== 'done') throw new Error(`the run is ${ended.state}: ${ended.reason ?? ''}`)
    const after = await plans.create({ activation: 'customers' }, actor)
    await runs.close()
    await plans.close()
    return { ...whole, counts: ended.counts, rowsPerSecond: Math.round((ended.counts.delivered / whole.ms) * 1000), after: after.counts }
  })
})
