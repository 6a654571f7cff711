import { Plans } from '../src/engine/planning/plans.ts'
import type { PlanCounts } from '../src/contract/states.ts'
import { PhaseTimes, stopwatch, type Spent } from './measure.ts'
import { step } from './step.ts'
import { settledAgain, withSession, type WorkspaceOptions } from './workspace.ts'

export interface PlanResult extends Spent {
  phases: Record<string, Spent>
  counts: PlanCounts
  looked: number
}

/** One plan over the settled workspace, as a person would make it. */
await step<WorkspaceOptions>(async (input): Promise<PlanResult & object> => {
  await settledAgain(input)
  const phases = new PhaseTimes()
  return withSession(
    input.workspace,
    (event) => {
      if (event.topic === 'planning') phases.enter(event.phase)
    },
    async (session) => {
      const plans = new Plans(session)
      const spent = stopwatch()
      const plan = await plans.create({ activation: 'customers' }, { name: 'bench' })
      const whole = spent()
      phases.end()
      await plans.close()
      return { ...whole, phases: phases.phases, counts: plan.counts, looked: plan.readScope.looked }
    },
  )
})
