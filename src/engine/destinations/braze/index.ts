import type { DestinationDeclaration } from '../destination.ts'
import { brazeListing } from './listing.ts'
import type { BrazeSettings } from './listing.ts'
import { check, discover, read, write } from './users.ts'
import { decode, encode } from './values.ts'

/** How Braze is spoken to; what is known without it is in listing.ts. */
export const braze: DestinationDeclaration<BrazeSettings> = {
  ...brazeListing,
  check,
  discover,
  read,
  write,
  encode,
  decode,
}
