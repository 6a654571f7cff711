import type { PlanCounts } from '../src/contract/states.ts'
import { IdentityGraph } from '../src/engine/identity/graph/identity-graph.ts'
import { Plans } from '../src/engine/planning/plans.ts'
import { actor, approveAll, measuredRun, type RunResult } from './engine.ts'
import { step } from './step.ts'
import { settledAgain, withSession, type WorkspaceOptions } from './workspace.ts'

export interface ApplyResult extends RunResult {
  /** Counts of the plan made straight after: nothing is left to do. */
  after: PlanCounts
}

/** Applies what one plan found, then plans once more. */
await step<WorkspaceOptions>(async (input): Promise<ApplyResult & object> => {
  await settledAgain(input)
  return withSession({
    workspace: input.workspace,
    async use(session) {
      const plans = new Plans(session, new IdentityGraph(session))
      const plan = await plans.create({ activation: 'customers' }, actor)
      await approveAll(plans, plan)
      const run = await measuredRun(session, plans, plan.planId)
      const after = await plans.create({ activation: 'customers' }, actor)
      await plans.close()
      return { ...run, after: after.counts }
    },
  })
})
