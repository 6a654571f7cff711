import { AppError } from '../../../contract/errors.ts'
import type { LastingDecisions } from '../../../contract/shapes.ts'
import { appendAudit } from '../../audit/audit.ts'
import type { Actor, Session } from '../../session/session.ts'
import { parseRaw } from '../../values/json.ts'

/** So many of each are listed; how many there are is told. */
const most = 500

/** Values pinned by hand that still hold, and edits of others that a person decided to keep; the newest first. */
export function lastingDecisions({ database, ports }: Pick<Session, 'database' | 'ports'>): LastingDecisions {
  const now = ports.clock.now()
  const holds = 'FROM overrides WHERE expires_at IS NULL OR expires_at > ?'
  const pinned = database.all<{ activation: string; record: string; field: string; value: string; reason: string; owner: string; at: number; expires_at: number | null }>(`SELECT * ${holds} ORDER BY at DESC, record, field LIMIT ${most}`, now)
  const kept = "FROM standing_answers WHERE kind = 'keep'"
  const standing = database.all<{ connection: string; object: string; remote_id: string; field: string; by: string; at: number }>(`SELECT connection, object, remote_id, field, by, at ${kept} ORDER BY at DESC, remote_id, field LIMIT ${most}`)
  const count = (sql: string, ...values: number[]): number => database.get<{ total: number }>(`SELECT count(*) AS total ${sql}`, ...values)?.total ?? 0
  return {
    overrides: pinned.map(({ activation, record, field, value, reason, owner, at, expires_at: expires }) => ({
      activation, record, field, value: parseRaw(value), reason, owner, at: iso(at), ...(expires === null ? {} : { expiresAt: iso(expires) }),
    })),
    overridesTotal: count(holds, now),
    kept: standing.map(({ connection, object, remote_id: remoteId, field, by, at }) => ({ connection, object, remoteId, field, by, at: iso(at) })),
    keptTotal: count(kept),
  }
}

/** From now on the warehouse's value counts again; the next plan says what that changes. */
export function endOverride(session: Session, place: { activation: string; record: string; field: string }, actor: Actor): void {
  const { activation, record, field } = place
  session.database.transaction(() => {
    if (session.database.run('DELETE FROM overrides WHERE activation = ? AND record = ? AND field = ?', activation, record, field) === 0) throw gone()
    appendAudit(session, { kind: 'override ended', actor: actor.name, subject: activation, data: { activation, field } })
  })
}

/** The value that was kept is a conflict again in the next plan. */
export function endKept(session: Session, place: { connection: string; object: string; remoteId: string; field: string }, actor: Actor): void {
  const { connection, object, remoteId, field } = place
  session.database.transaction(() => {
    if (session.database.run("DELETE FROM standing_answers WHERE connection = ? AND object = ? AND remote_id = ? AND field = ? AND kind = 'keep'", connection, object, remoteId, field) === 0) throw gone()
    appendAudit(session, { kind: 'kept value ended', actor: actor.name, subject: `${connection}/${object}`, data: { field } })
  })
}

function gone(): AppError {
  return new AppError('not-found', 'That does not hold any more.', { next: 'Look at the list again.' })
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
