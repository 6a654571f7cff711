import { AppError } from '../../contract/errors.ts'
import { brazeListing } from './braze/listing.ts'
import type { AnyDestination, DestinationDeclaration, DestinationListing, ListedDestination } from './destination.ts'
import { hubspotListing } from './hubspot/listing.ts'
import { localFileListing } from './local-file/listing.ts'
import { zendeskListing } from './zendesk/listing.ts'

/**
 * Every destination there is. What lists and forms need is at hand; how it is spoken to is loaded with the first connection
 * that uses it. To add one: a folder of its own, a line here, and its run of the conformance suite.
 */
export const destinations: readonly ListedDestination[] = [
  listed(hubspotListing, async () => (await import('./hubspot/index.ts')).hubspot),
  listed(zendeskListing, async () => (await import('./zendesk/index.ts')).zendesk),
  listed(brazeListing, async () => (await import('./braze/index.ts')).braze),
  listed(localFileListing, async () => (await import('./local-file/index.ts')).localFile),
]

/** A destination that is loaded already, such as one that a test puts in the place of the product's own. */
export function asListed<Settings, Context>(declaration: DestinationDeclaration<Settings, Context>): ListedDestination {
  return listed(declaration, () => Promise.resolve(declaration))
}

// Each is asked only with settings and a context of its own, so that their types can be forgotten here.
function listed<Settings, Context>(listing: DestinationListing<Settings>, load: () => Promise<DestinationDeclaration<Settings, Context>>): ListedDestination {
  return { ...(listing as unknown as DestinationListing), load: () => load() as unknown as Promise<AnyDestination> }
}

/** The destination with this id. */
export function destinationById(id: string, connection: string, among: readonly ListedDestination[] = destinations): ListedDestination {
  const found = among.find((listing) => listing.id === id)
  if (found) return found
  throw new AppError('definition-invalid', `Connection ${connection} names the destination ${id}, which is not known.`, {
    file: `connections/${connection}.yaml`,
    field: 'destination',
    value: id,
    next: `Known destinations are: ${among.map((listing) => listing.id).join(', ')}.`,
  })
}
