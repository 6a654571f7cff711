import type { Exchanged } from '../../destinations/http.ts'
import type { HttpFailure } from '../../ports/ports.ts'

/** What came back, in words, and whether it counts as a failure. */
export interface OutcomeWords {
  outcome: string
  failed: boolean
}

/** One sentence about what became of a request: taken, surely refused, surely never sent, or not known. `refused` of its records were. */
export function outcomeWords(exchange: Pick<Exchanged, 'effect' | 'response' | 'failure' | 'waitMs' | 'timeoutMs'>, refused = 0): OutcomeWords {
  const { response, failure, effect } = exchange
  if (failure) return { outcome: failureWords(failure, effect, exchange.timeoutMs), failed: true }
  if (!response) return { outcome: 'Given up before an answer came', failed: true }
  const { status } = response
  if (status < 300 && refused > 0) return { outcome: `Refused ${refused.toLocaleString('en-US')} of them`, failed: true }
  if (status < 300) return { outcome: effect === 'write' ? 'Taken' : 'Answered', failed: false }
  return { outcome: refusedWords(status, effect, exchange.waitMs), failed: true }
}

function refusedWords(status: number, effect: 'read' | 'write', waitMs: number | undefined): string {
  const wait = waitMs === undefined ? '' : `; asked to wait ${durationWords(waitMs)}`
  if (status === 429) return `Too many requests${wait}`
  if (status === 401) return 'The credentials were refused'
  if (status === 403) return 'The credentials do not allow this'
  if (status === 404) return 'Not found'
  if (status >= 500) return effect === 'write' ? `The system failed${wait}; whether it was applied is not known` : `The system failed${wait}`
  if (status >= 300 && status < 400) return 'Sent to another address, which is not followed'
  return 'Refused'
}

function failureWords({ sent, reason }: HttpFailure, effect: 'read' | 'write', timeoutMs: number): string {
  if (sent === 'no') return `Never sent: ${neverWords[reason]}`
  const unknown = effect === 'write' ? '; whether it was applied is not known' : ''
  switch (reason) {
    case 'timeout':
      return `No complete answer within ${durationWords(timeoutMs)}${unknown}`
    case 'truncated':
      return `The answer was cut short${unknown}`
    case 'aborted':
      return `Given up on the way${unknown}`
    default:
      return `The connection broke before the answer${unknown}`
  }
}

const neverWords: Record<HttpFailure['reason'], string> = {
  refused: 'nothing answers there',
  timeout: 'no connection in time',
  reset: 'the connection broke first',
  truncated: 'the connection broke first',
  aborted: 'given up first',
  name: 'the name is not known',
  tls: 'the certificate cannot be trusted',
}

/** "400 ms", "2 s", "5 min". */
export function durationWords(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 120_000) return `${Math.round(milliseconds / 100) / 10} s`
  return `${Math.round(milliseconds / 60_000)} min`
}
