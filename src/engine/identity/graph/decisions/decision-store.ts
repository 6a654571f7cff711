import type { DecisionKind, IdentityDecision } from '../../../../contract/shapes.ts'
import { AppError } from '../../../../contract/errors.ts'
import type { StateDatabase } from '../../../storage/database.ts'

/** A decision with everything that is remembered of it. */
export interface KeptDecision extends Omit<IdentityDecision, 'settled'> {
  seq: number
  /** fix at source: keyed hash of the value that is to be corrected. */
  fingerprint: string | null
}

interface Row {
  id: string
  seq: number
  kind: DecisionKind
  parts: string
  column_name: string | null
  record_fingerprint: string | null
  reason: string
  by: string
  at: number
  undone_by: string | null
  undone_at: number | null
  undo_reason: string | null
  overruled: number
}

const columns = 'id, seq, kind, parts, column_name, record_fingerprint, reason, by, at, undone_by, undone_at, undo_reason, overruled'

/** Decisions of people as SQLite remembers them; none is ever removed. */
export class DecisionStore {
  private readonly database: StateDatabase

  constructor(database: StateDatabase) {
    this.database = database
  }

  /** The newest first, undone ones too. */
  list(identity: string, { offset, limit }: { offset: number; limit: number }): { total: number; decisions: KeptDecision[] } {
    const counted = this.database.get<{ total: number }>('SELECT count(*) AS total FROM identity_decisions WHERE identity = ?', identity)
    const rows = this.database.all<Row>(`SELECT ${columns} FROM identity_decisions WHERE identity = ? ORDER BY seq DESC LIMIT ? OFFSET ?`, identity, limit, offset)
    return { total: counted?.total ?? 0, decisions: rows.map(kept) }
  }

  /** In the order in which they were made. */
  all(identity: string): KeptDecision[] {
    return this.database.all<Row>(`SELECT ${columns} FROM identity_decisions WHERE identity = ? ORDER BY seq`, identity).map(kept)
  }

  /** By id, or by the beginning of one that only one decision has. */
  find(identity: string, prefix: string): KeptDecision {
    const [found, second] = this.database.all<Row>(`SELECT ${columns} FROM identity_decisions WHERE identity = ? AND substr(id, 1, length(?)) = ? ORDER BY id <> ?, id LIMIT 2`, identity, prefix, prefix, prefix)
    if (!found) throw new AppError('not-found', `There is no decision '${prefix}'.`, { field: 'decision', value: prefix, next: 'The page of a person lists the decisions about them.' })
    if (second && found.id !== prefix) throw new AppError('bad-input', `Several decisions begin with '${prefix}'.`, { field: 'decision', value: prefix, next: 'Give more of its id.' })
    return kept(found)
  }

  add(identity: string, { id, seq, kind, parts, column, fingerprint, reason, by, at }: Omit<KeptDecision, 'overruled' | 'undone'>): void {
    this.database.run(
      'INSERT INTO identity_decisions (id, identity, seq, kind, parts, column_name, record_fingerprint, reason, by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      id,
      identity,
      seq,
      kind,
      JSON.stringify(parts),
      column ?? null,
      fingerprint,
      reason,
      by,
      Date.parse(at),
    )
  }

  undo(id: string, { by, at, reason }: NonNullable<IdentityDecision['undone']>): void {
    this.database.change('UPDATE identity_decisions SET undone_by = ?, undone_at = ?, undo_reason = ? WHERE id = ? AND undone_at IS NULL', by, Date.parse(at), reason, id)
  }

  nextSeq(): number {
    return (this.database.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM identity_decisions')?.seq ?? 0) + 1
  }
}

function kept({ id, seq, kind, parts, column_name, record_fingerprint, reason, by, at, undone_by, undone_at, undo_reason, overruled }: Row): KeptDecision {
  return {
    id,
    seq,
    kind,
    parts: JSON.parse(parts) as string[][],
    ...(column_name === null ? {} : { column: column_name }),
    fingerprint: record_fingerprint,
    reason,
    by,
    at: new Date(at).toISOString(),
    ...(undone_at === null ? {} : { undone: { by: undone_by ?? '', at: new Date(undone_at).toISOString(), reason: undo_reason ?? '' } }),
    overruled: overruled === 1,
  }
}
