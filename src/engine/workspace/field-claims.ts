import type { Definition, Workspace } from './workspace.ts'
import type { FieldClaim } from './claim-history.ts'

/** A claim that is refused because another activation wrote the field before. */
export interface RefusedClaim {
  activation: string
  field: string
  /** Place among the activation's fields; nobody maps who is in a list. */
  index: number | undefined
  holder: string
}

/** The field of a list that says who is in it. */
export const membershipField = 'membership'

/** What an activation writes, switched on or not; each field once. */
export function claimsOf({ id, value }: Pick<Definition<'activation'>, 'id' | 'value'>): (FieldClaim & { index: number | undefined })[] {
  const { connection, object } = value.destination
  const fields = value.mode === 'members' ? [{ field: membershipField, index: undefined }] : value.fields.map(({ to }, index) => ({ field: to, index }))
  const seen = new Set<string>()
  return fields.flatMap(({ field, index }) => {
    if (seen.has(field)) return []
    seen.add(field)
    return [{ connection, object, field, activation: id, index }]
  })
}

/**
 * No two activations that are at work write one field of one object: there is no order in which that settles. The one
 * that was seen to write it first goes on; the others are refused. Claims that were never seen come after all that
 * were, in the order of their files. A file that cannot be read now keeps what it was seen to claim.
 */
export function refusedClaims(workspace: Pick<Workspace, 'definitions' | 'broken' | 'claims'>): RefusedClaim[] {
  const since = new Map(workspace.claims.known.map((claim) => [keyOf(claim), claim.since]))
  const rankOf = (claim: FieldClaim): number => since.get(keyOf(claim)) ?? Infinity
  const byField = Map.groupBy(claimsAtWork(workspace), ({ connection, object, field }) => JSON.stringify([systemOf(workspace, connection), object, field]))
  return [...byField.values()].flatMap((claims) => {
    const [first, ...others] = claims.sort((one, other) => compare(rankOf(one), rankOf(other)) || compare(one.activation, other.activation))
    return first === undefined ? [] : others.map(({ activation, field, index }) => ({ activation, field, index, holder: first.activation }))
  })
}

function claimsAtWork({ definitions, broken, claims }: Pick<Workspace, 'definitions' | 'broken' | 'claims'>): (FieldClaim & { index: number | undefined })[] {
  const readable = [...definitions.activation.values()].filter(({ value }) => value.enabled).flatMap(claimsOf)
  const unreadable = claims.known.filter(({ activation }) => broken.has(`activation/${activation}`)).map((claim) => ({ ...claim, index: undefined }))
  return [...readable, ...unreadable].filter(({ activation, connection }) => !claims.isPaused(activation, connection))
}

/** How what is remembered changes with what was read now: claims seen for the first time, and those that nobody has any more. */
export function claimChanges({ definitions, broken, claims }: Pick<Workspace, 'definitions' | 'broken' | 'claims'>): { added: FieldClaim[]; ended: FieldClaim[] } {
  const now = new Map([...definitions.activation.values()].filter(({ value }) => value.enabled).flatMap(claimsOf).map((claim) => [keyOf(claim), claim]))
  const known = new Set(claims.known.map(keyOf))
  return {
    added: [...now].flatMap(([key, claim]) => (known.has(key) ? [] : [claim])),
    ended: claims.known.filter((claim) => !now.has(keyOf(claim)) && !broken.has(`activation/${claim.activation}`)),
  }
}

/** Two connections to one simulator are one system. */
function systemOf({ definitions }: Pick<Workspace, 'definitions'>, connection: string): string {
  const simulator = definitions.connection.get(connection)?.value.simulator
  return simulator === undefined ? `connection ${connection}` : `simulator ${simulator}`
}

function keyOf({ connection, object, field, activation }: FieldClaim): string {
  return JSON.stringify([connection, object, field, activation])
}

function compare<Value extends string | number>(one: Value, other: Value): number {
  return one < other ? -1 : one > other ? 1 : 0
}
