import type { DestinationListing } from '../destination.ts'
import type { DestinationRequest, DestinationResponse } from '../../drivers/http-messages.ts'
import type { LimitSeen } from '../../limits/limit.ts'
import { zendeskSettings } from './context.ts'
import type { ZendeskSettings } from './context.ts'

/**
 * Zendesk Support users.
 *
 * Where the numbers come from:
 * - limits: https://developer.zendesk.com/api-reference/introduction/rate-limits/ (Professional 400 a minute;
 *   other plans are followed by their headers; incremental export 10 a minute; 30 jobs queued or running)
 * - batches of 100, external ids without regard to case: https://developer.zendesk.com/api-reference/ticketing/users/users/
 * - jobs: results in the order of the request; kept for about an hour and the last 100 jobs (community, staff)
 * Users have no history per field: who changed a value is not known, only when the record changed.
 */
export const zendeskListing: DestinationListing<ZendeskSettings> = {
  id: 'zendesk',
  simulator: 'support',
  name: 'Zendesk',
  category: 'Support',
  summary: 'Reads and writes users in jobs; tells when a user changed, not who changed it.',
  settings: zendeskSettings,
  simulatorSettings: { subdomain: 'simulator', email: 'lockstep@example.com' },
  secrets: { token: 'API token' },
  transport: {
    kind: 'http',
    baseUrl: (settings) => `https://${settings.subdomain}.zendesk.com`,
    authenticate: (settings, secrets) => ({ authorization: `Basic ${Buffer.from(`${settings.email}/token:${secrets.token ?? ''}`).toString('base64')}` }),
    limitsSeen,
  },
  profile: {
    rowsPerRead: 100,
    rowsPerReadWithHistory: 100,
    rowsPerWrite: 100,
    bytesPerWrite: 3_000_000,
    limits: [
      { kind: 'window', name: 'account', label: 'requests per minute', requests: 400, perMs: 60_000 },
      { kind: 'window', name: 'incremental', label: 'change exports per minute', requests: 10, perMs: 60_000, counts: 'named' },
      { kind: 'concurrency', name: 'concurrency', label: 'requests at once', requests: 6 },
      { kind: 'jobs', name: 'jobs', label: 'open jobs', jobs: 30 },
      // Documented for single updates; jobs are held to it too, so that repeats of one user never run into it.
      { kind: 'record', name: 'user', label: 'updates of one user per minute', requests: 5, perMs: 60_000 },
    ],
    requestTimeoutMs: 60_000,
    consistencyDelayMs: 1000,
    changeFeedDelayMs: 65_000,
    readBack: 'by id or key',
    attribution: 'none',
    settle: 'strong read',
    // Jobs wait in a queue of the account; a lost answer may have started one that is still to run.
    jobWithinMs: 600_000,
    jobPollMs: 2000,
  },
  lists: true,
  changeFeed: true,
  precedence: [
    { object: 'users', field: 'email', rule: 'A user who has an address keeps it as the primary one; another becomes a further address.' },
    { object: 'users', field: 'external_id', rule: 'External ids differ only by more than case.' },
  ],
}

function limitsSeen({ status, headers, body }: DestinationResponse, _now: number, request: DestinationRequest): LimitSeen[] {
  if (typeof body === 'object' && body !== null && 'error' in body && body.error === 'TooManyJobs') return [{ limit: 'jobs', refused: true }]
  const remaining = Number(headers['x-rate-limit-remaining'] ?? Number.NaN)
  const allowed = Number(headers['x-rate-limit'] ?? Number.NaN)
  // A refusal, or an answer of a call with a limit of its own, may show that limit instead of the account's.
  if (status === 429 || request.limits?.includes('incremental') || !Number.isFinite(remaining) || !Number.isFinite(allowed)) return []
  const resets = Number(headers['ratelimit-reset'] ?? Number.NaN)
  return [{ limit: 'account', remaining, allowed, ...(Number.isFinite(resets) ? { resetsInMs: resets * 1000 } : {}) }]
}
