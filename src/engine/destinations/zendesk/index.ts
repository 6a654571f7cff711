import type { DestinationDeclaration } from '../destination.ts'
import type { ZendeskSettings } from './context.ts'
import { check, discover } from './discover.ts'
import { list, read } from './read.ts'
import { decode, encode } from './values.ts'
import { pollJob, write } from './write.ts'
import { zendeskListing } from './listing.ts'

/** How Zendesk is spoken to; what is known without it is in listing.ts. */
export const zendesk: DestinationDeclaration<ZendeskSettings> = {
  ...zendeskListing,
  check,
  discover,
  read,
  list,
  write,
  pollJob,
  encode,
  decode,
  keepsPlain: () => true,
}
