import { measuredPlan } from './engine.ts'
import { step } from './step.ts'
import { freshDestination, writeWorkspace, type WorkspaceOptions } from './workspace.ts'

export interface FirstLoadInput extends WorkspaceOptions {
  /** What the destination holds: the same values as the warehouse, or no records yet. */
  held: 'warehouse' | 'nothing'
}

/** The first plan of an activation, which knows no record yet: each is looked up and decided. */
await step<FirstLoadInput>(async (input) => {
  writeWorkspace(input)
  await freshDestination(input, input.held)
  return measuredPlan(input.workspace)
})
