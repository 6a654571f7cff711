import { AppError } from '../../../contract/errors.ts'
import type { GuardFinding } from '../../../contract/shapes.ts'
import { appendAudit } from '../../audit/audit.ts'
import type { Actor, Session } from '../../session/session.ts'
import { plannedOf } from '../decide/counts.ts'
import { removalsToConfirm } from '../decide/guards.ts'
import type { PlanReader } from '../stored/plan-reader.ts'
import type { PlanStore, StoredPlan } from '../../plans/plan-store.ts'
import type { PlanValidity } from './plan-validity.ts'
import type { ReviewTotals } from '../stored/review-view.ts'
import { signedDecisions, whoDecided } from './signed-decisions.ts'

export interface Approval {
  planId: string
  planHash: string
  decisionHash: string
  approvedBy: string
  /** ISO instant. */
  at: string
}

/** Guards lifted, plans signed: what must be true before anything is sent (semantics §4). */
export class PlanApproval {
  private readonly session: Session
  private readonly store: PlanStore
  private readonly validity: PlanValidity
  private readonly openReader: (plan: StoredPlan) => Promise<PlanReader>

  constructor(session: Session, parts: { store: PlanStore; validity: PlanValidity; openReader: (plan: StoredPlan) => Promise<PlanReader> }) {
    this.session = session
    this.store = parts.store
    this.validity = parts.validity
    this.openReader = parts.openReader
  }

  /** Lets one plan pass a guard, with the reason; the audit keeps both. */
  lift(plan: StoredPlan, guard: string, reason: string, actor: Actor): void {
    const finding = plan.guards.find((one) => one.guard === guard)
    if (!finding) throw new AppError('not-found', `No guard “${guard}” stopped this plan.`, { value: guard, next: plan.guards.length === 0 ? 'No guard stopped it.' : `Guards: ${plan.guards.map((one) => one.guard).join(', ')}.` })
    this.session.database.transaction(() => {
      this.session.database.run('INSERT INTO guard_lifts (plan, guard, reason, by, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING', plan.id, guard, reason, actor.name, this.session.ports.clock.now())
      appendAudit(this.session, { kind: 'guard lifted', actor: actor.name, subject: plan.id, data: { guard, reason } })
      const left = plan.guards.filter((one) => one.count === undefined && !this.withLift(plan.id, one).lifted)
      if (left.length === 0 && plan.state === 'stopped by a guard') this.store.move(plan.id, ['stopped by a guard'], 'in review')
    })
  }

  /** Signs the plan with its answers and selection. Nothing may be open, and counts that must be typed are. */
  async approve(plan: StoredPlan, confirmCount: number | undefined, actor: Actor): Promise<Approval> {
    const invalid = await this.validity.whyInvalid(plan)
    if (invalid) throw new AppError(invalid.kind === 'expired' ? 'plan-expired' : 'plan-stale', invalid.because, { next: 'Make a new plan; your answers carry over where nothing changed.' })
    const totals = await (await this.openReader(plan)).totals()
    const guards = this.guardsOf(plan, totals).filter((guard) => !guard.lifted)
    const stopping = guards.find((guard) => guard.count === undefined)
    if (stopping) throw new AppError('guard-stopped', stopping.message, { next: stopping.next, field: stopping.guard })
    if (totals.openConflicts > 0) {
      throw new AppError('answers-missing', `${counted(totals.openConflicts, 'conflict has', 'conflicts have')} no answer yet.`, { next: 'Answer each; “skip for now” is an answer too.' })
    }
    const typed = guards.find((guard) => guard.count !== undefined)
    // The number of all changes is what the button says, so it counts as well.
    if (typed?.count !== undefined && ![typed.count, plannedOf(plan.counts), totals.willSend].some((count) => count === confirmCount)) {
      throw new AppError('confirmation-missing', typed.message, { field: typed.guard, next: confirmCount === undefined ? `Confirm by typing the number ${typed.count}.` : `The number to type is ${typed.count}, not ${confirmCount}.`, value: String(typed.count) })
    }
    const at = this.session.ports.clock.now()
    const signed = this.decisionHash(plan)
    this.session.database.transaction(() => {
      this.session.database.run(
        `INSERT INTO approvals (plan, plan_hash, decision_hash, approved_by, at, confirmed_count) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (plan) DO UPDATE SET decision_hash = excluded.decision_hash, approved_by = excluded.approved_by, at = excluded.at, confirmed_count = excluded.confirmed_count`,
        plan.id, plan.planHash, signed, actor.name, at, confirmCount ?? null,
      )
      this.store.move(plan.id, ['in review', 'approved'], 'approved')
      appendAudit(this.session, {
        kind: 'plan approved',
        actor: actor.name,
        subject: plan.id,
        data: {
          activation: plan.activation,
          planHash: plan.planHash,
          decisionHash: signed,
          decidedBy: whoDecided(this.session.database, plan.id),
          willSend: totals.willSend,
          ...(confirmCount === undefined ? {} : { confirmed: confirmCount }),
        },
      })
    })
    return { planId: plan.id, planHash: plan.planHash, decisionHash: signed, approvedBy: actor.name, at: new Date(at).toISOString() }
  }

  /** The signature of a plan, if it has one. */
  of(planId: string): { approved_by: string; at: number; decision_hash: string } | undefined {
    return this.session.database.get('SELECT approved_by, at, decision_hash FROM approvals WHERE plan = ?', planId)
  }

  /** Over planHash, the ordered answers and the selection (semantics §4). */
  decisionHash(plan: StoredPlan): string {
    return signedDecisions(this.session.database, plan.id, plan.planHash)
  }

  /** What guards a plan as it is answered and selected now, with what was lifted. */
  guardsOf(plan: StoredPlan, { removing }: Pick<ReviewTotals, 'removing'>): GuardFinding[] {
    return [...plan.guards.map((guard) => this.withLift(plan.id, guard)), ...removalsToConfirm(removing, plan.guards)]
  }

  /** A guard's finding with the lift that somebody gave it. */
  private withLift(planId: string, guard: GuardFinding): GuardFinding {
    const lift = this.session.database.get<{ reason: string; by: string; at: number }>('SELECT reason, by, at FROM guard_lifts WHERE plan = ? AND guard = ?', planId, guard.guard)
    return lift ? { ...guard, lifted: { reason: lift.reason, by: lift.by, at: new Date(lift.at).toISOString() } } : guard
  }
}

function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`
}
