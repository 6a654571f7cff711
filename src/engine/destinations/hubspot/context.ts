import { z } from 'zod'
import { apiAddress } from '../../drivers/api-address.ts'
import type { DestinationContext } from '../destination.ts'

export const hubspotSettings = z.strictObject({
  /** For accounts hosted elsewhere or behind a gateway. */
  baseUrl: apiAddress.default('https://api.hubapi.com').describe('Address of the API'),
  /** Found from the token when left out. */
  appId: z.coerce.string().optional().describe('Id of the app the token belongs to; tells our own changes from others'),
})
export type HubspotSettings = z.infer<typeof hubspotSettings>
export type HubspotContext = DestinationContext<HubspotSettings>

/** The objects spoken here. `modified` is the property that search filters changes by. */
export const objects = {
  contacts: { label: 'Contacts', noun: { one: 'person', many: 'people' }, modified: 'lastmodifieddate' },
  companies: { label: 'Companies', noun: { one: 'company', many: 'companies' }, modified: 'hs_lastmodifieddate' },
} as const

/** Id of a record, as a property of itself. */
export const RECORD_ID = 'hs_object_id'

/** The property by which changes of an object are found. */
export function modifiedProperty(object: string): string {
  return object === 'contacts' ? objects.contacts.modified : objects.companies.modified
}

/** The vendor's page sizes; no search can be paged beyond `searchTotal` results. */
export const listSizes = { rowsPerList: 100, rowsPerSearch: 200, searchTotal: 10_000 }
