import { z } from 'zod'
import type { DestinationContext, DestinationResponse } from '../destination.ts'
import { refusal, vendorMessage } from '../answers.ts'
import type { Refusal } from '../destination.ts'

export const zendeskSettings = z.strictObject({
  subdomain: z.string().regex(/^[a-z0-9][a-z0-9-]*$/i, 'give the part before .zendesk.com').describe('Subdomain: the part before .zendesk.com'),
  email: z.email().describe('Address of the agent the API token is used as'),
})
export type ZendeskSettings = z.infer<typeof zendeskSettings>
export type ZendeskContext = DestinationContext<ZendeskSettings>

/** A request that was refused as a whole. */
export function wholeRefusal(response: DestinationResponse): Refusal {
  return refusal('refused', 'Zendesk refused the request.', { vendor: vendorMessage(response) })
}
