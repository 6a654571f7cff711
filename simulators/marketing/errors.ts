import { ReplyError } from '../kit/reply.ts'
import type { Reply } from '../kit/reply.ts'

export function refusal(status: number, message: string, details: Readonly<Record<string, unknown>> = {}): Reply {
  return { status, body: { message, ...details } }
}

export function badRequest(message: string, details: Readonly<Record<string, unknown>> = {}): ReplyError {
  return new ReplyError(refusal(400, message, details))
}
