import type { DestinationDeclaration } from '../destination.ts'
import type { HubspotSettings } from './context.ts'
import { check, discover } from './discover.ts'
import { list } from './list.ts'
import { read } from './read.ts'
import { decode, encode } from './values.ts'
import { write } from './write.ts'
import { hubspotListing } from './listing.ts'

/** How HubSpot is spoken to; what is known without it is in listing.ts. */
export const hubspot: DestinationDeclaration<HubspotSettings> = {
  ...hubspotListing,
  check,
  discover,
  read,
  list,
  write,
  encode,
  decode,
  keepsPlain: () => true,
}
