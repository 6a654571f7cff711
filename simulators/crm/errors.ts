import { randomUUID } from 'node:crypto'
import type { Reply } from '../kit/reply.ts'
import { ReplyError } from '../kit/reply.ts'
import type { ValueProblem } from './values.ts'

/** One failed input of a batch, in the vendor's shape. */
export type BatchError = {
  readonly status: 'error'
  readonly category: string
  readonly subCategory?: string
  readonly message: string
  readonly context: Readonly<Record<string, readonly string[]>>
  readonly links: Readonly<Record<string, string>>
  readonly errors: readonly unknown[]
}

type ErrorDetails = Readonly<Record<string, unknown>>

/** An answer that refuses the whole request. */
export function refusal(status: number, category: string, message: string, details: ErrorDetails = {}): Reply {
  return { status, body: { status: 'error', message, correlationId: randomUUID(), category, ...details } }
}

export function badRequest(message: string, details: ErrorDetails = {}): ReplyError {
  return new ReplyError(refusal(400, 'VALIDATION_ERROR', message, details))
}

export function notFound(message: string): ReplyError {
  return new ReplyError(refusal(404, 'OBJECT_NOT_FOUND', message))
}

export function conflict(message: string): ReplyError {
  return new ReplyError(refusal(409, 'CONFLICT', message))
}

/** The vendor packs the failed properties into the message and repeats them as details. */
export function invalidProperties(problems: readonly ValueProblem[]): ReplyError {
  return badRequest(invalidMessage(problems), { errors: invalidDetails(problems) })
}

export function invalidMessage(problems: readonly ValueProblem[]): string {
  const listed = problems.map(({ name, code, message }) => ({ isValid: false, message, error: code, name }))
  return `Property values were not valid: ${JSON.stringify(listed)}`
}

export function invalidDetails(problems: readonly ValueProblem[]): unknown[] {
  return problems.map(({ name, code, message }) => ({ message, code, context: { propertyName: [name] } }))
}

export function batchError(
  category: string,
  message: string,
  context: Readonly<Record<string, readonly string[]>>,
  errors: readonly unknown[] = [],
): BatchError {
  return { status: 'error', category, message, context, links: {}, errors }
}
