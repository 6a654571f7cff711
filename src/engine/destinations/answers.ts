import type { z } from 'zod'
import { AppError } from '../../contract/errors.ts'
import { UnknownOutcome } from './destination.ts'
import type { DestinationContext, DestinationResponse, Refusal } from './destination.ts'

/** A read's answer, or an error that says which system answered what it should not. */
export function readBody<T>(context: DestinationContext, schema: z.ZodType<T>, response: DestinationResponse, what: string): T {
  if (response.status >= 200 && response.status < 300) {
    const parsed = schema.safeParse(response.body)
    if (parsed.success) return parsed.data
    throw new AppError('destination-refused', `${context.name} answered in a form that is not understood while ${what}.`, {
      next: 'Check the address in the settings of the connection; if it is right, the system has changed.',
      detail: parsed.error.issues[0] ? `${parsed.error.issues[0].path.join('.')}: ${parsed.error.issues[0].message}` : undefined,
      retryable: false,
    })
  }
  throw new AppError('destination-refused', `${context.name} refused a request while ${what}.`, {
    next: 'Read what the system says, and correct the activation or the connection.',
    detail: vendorMessage(response) ?? `Status ${response.status}`,
    retryable: false,
  })
}

/** A write's answer. One that cannot be understood may still have been applied. */
export function writeBody<T>(context: DestinationContext, schema: z.ZodType<T>, response: DestinationResponse): T {
  const parsed = schema.safeParse(response.body)
  if (parsed.success) return parsed.data
  throw new UnknownOutcome(`${context.name} answered a write in a form that is not understood. Whether it was applied is not known.`)
}

/** The vendor's own sentence in an answer, whatever member holds it. */
export function vendorMessage(response: DestinationResponse): string | undefined {
  const { body } = response
  if (typeof body === 'string') return body.slice(0, 500)
  if (typeof body !== 'object' || body === null) return undefined
  for (const name of ['message', 'description', 'error', 'detail', 'title']) {
    const value = (body as Record<string, unknown>)[name]
    if (typeof value === 'string') return value.slice(0, 500)
  }
  return undefined
}

/** The refusal of a whole batch or of a row, in our words. */
export function refusal(code: string, message: string, more: Partial<Refusal> = {}): Refusal {
  return { code, message, retryable: false, ...more }
}
