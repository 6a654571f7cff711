import { z } from 'zod'

/**
 * What kind of failure a code stands for. It decides the exit code of the command line
 * (architecture §8): input → 2, failure → 1, waits → 3.
 */
export type ErrorKind = 'input' | 'failure' | 'waits'

/** Every expected failure of the engine. Codes are for programs; people read `message` and `next`. */
export const errorKinds = {
  'bad-usage': 'input',
  'bad-input': 'input',
  'not-built': 'input',
  'not-found': 'input',
  'workspace-missing': 'input',
  'workspace-exists': 'input',
  'definition-invalid': 'input',
  'definition-changed': 'input',
  'file-malformed': 'input',
  'sql-refused': 'input',
  'column-missing': 'input',
  'type-mismatch': 'input',
  'duplicate-keys': 'input',
  'field-unknown': 'input',
  'field-claimed-twice': 'input',
  'secret-missing': 'input',
  'secret-for-another-address': 'waits',
  'connection-changed': 'waits',
  'workspace-untrusted': 'waits',
  'source-missing': 'failure',
  'source-failed': 'failure',
  'destination-unreachable': 'failure',
  'destination-refused': 'failure',
  unauthorised: 'failure',
  'rate-limited': 'failure',
  'guard-stopped': 'failure',
  'plan-stale': 'failure',
  'plan-expired': 'failure',
  'object-busy': 'failure',
  paused: 'failure',
  'storage-failed': 'failure',
  'state-damaged': 'failure',
  'audit-broken': 'failure',
  cancelled: 'failure',
  internal: 'failure',
  'answers-missing': 'waits',
  'approval-missing': 'waits',
  'confirmation-missing': 'waits',
} as const satisfies Record<string, ErrorKind>

export type ErrorCode = keyof typeof errorKinds

/** The wire and `--json` form of a failure. `line` is 1-based. Never contains a secret or a person's data beyond `value`. */
export const errorBody = z.object({
  code: z.string(),
  message: z.string(),
  file: z.string().optional(),
  line: z.number().int().optional(),
  field: z.string().optional(),
  value: z.string().optional(),
  /** What the person can do now, one sentence. */
  next: z.string().optional(),
  /** The command that does it, which only the command line shows. */
  command: z.string().optional(),
  /** The vendor's own words, shown folded beneath ours. */
  detail: z.string().optional(),
  retryable: z.boolean().optional(),
})
export type ErrorBody = z.infer<typeof errorBody>

export type ErrorPlace = Omit<ErrorBody, 'code' | 'message'> & { cause?: unknown }

/**
 * An expected failure: what happened, to what, and what to do next, in words for people.
 * Anything else that is thrown is a bug.
 */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly place: ErrorPlace

  constructor(code: ErrorCode, message: string, place: ErrorPlace = {}) {
    super(message, place.cause === undefined ? undefined : { cause: place.cause })
    this.name = 'AppError'
    this.code = code
    this.place = place
  }

  get kind(): ErrorKind {
    return errorKinds[this.code]
  }

  /** The form that crosses the contract; drops the cause. */
  toBody(): ErrorBody {
    const { cause: _cause, ...place } = this.place
    return { code: this.code, message: this.message, ...place }
  }
}
