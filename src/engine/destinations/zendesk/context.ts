import { z } from 'zod'
import type { DestinationContext } from '../destination.ts'

export const zendeskSettings = z.strictObject({
  subdomain: z.string().regex(/^[a-z0-9][a-z0-9-]*$/i, 'give the part before .zendesk.com').describe('Subdomain: the part before .zendesk.com'),
  email: z.email().describe('Address of the agent the API token is used as'),
})
export type ZendeskSettings = z.infer<typeof zendeskSettings>
export type ZendeskContext = DestinationContext<ZendeskSettings>

export const system = 'Zendesk'
