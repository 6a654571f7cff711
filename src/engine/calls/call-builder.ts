import { implement, ORPCError } from '@orpc/server'
import { contract } from '../../contract/contract.ts'
import { AppError, type ErrorBody } from '../../contract/errors.ts'
import type { Log } from '../ports/ports.ts'
import type { Actor } from '../session/session.ts'
import { noRoom, saysNoRoom } from '../storage/database.ts'

/** What a shell says with every call: who asks. */
export interface CallContext {
  actor: Actor
}

/** The builder of all calls: context typed, expected failures turned into the contract's one typed error. */
export function callBuilder(logger: Log) {
  return implement(contract)
    .$context<CallContext>()
    .use(async ({ next, path, signal }) => {
      // Who stopped listening is owed no explanation.
      const failure = (error: unknown): unknown => signal?.aborted ? error : asContractError(error, (message, fields) => logger.error(message, fields), path)
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
