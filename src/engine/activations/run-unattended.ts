import { AppError } from '../../contract/errors.ts'
import type { PlanDetail, RunSummary } from '../../contract/shapes.ts'
import type { OpenWorkspace } from '../services/open-workspace.ts'
import type { Actor } from '../session/session.ts'
import { findDefinition } from '../workspace/find-definition.ts'

/**
 * One run without anybody watching (semantics §4): plan, saved policies, what the activation says about open
 * conflicts, approval, apply. Whatever needs a person stops before anything is sent. Returns once the run has begun.
 */
export async function runUnattended(open: OpenWorkspace, activation: string, actor: Actor, signal?: AbortSignal): Promise<RunSummary> {
  const plan = await open.plans.create({ activation }, actor, signal)
  const { onConflict } = findDefinition(await open.session.workspace(), 'activation', activation).value
  try {
    if (plan.openConflicts > 0 && onConflict === 'skip record') {
      await open.plans.skipOpenRecords(plan.planId, 'Nobody was watching.', actor)
    }
    await open.plans.approve(plan.planId, undefined, actor)
  } catch (error) {
    throw withPlan(error, plan)
  }
  const started = await open.runs.start(plan.planId, actor)
  return started
}

/** The plan is stored: whoever comes later goes on from it. */
function withPlan(error: unknown, plan: PlanDetail): unknown {
  if (!(error instanceof AppError)) return error
  return new AppError(error.code, error.message, { ...error.place, detail: `Plan ${plan.planId} waits for a person. Nothing was sent.`, cause: error })
}
