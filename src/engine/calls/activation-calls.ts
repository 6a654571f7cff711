import { checkActivation } from '../activations/check-activation.ts'
import { runUnattended } from '../activations/run-unattended.ts'
import { type Standing, summariseActivation, summariseActivations } from '../activations/summaries.ts'
import type { ActivationSummary } from '../../contract/shapes.ts'
import type { ServedEngine } from '../services/served-engine.ts'
import { liftPause, setPause } from '../execution/runs/pauses.ts'
import type { CallBuilder } from './call-builder.ts'
import type { Workspace } from '../workspace/workspace.ts'

function latestRun(engine: ServedEngine) {
  return (activation: string) => engine.workspace().runs.list({ activation, limit: 1 })[0]
}

function standing(engine: ServedEngine, workspace: Workspace): Standing {
  const { session, plans } = engine.workspace()
  return { session, plans, workspace, latestRun: latestRun(engine) }
}

export function summaries(engine: ServedEngine, workspace: Workspace): Promise<ActivationSummary[]> {
  return summariseActivations(standing(engine, workspace))
}

export function activationCalls(build: CallBuilder, engine: ServedEngine) {
  const session = () => engine.workspace().session
  const { activations: call } = build
  return {
    activations: build.activations.router({
      list: call.list.handler(async () => summaries(engine, await session().workspace())),
      get: call.get.handler(async ({ input }) => summariseActivation(standing(engine, await session().workspace()), input.activation)),
      check: call.check.handler(async ({ input }) => ({ problems: await checkActivation(session(), input) })),
      run: call.run.handler(({ input, context, signal }) => runUnattended(engine.workspace(), input.activation, context.actor, signal)),
      pause: call.pause.handler(({ input, context }) => {
        setPause(session(), input.scope, context.actor.name, input.reason)
        engine.pausesChanged()
        return { ok: true as const }
      }),
      resume: call.resume.handler(({ input, context }) => {
        liftPause(session(), input.scope, context.actor.name)
        engine.pausesChanged()
        return { ok: true as const }
      }),
    }),
  }
}
