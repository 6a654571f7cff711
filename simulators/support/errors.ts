import { ReplyError } from '../kit/reply.ts'
import type { Reply } from '../kit/reply.ts'
import type { InvalidValue } from './values.ts'

export function refusal(status: number, error: string, description: string, headers: Record<string, string> = {}): Reply {
  return { status, body: { error, description }, headers }
}

export function badRequest(description: string): ReplyError {
  return new ReplyError(refusal(400, 'BadRequest', description))
}

export function notFound(): ReplyError {
  return new ReplyError(refusal(404, 'RecordNotFound', 'Not found'))
}

/** The answer to a single write with values that cannot be kept. */
export function recordInvalid(problem: InvalidValue): ReplyError {
  const details = { [problem.field]: [{ description: problem.message, error: 'InvalidValue' }] }
  return new ReplyError({ status: 422, body: { error: 'RecordInvalid', description: 'Record validation errors', details } })
}
