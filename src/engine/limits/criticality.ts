import type { Criticality } from '../../contract/definitions.ts'

const ranks: Record<Criticality, number> = { critical: 1, normal: 0, low: -1 }

/** Higher goes first, at the limits of a connection and in the line for an object. */
export function rankOf(criticality: Criticality): number {
  return ranks[criticality]
}
