import { ORPCError } from '@orpc/client'
import { AppError, errorBody } from '../../contract/errors.ts'
import type { ErrorBody } from '../../contract/errors.ts'

export type EngineError = ErrorBody & { connectionLost: boolean }

/** What was asked for is not there: trying again does not bring it, another address does. */
export function leadsNowhere(error: unknown): boolean {
  const { code } = engineError(error)
  return code === 'not-found' || code === 'bad-usage'
}

/** Any failure of a call as the words a person reads. Bugs of the engine get a plain sentence of their own. */
export function engineError(error: unknown): EngineError {
  const given = errorBody.safeParse(error)
  // What a screen refuses by itself, before it asks the engine.
  if (error instanceof AppError) return { ...error.toBody(), connectionLost: false }
  if (given.success && !(error instanceof Error)) return { ...given.data, connectionLost: false }
  if (error instanceof ORPCError) {
    const body = errorBody.safeParse(error.data)
    if (body.success) return { ...body.data, connectionLost: false }
    // Refused before the engine did anything, such as an address that was cut short.
    if (error.code === 'BAD_REQUEST') {
      return { code: 'bad-usage', message: 'What was asked for cannot be there: its address is not complete, or a value is not of its kind.', next: 'Open it from its list, or go back and choose again.', detail: error.message, connectionLost: false }
    }
    return {
      code: 'internal',
      message: 'The engine could not do this because of a fault of its own.',
      next: 'Try again. If it happens again, the log in the workspace’s state folder says more.',
      detail: error.message,
      connectionLost: false,
    }
  }
  const detail = error instanceof Error ? error.message : String(error)
  const connectionLost = /not open|closed|aborted/i.test(detail)
  return {
    code: 'internal',
    message: connectionLost ? 'The connection to the engine was lost while it worked on this.' : 'This could not be done.',
    next: connectionLost ? 'Lockstep connects again by itself; then look whether it was done before you repeat it.' : 'Try again.',
    detail,
    connectionLost,
  }
}
