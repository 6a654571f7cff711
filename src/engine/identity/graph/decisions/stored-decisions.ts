import type { DecisionKind } from '../../../../contract/shapes.ts'
import type { StateDatabase } from '../../../storage/database.ts'
import type { IdentityFact } from '../../facts.ts'
import type { SurvivorChoice } from '../../index/survivors.ts'

/** A decision as far as a run needs it. */
export interface StoredDecision {
  id: string
  seq: number
  kind: DecisionKind
  parts: string[][]
  undone: boolean
}

/** In the order in which they were made, undone ones too. */
export function readDecisions(database: StateDatabase, identity: string): StoredDecision[] {
  return database
    .all<{ id: string; seq: number; kind: DecisionKind; parts: string; undone: number }>('SELECT id, seq, kind, parts, undone_at IS NOT NULL AS undone FROM identity_decisions WHERE identity = ? ORDER BY seq', identity)
    .map(({ id, seq, kind, parts, undone }) => ({ id, seq, kind, parts: JSON.parse(parts) as string[][], undone: undone === 1 }))
}

/** What decides about entities, and outranks the rules. */
export function factsOf(decisions: readonly StoredDecision[]): IdentityFact[] {
  return decisions.filter(({ kind }) => kind === 'link' || kind === 'split' || kind === 'never the same').map(({ id, seq, kind, parts, undone }) => ({ id, seq, parts, onlyApart: kind === 'never the same', undone }))
}

/** What decides about links only. */
export function survivorsOf(decisions: readonly StoredDecision[]): SurvivorChoice[] {
  return decisions.flatMap(({ kind, seq, parts, undone }) => {
    const [[chosen] = [], among = []] = parts
    return kind === 'survivor' && !undone && chosen !== undefined ? [{ seq, chosen, among }] : []
  })
}

/** Marks the decisions that a later one contradicts, and only those. */
export function storeOverruled(database: StateDatabase, identity: string, overruled: readonly string[]): void {
  database.run('UPDATE identity_decisions SET overruled = id IN (SELECT value FROM json_each(?)) WHERE identity = ?', JSON.stringify(overruled), identity)
}
