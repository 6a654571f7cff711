import { lazy } from '@orpc/server'
import type { ServedEngine } from '../services/served-engine.ts'
import { callBuilder } from './call-builder.ts'

/**
 * Every call of the contract, each a line or two over a service. What an area of calls needs is loaded with the first of
 * them: a command asks for one thing, and the whole product takes longer to load than most answers.
 */
export function createRouter(engine: ServedEngine) {
  const build = callBuilder(engine.options.ports.log)
  const workspace = async () => (await import('./workspace-calls.ts')).workspaceCalls(build, engine)
  const definitions = async () => (await import('./definition-calls.ts')).definitionCalls(build, engine)
  const sources = async () => (await import('./source-calls.ts')).sourceCalls(build, engine)
  const connections = async () => (await import('./connection-calls.ts')).connectionCalls(build, engine)
  const activations = async () => (await import('./activation-calls.ts')).activationCalls(build, engine)
  const plans = async () => (await import('./plan-calls.ts')).planCalls(build, engine)
  const runs = async () => (await import('./run-calls.ts')).runCalls(build, engine)
  const proof = async () => (await import('./proof-calls.ts')).proofCalls(build, engine)
  const identity = async () => (await import('./identity-calls.ts')).identityCalls(build, engine)
  return build.router({
    workspace: lazy(async () => ({ default: (await workspace()).workspace })),
    definitions: lazy(async () => ({ default: (await definitions()).definitions })),
    sources: lazy(async () => ({ default: (await sources()).sources })),
    products: lazy(async () => ({ default: (await sources()).products })),
    segments: lazy(async () => ({ default: (await sources()).segments })),
    connections: lazy(async () => ({ default: (await connections()).connections })),
    activations: lazy(async () => ({ default: (await activations()).activations })),
    plans: lazy(async () => ({ default: (await plans()).plans })),
    decisions: lazy(async () => ({ default: (await plans()).decisions })),
    runs: lazy(async () => ({ default: (await runs()).runs })),
    audit: lazy(async () => ({ default: (await proof()).audit })),
    home: lazy(async () => ({ default: (await proof()).home })),
    identity: lazy(async () => ({ default: (await identity()).identity })),
    events: build.events.handler(async function* ({ signal }) {
      yield* engine.changes(signal)
    }),
  })
}

export type EngineRouter = ReturnType<typeof createRouter>
