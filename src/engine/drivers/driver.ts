import type { AppError } from '../../contract/errors.ts'
import type { LimitSeen } from '../limits/limit.ts'

/** What every request says of itself, whichever driver carries it. */
export interface DriverRequest {
  /**
   * 'read' may be repeated on any failure; 'write' is repeated only when it provably was not carried out: the system said
   * so (over a limit), or it never left.
   */
  effect: 'read' | 'write'
  /** Which named limits count this request, besides those that count all. */
  limits?: string[]
  /** Ids of the records that it changes, where the vendor limits how often one record changes. */
  records?: string[]
}

/** Why a request provably never left. */
export type NotSentReason = 'refused' | 'timeout' | 'reset' | 'truncated' | 'aborted' | 'name' | 'tls' | 'not opened'

/** Why nobody can say what came of a request that left. */
export type UnknownReason = 'timeout' | 'reset' | 'truncated' | 'aborted' | 'refused' | 'name' | 'tls' | 'failed there' | 'commit failed'

/** How one attempt ended. */
export type AttemptEnd<Answer> =
  /** It was carried out, or refused for what it asks: its sender reads which. `accepted`: the system said yes. */
  | { state: 'answered'; answer: Answer; accepted: boolean }
  /** The system does not serve it now (`over limit`), or does not serve us: it was not carried out. */
  | { state: 'turned away'; why: 'over limit' | 'credentials' | 'permission' | 'moved'; error: AppError; limit?: string | undefined; waitMs?: number | undefined }
  | { state: 'not sent'; why: NotSentReason; error: AppError }
  /** `words` is one sentence for a write, `error` stands for a read that cannot be repeated any more. */
  | { state: 'unknown'; why: UnknownReason; words: string; error: AppError; waitMs?: number | undefined; cause?: unknown }

/** What of an answer the log of requests may look at, before it is redacted. */
export interface AnswerSeen {
  /** Where the protocol has one. */
  status?: number
  headers?: Record<string, string>
  body?: unknown
}

export interface Attempt<Answer> {
  end: AttemptEnd<Answer>
  seen?: AnswerSeen
  /** What the answer told about the system's limits. */
  limits?: LimitSeen[]
  /** What proved who we are, where it can be renewed. */
  proof?: unknown
}

/** The way to the system while one request is under way. */
export interface OpenedDriver<Request, Answer> {
  /** Ends that are expected are values; whatever is thrown is a bug. */
  attempt(request: Request, signal?: AbortSignal): Promise<Attempt<Answer>>
  /** Lets the way go: a file for other programs, a client back to its pool. */
  close(): Promise<void>
}

/**
 * One kind of way to a system: HTTP, a database, a file. Limits, priority, repeats, freshness and the log of requests are
 * not its matter (requester.ts); it opens, carries one request out, says how that ended, and closes.
 */
export interface Driver<Request extends DriverRequest, Answer> {
  /** Asked for each attempt once the limits let it through. What fails here was never sent. */
  open(request: Request, signal?: AbortSignal): Promise<OpenedDriver<Request, Answer> | Extract<AttemptEnd<Answer>, { state: 'not sent' | 'turned away' }>>
  /**
   * The credentials were refused, so the request was not carried out: whether there are others now, with which it may go once
   * more. Throws AppError where a person has to sign in again.
   */
  renew?(proof: unknown): Promise<boolean>
  /** How the log of requests names it: "POST /contacts", "UPDATE customers"; `sent` is the body as data, for who masks it. */
  shown(request: Request): { method: string; path: string; sent?: unknown }
}

/** A write that did not leave: it waited so long that what its sender looked at before is old. */
export class NotSent extends Error {
  constructor() {
    super('The write waited too long and was not sent.')
    this.name = 'NotSent'
  }
}

/** A write of which nobody can say whether it was applied: lost answer, timeout, a failure in the system itself. */
export class UnknownOutcome extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'UnknownOutcome'
  }
}
