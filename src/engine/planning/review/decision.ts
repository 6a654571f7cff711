import type { AnswerKind, Raw } from '../../../contract/states.ts'

/** What a person (or a policy) decides for every conflict in a scope. */
export interface Decision {
  take: AnswerKind
  /** For 'value': already in the destination's form. */
  value?: Raw
  reason?: string
  expiresAt?: number
  policy?: string
}
