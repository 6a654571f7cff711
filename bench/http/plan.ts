import { renameSync, rmSync } from 'node:fs'
import { measuredPlan } from '../engine.ts'
import { step } from '../step.ts'
import { writeWorkspace, type WorkspaceOptions } from '../workspace.ts'
import { benchHttp } from './destination.ts'

/** A first plan over a server, approved, and kept so that it can be applied again and again. */
await step<WorkspaceOptions>(async (input) => {
  writeWorkspace(input)
  const plan = await measuredPlan(input.workspace, { destinations: [benchHttp('by id or key')], approve: true })
  rmSync(`${input.workspace}/approved`, { recursive: true, force: true })
  renameSync(`${input.workspace}/.lockstep`, `${input.workspace}/approved`)
  return plan
})
