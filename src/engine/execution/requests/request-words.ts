import { assertNever } from '../../../contract/assert-never.ts'
import type { NotSentReason, UnknownReason } from '../../drivers/driver.ts'
import type { EndSeen, Exchanged } from '../../drivers/request-record.ts'

/** What came back, in words, and whether it counts as a failure. */
export interface OutcomeWords {
  outcome: string
  failed: boolean
}

/** One sentence about what became of a request: taken, surely refused, surely never sent, or not known. `refused` of its records were. */
export function outcomeWords(exchange: Pick<Exchanged, 'effect' | 'end' | 'answer' | 'waitMs' | 'timeoutMs'>, refused = 0): OutcomeWords {
  const { end, effect } = exchange
  const wait = exchange.waitMs === undefined ? '' : `; asked to wait ${durationWords(exchange.waitMs)}`
  switch (end.state) {
    case 'answered':
      if (!end.accepted) return { outcome: exchange.answer?.status === 404 ? 'Not found' : 'Refused', failed: true }
      if (refused > 0) return { outcome: `Refused ${refused.toLocaleString('en-US')} of them`, failed: true }
      return { outcome: effect === 'write' ? 'Taken' : 'Answered', failed: false }
    case 'turned away':
      return { outcome: turnedAwayWords[end.why] + (end.why === 'over limit' ? wait : ''), failed: true }
    case 'not sent':
      return { outcome: `Never sent: ${neverWords[end.why]}`, failed: true }
    case 'unknown':
      return { outcome: lostWords(end.why, exchange.timeoutMs) + wait + (effect === 'write' ? '; whether it was applied is not known' : ''), failed: true }
    default:
      return assertNever(end)
  }
}

const turnedAwayWords: Record<Extract<EndSeen, { state: 'turned away' }>['why'], string> = {
  'over limit': 'Too many requests',
  credentials: 'The credentials were refused',
  permission: 'The credentials do not allow this',
  moved: 'Sent to another address, which is not followed',
}

function lostWords(why: UnknownReason, timeoutMs: number): string {
  switch (why) {
    case 'failed there':
      return 'The system failed'
    case 'commit failed':
      return 'The end of the transaction was not confirmed'
    case 'timeout':
      return `No complete answer within ${durationWords(timeoutMs)}`
    case 'truncated':
      return 'The answer was cut short'
    case 'aborted':
      return 'Given up on the way'
    case 'reset':
    case 'refused':
    case 'name':
    case 'tls':
      return 'The connection broke before the answer'
    default:
      return assertNever(why)
  }
}

const neverWords: Record<NotSentReason, string> = {
  refused: 'nothing answers there',
  timeout: 'no connection in time',
  reset: 'the connection broke first',
  truncated: 'the connection broke first',
  aborted: 'given up first',
  name: 'the name is not known',
  tls: 'the certificate cannot be trusted',
  'not opened': 'it could not be opened',
}

/** "400 ms", "2 s", "5 min". */
export function durationWords(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 120_000) return `${Math.round(milliseconds / 100) / 10} s`
  return `${Math.round(milliseconds / 60_000)} min`
}
