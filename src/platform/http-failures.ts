import { HttpFailure } from '../engine/ports/ports.ts'

interface Circumstances {
  host: string
  /** The first byte may have left. */
  begun: boolean
  /** Headers had come; only the body was still on its way. */
  answered: boolean
  /** We ended it ourselves. */
  cut: 'aborted' | 'timeout' | undefined
  timeoutMs: number
}

const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'EACCES', 'EPERM'])
const NAME_NOT_FOUND = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME'])
const TLS = /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|EPROTO)/

/** Says what became of a request that got no complete answer, and whether the destination may have acted. */
export function toHttpFailure(error: unknown, { host, begun, answered, cut, timeoutMs }: Circumstances): HttpFailure {
  const fail = (sent: 'no' | 'maybe', reason: HttpFailure['reason'], message: string): HttpFailure =>
    new HttpFailure(sent, reason, message, error)
  if (cut === 'aborted' && !begun) return fail('no', 'aborted', `The request to ${host} was cancelled before it was sent.`)
  if (cut === 'timeout' && !begun) return fail('no', 'timeout', `No connection to ${host} within ${seconds(timeoutMs)}.`)
  if (cut === 'aborted') return fail('maybe', 'aborted', `The request to ${host} was cancelled while it was under way.`)
  if (cut === 'timeout') return fail('maybe', 'timeout', `${host} did not answer within ${seconds(timeoutMs)}.`)
  if (answered && codeOf(error) === 'UND_ERR_BODY_TIMEOUT') return fail('maybe', 'timeout', `${host} stopped in the middle of its answer.`)
  if (answered) return fail('maybe', 'truncated', `${host} broke off in the middle of its answer.`)
  const code = codeOf(error)
  if (NEVER_CONNECTED.has(code)) return fail('no', 'refused', `${host} refused the connection.`)
  if (NAME_NOT_FOUND.has(code)) return fail('no', 'name', `The name ${host} could not be found.`)
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return fail('no', 'timeout', `${host} could not be reached in time.`)
  if (TLS.test(code)) return fail('no', 'tls', `The secure connection to ${host} failed (${code}).`)
  if (code === 'UND_ERR_INVALID_ARG') return fail('no', 'refused', `The request to ${host} could not be formed.`)
  if (code.startsWith('UND_ERR_RES_')) return fail('maybe', 'truncated', `The answer of ${host} was not complete.`)
  if (!begun) return fail('no', 'reset', `The connection to ${host} was lost before anything was sent.`)
  return fail('maybe', 'reset', `The connection to ${host} was lost before an answer came.`)
}

/** The code of the error or of what caused it; several addresses tried give one error each. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0])
  return codeOf(error.cause)
}

function seconds(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${Math.round(milliseconds / 100) / 10} s`
}
