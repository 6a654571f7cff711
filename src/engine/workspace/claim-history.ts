/** What is remembered of the claims that were seen, so that it can be told which of two came later. */
export interface ClaimHistory {
  /** A smaller number was seen earlier; claims that were seen at once have the same. */
  known: readonly (FieldClaim & { since: number })[]
  /** Paused: it writes nothing, so it is in nobody's way. It keeps its place. */
  isPaused(activation: string, connection: string): boolean
}

/** Nothing is remembered: whoever comes first in the order of the files was there first. */
export const noClaimHistory: ClaimHistory = { known: [], isPaused: () => false }

/** One activation that writes one field of one object. Who is in a list is a field of that list. */
export interface FieldClaim {
  connection: string
  object: string
  field: string
  activation: string
}
