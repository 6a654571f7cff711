import { cpSync, rmSync } from 'node:fs'
import { IdentityGraph } from '../../src/engine/identity/graph/identity-graph.ts'
import { Plans } from '../../src/engine/planning/plans.ts'
import { measuredRun, type RunResult } from '../engine.ts'
import { step } from '../step.ts'
import { withSession, type WorkspaceOptions } from '../workspace.ts'
import { benchHttp } from './destination.ts'

export interface HttpApplyInput extends WorkspaceOptions {
  planId: string
  /** `none`: the system cannot be read, so nothing is compared and nothing read back. */
  readBack: 'by id or key' | 'none'
}

/** Applies the approved plan once more. */
await step<HttpApplyInput>(async ({ workspace, planId, readBack }): Promise<RunResult & object> => {
  rmSync(`${workspace}/.lockstep`, { recursive: true, force: true })
  cpSync(`${workspace}/approved`, `${workspace}/.lockstep`, { recursive: true })
  return withSession({
    workspace,
    destinations: [benchHttp(readBack)],
    async use(session) {
      const plans = new Plans(session, new IdentityGraph(session))
      const run = await measuredRun(session, plans, planId)
      await plans.close()
      return run
    },
  })
})
