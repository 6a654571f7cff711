import { implement, lazy, ORPCError } from '@orpc/server'
import { contract } from '../contract/contract.ts'
import { AppError, type ErrorBody } from '../contract/errors.ts'
import type { Engine } from './engine.ts'
import type { Actor } from './session.ts'
import { noRoom, saysNoRoom } from './storage/database.ts'

/** What a shell says with every call: who asks. */
export interface CallContext {
  actor: Actor
}

/** The builder of all calls: context typed, expected failures turned into the contract's one typed error. */
export function callBuilder(engine: Engine) {
  return implement(contract)
    .$context<CallContext>()
    .use(async ({ next, path, signal }) => {
      // Who stopped listening is owed no explanation.
      const failure = (error: unknown): unknown => signal?.aborted ? error : asContractError(error, (message, fields) => engine.options.ports.log.error(message, fields), path)
      try {
        const result = await next()
        return isStream(result.output) ? { ...result, output: untilItFails(result.output, failure) } : result
      } catch (error) {
        throw failure(error)
      }
    })
}

function isStream(output: unknown): output is AsyncGenerator<unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output
}

/** What a stream throws after its first value crosses like any other failure. */
async function* untilItFails(stream: AsyncGenerator<unknown>, failure: (error: unknown) => unknown): AsyncGenerator<unknown> {
  try {
    yield* stream
  } catch (error) {
    throw failure(error)
  }
}

export type CallBuilder = ReturnType<typeof callBuilder>

/** An expected failure crosses with its body; a bug is logged here and crosses without its insides. */
function asContractError(error: unknown, log: (message: string, fields: Record<string, unknown>) => void, path: readonly string[]): unknown {
  if (!(error instanceof AppError) && saysNoRoom(error)) return asContractError(noRoom(error), log, path)
  if (error instanceof AppError) return new ORPCError('LOCKSTEP', { defined: true, status: 422, message: error.message, data: error.toBody() satisfies ErrorBody })
  if (error instanceof ORPCError) return error
  log('a call failed', { call: path.join('.'), cause: error })
  return error
}

/**
 * Every call of the contract, each a line or two over a service. What an area of calls needs is loaded with the first of
 * them: a command asks for one thing, and the whole product takes longer to load than most answers.
 */
export function createRouter(engine: Engine) {
  const build = callBuilder(engine)
  const workspace = async () => (await import('./calls/workspace-calls.ts')).workspaceCalls(build, engine)
  const definitions = async () => (await import('./calls/definition-calls.ts')).definitionCalls(build, engine)
  const sources = async () => (await import('./calls/source-calls.ts')).sourceCalls(build, engine)
  const connections = async () => (await import('./calls/connection-calls.ts')).connectionCalls(build, engine)
  const activations = async () => (await import('./calls/activation-calls.ts')).activationCalls(build, engine)
  const plans = async () => (await import('./calls/plan-calls.ts')).planCalls(build, engine)
  const runs = async () => (await import('./calls/run-calls.ts')).runCalls(build, engine)
  const proof = async () => (await import('./calls/proof-calls.ts')).proofCalls(build, engine)
  const identity = async () => (await import('./calls/identity-calls.ts')).identityCalls(build, engine)
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
