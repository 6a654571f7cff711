import { z } from 'zod'
import type { DestinationListing } from '../destination.ts'
import type { DestinationRequest, DestinationResponse } from '../../drivers/http-messages.ts'
import type { LimitSeen } from '../../limits/limit.ts'

export const brazeSettings = z.strictObject({
  instance: z.string().regex(/^rest\.[a-z0-9.-]+$/, 'give the REST endpoint, such as rest.iad-01.braze.com').describe('REST endpoint, such as rest.iad-01.braze.com'),
})
export type BrazeSettings = z.infer<typeof brazeSettings>

/**
 * Braze users.
 *
 * Where the facts come from:
 * - track: https://www.braze.com/docs/api/endpoints/user_data/post_user_track/ (75 objects; newer contracts 50;
 *   success means queued; errors carry the index; null removes; every attribute sent is paid for)
 * - limits: https://www.braze.com/docs/api/api_limits/ (track 3,000 per 3 seconds; export 250 a minute)
 * - export: https://www.braze.com/docs/api/endpoints/export/user_data/post_users_identifier/ (50 identifiers)
 * - custom attributes: https://www.braze.com/docs/api/endpoints/export/custom_attributes/get_custom_attributes/
 * Profiles cannot be listed by API and carry no history; applied "normally in 100 ms", longer under load.
 */
export const brazeListing: DestinationListing<BrazeSettings> = {
  id: 'braze',
  simulator: 'marketing',
  name: 'Braze',
  category: 'Marketing',
  summary: 'Writes user attributes; reads back by external id, with no history and no list.',
  settings: brazeSettings,
  simulatorSettings: { instance: 'rest.simulator' },
  secrets: { token: 'REST API key' },
  transport: {
    kind: 'http',
    baseUrl: (settings) => `https://${settings.instance}`,
    authenticate: (_settings, secrets) => ({ authorization: `Bearer ${secrets.token ?? ''}` }),
    limitsSeen,
  },
  profile: {
    rowsPerRead: 50,
    rowsPerReadWithHistory: 50,
    rowsPerWrite: 75,
    bytesPerWrite: 2_000_000,
    limits: [
      { kind: 'window', name: 'track', label: 'writes per 3 seconds', requests: 3000, perMs: 3000, counts: 'named' },
      { kind: 'window', name: 'export', label: 'reads per minute', requests: 250, perMs: 60_000, counts: 'named' },
      { kind: 'window', name: 'delete', label: 'deletions per minute', requests: 20_000, perMs: 60_000, counts: 'named' },
      { kind: 'window', name: 'discovery', label: 'attribute lists per hour', requests: 1000, perMs: 3_600_000, counts: 'named' },
      { kind: 'concurrency', name: 'concurrency', label: 'requests at once', requests: 8 },
    ],
    requestTimeoutMs: 30_000,
    consistencyDelayMs: 5000,
    changeFeedDelayMs: 0,
    readBack: 'by id or key',
    attribution: 'none',
    settle: 'strong read',
    jobPollMs: 1000,
  },
  lists: false,
  changeFeed: false,
  precedence: [
    { object: 'users', rule: 'Apps on people’s devices write the same attributes; the latest write stays.' },
    { object: 'users', rule: 'Texts over 255 characters and lists over their length are cut off.' },
  ],
}

/** Each call has a limit of its own, and its headers are about that one. */
function limitsSeen({ status, headers }: DestinationResponse, now: number, request: DestinationRequest): LimitSeen[] {
  const [limit] = request.limits ?? []
  const remaining = Number(headers['x-ratelimit-remaining'] ?? Number.NaN)
  const allowed = Number(headers['x-ratelimit-limit'] ?? Number.NaN)
  if (limit === undefined || !Number.isFinite(remaining) || !Number.isFinite(allowed)) return []
  const resetsAt = Number(headers['x-ratelimit-reset'] ?? Number.NaN) * 1000
  const resets = Number.isFinite(resetsAt) ? { resetsInMs: Math.max(0, resetsAt - now) } : {}
  return [{ limit, remaining, allowed, ...resets, ...(status === 429 ? { refused: true } : {}) }]
}
