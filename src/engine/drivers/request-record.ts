import type { AnswerSeen, AttemptEnd } from './driver.ts'

/** One request as it may be shown and kept: no query values, no headers, no bodies. */
export interface RequestRecord {
  connection: string
  method: string
  /** Path without query, or what else the protocol names. */
  path: string
  /** Absent when no answer came, or the protocol has none. */
  status?: number
  milliseconds: number
  attempt: number
}

/** An end without what it carries: the answer may be large, and errors are for whoever asked. */
export type EndSeen = SeenOf<AttemptEnd<unknown>>
type SeenOf<End> = End extends { state: 'answered'; accepted: boolean } ? Pick<End, 'state' | 'accepted'> : End extends { state: string; why: string } ? Pick<End, 'state' | 'why'> : never

/** One attempt with what it carried and what came back. Holds values of records: only for who masks them. */
export interface Exchanged {
  /** When it left, milliseconds since the epoch. */
  at: number
  effect: 'read' | 'write'
  timeoutMs: number
  /** The body, as data. */
  sent?: unknown
  end: EndSeen
  /** Absent when no complete answer came. */
  answer?: AnswerSeen
  /** How long the system asked to wait. */
  waitMs?: number
}

/** For whom the requests are, while one operation lasts. */
export interface Caller {
  owner?: string
  /** Higher goes first at the connection's limits. */
  priority?: number
  signal?: AbortSignal
  /** Ends the wait of a write that has not left yet; what has left is let land. */
  giveUp?: AbortSignal
  /** Asked just before a write leaves: what it rests on is too old by now. It ends with NotSent. */
  isStale?: () => boolean
  /** Called once per attempt. */
  onRequest?: (record: RequestRecord, exchange: Exchanged) => void
}
