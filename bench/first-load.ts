import { Plans } from '../src/engine/planning/plans.ts'
import type { PlanResult } from './plan.ts'
import { PhaseTimes, stopwatch } from './measure.ts'
import { step } from './step.ts'
import { freshDestination, withSession, writeWorkspace, type WorkspaceOptions } from './workspace.ts'

export interface FirstLoadInput extends WorkspaceOptions {
  /** What the destination holds: the same values as the warehouse, or no records yet. */
  held: 'warehouse' | 'nothing'
}

/** The first plan of an activation, which knows no record yet: each is looked up and decided. */
await step<FirstLoadInput>(async (input): Promise<PlanResult & object> => {
  writeWorkspace(input)
  await freshDestination(input, input.held)
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
