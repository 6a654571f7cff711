import { AppError } from '../../../contract/errors.ts'
import type { HandOver } from '../../../contract/shapes.ts'
import { appendAudit } from '../../audit/audit.ts'
import type { Actor, Session } from '../../session/session.ts'
import type { PlanApproval } from './plan-approval.ts'
import type { StoredPlan } from '../../plans/plan-store.ts'
import type { PlanValidity } from './plan-validity.ts'

/** How long a plan stays valid once it is in somebody else's hands (semantics §4). */
export const handOverMs = 7 * 24 * 60 * 60_000

interface HandOverRow {
  given_by: string
  given_to: string
  reason: string | null
  at: number
  decision_hash: string
}

/** Plans that one person reviewed and another approves and applies. */
export class HandOvers {
  private readonly session: Session
  private readonly approval: PlanApproval
  private readonly validity: PlanValidity

  constructor(session: Session, parts: { approval: PlanApproval; validity: PlanValidity }) {
    this.session = session
    this.approval = parts.approval
    this.validity = parts.validity
  }

  /** Signs what was reviewed and gives it on; from now the plan stays valid for seven days. */
  async give(plan: StoredPlan, request: { to: string; reason?: string }, actor: Actor): Promise<void> {
    const to = request.to.trim()
    if (to.toLocaleLowerCase() === actor.name.toLocaleLowerCase()) throw new AppError('bad-input', 'A plan is handed over to somebody else.', { field: 'to', value: to, next: 'Name another person, or apply the plan yourself.' })
    const invalid = await this.validity.whyInvalid(plan)
    if (invalid) throw new AppError(invalid.kind === 'expired' ? 'plan-expired' : 'plan-stale', invalid.because, { next: 'Make a new plan; your answers carry over where nothing changed.' })
    const { database, ports } = this.session
    const at = ports.clock.now()
    const reason = request.reason?.trim() || null
    const signed = this.approval.decisionHash(plan)
    database.transaction(() => {
      database.run(
        `INSERT INTO hand_overs (plan, given_by, given_to, reason, at, decision_hash) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (plan) DO UPDATE SET given_by = excluded.given_by, given_to = excluded.given_to, reason = excluded.reason, at = excluded.at, decision_hash = excluded.decision_hash`,
        plan.id, actor.name, to, reason, at, signed,
      )
      database.run('UPDATE plans SET expires_at = max(expires_at, ?), opened_at = coalesce(opened_at, ?) WHERE id = ?', at + handOverMs, at, plan.id)
      appendAudit(this.session, { kind: 'plan handed over', actor: actor.name, subject: plan.id, data: { activation: plan.activation, to, ...(reason === null ? {} : { reason }), planHash: plan.planHash, decisionHash: signed } })
    })
  }

  /** In whose hands the plan is, and whether it is still as it was handed over. */
  of(plan: StoredPlan): HandOver | undefined {
    const row = this.session.database.get<HandOverRow>('SELECT given_by, given_to, reason, at, decision_hash FROM hand_overs WHERE plan = ?', plan.id)
    return row && { by: row.given_by, to: row.given_to, ...(row.reason === null ? {} : { reason: row.reason }), at: new Date(row.at).toISOString(), changed: row.decision_hash !== this.approval.decisionHash(plan) }
  }
}
