import { createRequire } from 'node:module'
import type * as library from 'libphonenumber-js/max'

let loaded: typeof library | undefined

/** What is known of the world's phone numbers, loaded where it is first used: commands that only read the state need none of it. */
export function phoneLibrary(): typeof library {
  loaded ??= createRequire(import.meta.url)('libphonenumber-js/max') as typeof library
  return loaded
}
