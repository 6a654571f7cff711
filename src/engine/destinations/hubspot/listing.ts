import type { DestinationListing } from '../destination.ts'
import type { DestinationResponse } from '../../drivers/http-messages.ts'
import type { LimitSeen } from '../../limits/limit.ts'
import { hubspotSettings, listSizes } from './context.ts'
import type { HubspotSettings } from './context.ts'

/**
 * HubSpot CRM v3.
 *
 * Where the numbers come from:
 * - limits and headers: https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines.md
 *   (190 requests per 10 seconds for Professional; search 5 per second, counted apart, without headers)
 * - batches, 207, objectWriteTraceId: https://developers.hubspot.com/docs/api-reference/latest/crm/objects/contacts
 * - property history: ValueWithTimestamp in the vendor's API client; newest entry first
 * Not documented, kept configurable: batch size 100 (50 with history), length of text, consistency delay.
 */
export const hubspotListing: DestinationListing<HubspotSettings> = {
  id: 'hubspot',
  simulator: 'crm',
  name: 'HubSpot',
  category: 'CRM',
  summary: 'Reads and writes contacts and companies, and who is in a static list; shows who changed each field.',
  settings: hubspotSettings,
  secrets: { token: 'Private app token' },
  transport: {
    kind: 'http',
    baseUrl: (settings) => settings.baseUrl,
    authenticate: (_settings, secrets) => ({ authorization: `Bearer ${secrets.token ?? ''}` }),
    limitsSeen,
  },
  profile: {
    rowsPerRead: 100,
    rowsPerReadWithHistory: 50,
    rowsPerWrite: 100,
    bytesPerWrite: 3_000_000,
    limits: [
      { kind: 'window', name: 'burst', label: 'requests per 10 seconds', requests: 190, perMs: 10_000 },
      { kind: 'window', name: 'search', label: 'searches per second', requests: 5, perMs: 1000, counts: 'named' },
      { kind: 'daily', name: 'daily', label: 'requests per day', requests: 650_000 },
      { kind: 'concurrency', name: 'concurrency', label: 'requests at once', requests: 8 },
    ],
    requestTimeoutMs: 30_000,
    consistencyDelayMs: 1000,
    changeFeedDelayMs: 10_000,
    readBack: 'by id or key',
    attribution: 'field',
    settle: 'strong read',
    jobPollMs: 1000,
    own: listSizes,
  },
  lists: true,
  changeFeed: true,
  precedence: [
    { object: 'contacts', field: 'lifecyclestage', rule: 'The lifecycle stage only moves forward unless it is emptied first.' },
    { object: 'contacts', field: 'email', rule: 'Addresses are kept in lower case.' },
    { object: 'contacts', rule: 'Workflows may replace what is written, moments later.' },
  ],
}

const policies: Record<string, string> = { TEN_SECONDLY_ROLLING: 'burst', SECONDLY: 'search', DAILY: 'daily' }

function limitsSeen({ status, headers, body }: DestinationResponse): LimitSeen[] {
  if (status === 429) {
    // The other headers of a refusal are not to be trusted: the request was not counted.
    const policy = typeof body === 'object' && body !== null && 'policyName' in body ? policies[String(body.policyName)] : undefined
    return policy === undefined ? [] : [{ limit: policy, refused: true }]
  }
  const seen: LimitSeen[] = []
  const burst = numberIn(headers, 'x-hubspot-ratelimit-remaining')
  if (burst !== undefined) seen.push({ limit: 'burst', remaining: burst, allowed: numberIn(headers, 'x-hubspot-ratelimit-max') })
  const daily = numberIn(headers, 'x-hubspot-ratelimit-daily-remaining')
  if (daily !== undefined) seen.push({ limit: 'daily', remaining: daily, allowed: numberIn(headers, 'x-hubspot-ratelimit-daily') })
  return seen
}

function numberIn(headers: Record<string, string>, name: string): number | undefined {
  const text = headers[name]
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(value) ? value : undefined
}
