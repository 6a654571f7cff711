import { isObject, member, numberMember, textMember } from './json.ts'

/** What an injected fault does to a request. */
export type FaultAction =
  | { readonly kind: 'status'; readonly status: number; readonly body: unknown; readonly retryAfter: RetryAfter | null }
  | { readonly kind: 'retryAfter'; readonly retryAfter: RetryAfter; readonly status: number; readonly body: unknown }
  | { readonly kind: 'reset' }
  | { readonly kind: 'dropResponse' }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  | { readonly kind: 'half' }
  | { readonly kind: 'truncate' }

/** `seconds` counts from the request; as a date it is sent in the HTTP date form. `text` is sent as it is. */
export type RetryAfter = { readonly seconds: number; readonly asDate: boolean } | { readonly text: string }

/** Lets `after` matching requests pass, then acts on the next `times`. */
export type Fault = {
  readonly match: { readonly method: string | null; readonly path: string }
  readonly after: number
  readonly times: number
  readonly do: FaultAction
}

type Armed = { readonly fault: Fault; seen: number; fired: number }

/** The faults that tests have asked for, with how often each has acted. */
export class FaultList {
  private armed: Armed[] = []

  set(faults: readonly Fault[]): void {
    this.armed = faults.map((fault) => ({ fault, seen: 0, fired: 0 }))
  }

  list(): readonly { readonly fault: Fault; readonly seen: number; readonly fired: number }[] {
    return this.armed
  }

  /** The action for this request, if one is due; counts the request. */
  take(method: string, path: string): FaultAction | undefined {
    for (const armed of this.armed) {
      if (armed.fired >= armed.fault.times || !matches(armed.fault, method, path)) continue
      armed.seen += 1
      if (armed.seen <= armed.fault.after) continue
      armed.fired += 1
      return armed.fault.do
    }
    return undefined
  }
}

function matches(fault: Fault, method: string, path: string): boolean {
  return (fault.match.method === null || fault.match.method === method) && path.startsWith(fault.match.path)
}

/** Reads the body of `POST /_sim/faults`; throws a plain sentence where it makes no sense. */
export function parseFaults(body: unknown): Fault[] {
  const list = Array.isArray(body) ? body : member(body, 'faults')
  if (Array.isArray(list)) return list.map(parseFault)
  if (isObject(body)) return [parseFault(body)]
  throw new Error('Faults must be a list')
}

function parseFault(input: unknown): Fault {
  const match = member(input, 'match')
  return {
    match: { method: textMember(match, 'method')?.toUpperCase() ?? null, path: textMember(match, 'path') ?? '/' },
    after: numberMember(input, 'after') ?? 0,
    times: numberMember(input, 'times') ?? 1,
    do: parseAction(member(input, 'do')),
  }
}

function parseAction(input: unknown): FaultAction {
  const kind = textMember(input, 'kind')
  switch (kind) {
    case 'status':
      return {
        kind,
        status: numberMember(input, 'status') ?? 500,
        body: member(input, 'body'),
        retryAfter: parseRetryAfter(input),
      }
    case 'retryAfter':
      return {
        kind,
        retryAfter: parseRetryAfter(input) ?? { seconds: 1, asDate: false },
        status: numberMember(input, 'status') ?? 429,
        body: member(input, 'body'),
      }
    case 'delay':
      return { kind, milliseconds: numberMember(input, 'ms') ?? numberMember(input, 'milliseconds') ?? 1000 }
    case 'reset':
    case 'dropResponse':
    case 'half':
    case 'truncate':
      return { kind }
    default:
      throw new Error(`Unknown fault kind ${String(kind)}`)
  }
}

/** Accepts `retryAfter: 3`, `retryAfter: "<date>"`, `seconds: 3`, each with `date: true` for the date form. */
function parseRetryAfter(input: unknown): RetryAfter | null {
  const asDate = member(input, 'date') === true
  const date = textMember(input, 'date')
  if (date !== undefined) return { text: date }
  const seconds = numberMember(input, 'retryAfter') ?? numberMember(input, 'seconds')
  if (seconds !== undefined) return { seconds, asDate }
  const text = textMember(input, 'retryAfter')
  return text === undefined ? null : { text }
}

/** The value of the Retry-After header for a fault. The date is real time, because clients compare it with theirs. */
export function retryAfterHeader(retryAfter: RetryAfter): string {
  if ('text' in retryAfter) return retryAfter.text
  if (!retryAfter.asDate) return String(retryAfter.seconds)
  return new Date(Date.now() + retryAfter.seconds * 1000).toUTCString()
}
