import type { z } from 'zod'
import { AppError } from '../../contract/errors.ts'
import { vendorMessage } from '../drivers/http-messages.ts'
import { UnknownOutcome } from '../drivers/driver.ts'
import type { DestinationResponse } from '../drivers/http-messages.ts'
import type { DestinationContext, JobOfRows, Refusal, WriteAnswer } from './destination.ts'

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

/** The refusal of a whole batch or of a row, in our words. */
export function refusal(code: string, message: string, more: Partial<Refusal> = {}): Refusal {
  return { code, message, retryable: false, ...more }
}

/** A write that became one job with all its rows. How many they were is its context: results may be counted against it. */
export function oneJob(jobId: string, rows: number): WriteAnswer {
  return { kind: 'jobs', jobs: [{ jobId, positions: Array.from({ length: rows }, (_, position) => position), context: String(rows), started: true }] }
}

/** How many rows a job of {@link oneJob} was started with; jobs of before this was kept had at least the rows that are open. */
export function rowsOfJob({ context, rows }: Pick<JobOfRows, 'context' | 'rows'>): number {
  return context === undefined ? Math.max(...rows.map(({ position }) => position)) + 1 : Number(context)
}
