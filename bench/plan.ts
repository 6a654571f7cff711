import { measuredPlan } from './engine.ts'
import { step } from './step.ts'
import { settledAgain, type WorkspaceOptions } from './workspace.ts'

/** One plan over the settled workspace. */
await step<WorkspaceOptions>(async (input) => {
  await settledAgain(input)
  return measuredPlan(input.workspace)
})
