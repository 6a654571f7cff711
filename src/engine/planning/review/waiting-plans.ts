import { AppError } from '../../../contract/errors.ts'
import type { Session } from '../../session/session.ts'
import type { StoredPlan } from '../../plans/plan-store.ts'
import type { PlanStore } from '../../plans/plan-store.ts'
import type { PlanReader } from '../stored/plan-reader.ts'
import type { PlanValidity } from './plan-validity.ts'
import type { KeptRecords, ReviewTotals } from '../stored/review-view.ts'

/** What keeps a plan that nobody applied from waiting for anybody. */
export type Resting = 'stale' | 'nothing to send' | undefined

export interface OpenPlan {
  plan: StoredPlan
  /** Absent where the plan is out of date, or its rows are not kept any more. */
  totals: ReviewTotals | undefined
  resting: Resting
}

/**
 * Which plans wait for a person: in review, approved or held by a guard, valid, not put away, without a newer one in
 * their place, and with something that would be sent or asked.
 */
export class WaitingPlans {
  private readonly session: Session
  private readonly store: PlanStore
  private readonly validity: PlanValidity
  private readonly openReader: (plan: StoredPlan) => Promise<PlanReader>
  /** Of plans as they are answered and selected now; each costs opening its files. */
  private readonly known = new Map<string, ReviewTotals>()

  private readonly kept = new Map<string, KeptRecords>()

  constructor(session: Session, parts: { store: PlanStore; validity: PlanValidity; openReader: (plan: StoredPlan) => Promise<PlanReader> }) {
    this.session = session
    this.store = parts.store
    this.validity = parts.validity
    this.openReader = parts.openReader
  }

  /** The newest first. */
  async waiting(): Promise<(OpenPlan & { totals: ReviewTotals })[]> {
    return (await this.open()).flatMap((one) => (one.totals === undefined || one.resting !== undefined ? [] : [{ ...one, totals: one.totals }]))
  }

  /** All that could wait by what is stored of them, with what else keeps them from it. */
  async open(): Promise<OpenPlan[]> {
    const found: OpenPlan[] = []
    for (const plan of this.store.open(this.session.ports.clock.now())) found.push(await this.look(plan))
    return found
  }

  private async look(plan: StoredPlan): Promise<OpenPlan> {
    try {
      if (await this.validity.whyInvalid(plan)) return { plan, totals: undefined, resting: 'stale' }
      const totals = await this.totalsOf(plan)
      const asks = plan.state === 'stopped by a guard' || totals.willSend > 0 || totals.openConflicts > 0
      return { plan, totals, resting: asks ? undefined : 'nothing to send' }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return { plan, totals: undefined, resting: 'stale' }
    }
  }

  private async totalsOf(plan: StoredPlan): Promise<ReviewTotals> {
    const known = this.known.get(plan.id)
    if (known) return known
    const totals = await (await this.openReader(plan)).totals()
    this.known.set(plan.id, totals)
    return totals
  }

  /** Of which of its records an answer keeps a value; none where its rows are not kept any more. */
  async keptIn(plan: StoredPlan): Promise<KeptRecords> {
    const known = this.kept.get(plan.id)
    if (known) return known
    let found: KeptRecords = { unchanged: { kept: 0, overridden: 0 }, updates: [] }
    try {
      found = await (await this.openReader(plan)).review.keptRecords(plan)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
    }
    this.kept.set(plan.id, found)
    return found
  }

  /** Answers or the selection of a plan changed. */
  changed(planId: string): void {
    this.known.delete(planId)
  }
}
