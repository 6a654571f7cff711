import type { PairVerdict } from '../../../../contract/shapes.ts'
import { AppError } from '../../../../contract/errors.ts'
import type { StateDatabase } from '../../../storage/database.ts'

/** A pair that was drawn, as SQLite remembers it. */
export interface StoredPair {
  id: string
  place: number
  rule: string
  /** References of records. */
  one: string
  other: string
  verdict: PairVerdict | null
  by: string | null
}

/** Pairs that were drawn for judging; they stay, whatever becomes of their records. */
export class StoredPairs {
  private readonly database: StateDatabase

  constructor(database: StateDatabase) {
    this.database = database
  }

  /** In the order in which they were drawn. */
  all(identity: string): StoredPair[] {
    return this.database.all<StoredPair>('SELECT id, place, rule, one, other, verdict, by FROM identity_pairs WHERE identity = ? ORDER BY place', identity)
  }

  add(identity: string, { rulesVersion, at }: { rulesVersion: string; at: number }, pairs: readonly Omit<StoredPair, 'place' | 'verdict' | 'by'>[]): void {
    this.database.transaction(() => {
      const { place } = this.database.get<{ place: number }>('SELECT coalesce(max(place) + 1, 0) AS place FROM identity_pairs WHERE identity = ?', identity) ?? { place: 0 }
      pairs.forEach(({ id, rule, one, other }, nth) => {
        this.database.run('INSERT INTO identity_pairs (id, identity, place, rule, rules_version, one, other, drawn_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)', id, identity, place + nth, rule, rulesVersion, one, other, at)
      })
    })
  }

  /** A verdict may be changed, and taken back. */
  judge(identity: string, id: string, { verdict, by, at }: { verdict: PairVerdict | null; by: string; at: number }): void {
    const judged = verdict !== null
    const changed = this.database.run('UPDATE identity_pairs SET verdict = ?, by = ?, at = ? WHERE identity = ? AND id = ?', verdict, judged ? by : null, judged ? at : null, identity, id)
    if (changed === 0) throw new AppError('not-found', 'This pair was not drawn.', { field: 'pair', value: id, next: 'Open the sample again.' })
  }
}
