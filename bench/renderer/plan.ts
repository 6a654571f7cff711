import { measuredPlan } from '../engine.ts'
import { step } from '../step.ts'
import { freshDestination, writeWorkspace, type WorkspaceOptions } from '../workspace.ts'

/** A workspace with an approved plan that creates every row, in batches as small as a vendor's. */
await step<WorkspaceOptions>(async (input) => {
  writeWorkspace({ ...input, rowsPerRequest: 100 })
  await freshDestination(input, 'nothing')
  return measuredPlan(input.workspace, { approve: true })
})
