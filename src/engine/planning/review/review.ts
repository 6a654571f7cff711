import type { PolicyDefinition } from '../../../contract/definitions.ts'
import { AppError } from '../../../contract/errors.ts'
import type { ReviewScope } from '../../../contract/shapes.ts'
import { appendAudit } from '../../audit/audit.ts'
import type { Actor, Session } from '../../session/session.ts'
import { rawText } from '../../values/json.ts'
import { answersToCarry } from './carried-answers.ts'
import type { PlanReader } from '../stored/plan-reader.ts'
import type { OpenField } from '../stored/review-view.ts'
import type { Decision } from './decision.ts'

/** Answers and selections of one plan. Any change voids its approval (semantics §4). */
export class Review {
  private readonly session: Session
  private readonly reader: PlanReader
  private readonly planId: string

  constructor(session: Session, reader: PlanReader) {
    this.session = session
    this.reader = reader
    this.planId = reader.planId
  }

  /** Answers every conflict in the scope; returns how many fields and records that was. */
  async resolve(scope: ReviewScope, decision: Decision, actor: Actor): Promise<{ answered: number; records: number }> {
    const fields = await this.reader.review.conflictsIn(scope)
    const keys = [...new Set(fields.map((field) => field.record))]
    const records = keys.length
    if (fields.length === 0) return { answered: 0, records: 0 }
    const { database, ports } = this.session
    database.transaction(() => {
      this.storeAnswers(fields, decision, actor)
      this.voidApproval()
      appendAudit(this.session, {
        kind: 'conflicts answered',
        actor: decision.policy === undefined ? actor.name : `policy ${decision.policy}`,
        subject: this.planId,
        data: { take: decision.take, fields: fields.length, records, ...(scope.field === undefined ? {} : { field: scope.field }), ...(typeof scope.changedBy === 'string' ? { changedBy: scope.changedBy } : {}), ...(decision.policy === undefined ? {} : { policy: decision.policy }) },
      })
    })
    ports.log.info('conflicts answered', { plan: this.planId, fields: fields.length })
    await this.reader.review.refresh(keys)
    return { answered: fields.length, records }
  }

  private storeAnswers(fields: OpenField[], decision: Decision, actor: Actor): void {
    const insert = this.session.database.sqlite.prepare(
      `INSERT INTO answers (plan, record, field, kind, value, d, a, reason, by, at, policy, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (plan, record, field) DO UPDATE SET kind = excluded.kind, value = excluded.value, d = excluded.d, a = excluded.a,
         reason = excluded.reason, by = excluded.by, at = excluded.at, policy = excluded.policy, expires_at = excluded.expires_at`,
    )
    const value = decision.value === undefined ? null : rawText(decision.value)
    const now = this.session.ports.clock.now()
    for (const field of fields) {
      insert.run(this.planId, field.record, field.field, decision.take, value, field.d, field.a, decision.reason ?? null, actor.name, now, decision.policy ?? null, decision.expiresAt ?? null)
    }
  }

  async unresolve(scope: ReviewScope, actor: Actor): Promise<void> {
    const fields = await this.reader.review.conflictsIn(scope)
    this.session.database.transaction(() => {
      const remove = this.session.database.sqlite.prepare('DELETE FROM answers WHERE plan = ? AND record = ? AND field = ?')
      let removed = 0
      for (const field of fields) removed += remove.run(this.planId, field.record, field.field).changes
      if (removed === 0) return
      this.voidApproval()
      appendAudit(this.session, { kind: 'answers taken back', actor: actor.name, subject: this.planId, data: { fields: removed } })
    })
    await this.reader.review.refresh([...new Set(fields.map((field) => field.record))])
  }

  /** Selects (or unselects) the records in the scope that are not preselected. */
  async select(scope: ReviewScope, selected: boolean, actor: Actor, policy?: string): Promise<number> {
    return this.storeSelection(await this.reader.review.selectableIn(scope), selected, actor, policy)
  }

  /** Leaves records with an open conflict out as a whole; each conflict gets "skip for now" as its answer. */
  async skipOpenRecords(reason: string, actor: Actor): Promise<number> {
    const scope: ReviewScope = { all: true, openOnly: true }
    const records = [...new Set((await this.reader.review.conflictsIn(scope)).map((field) => field.record))]
    await this.resolve(scope, { take: 'skip', reason }, actor)
    return this.storeSelection(records, false, actor)
  }

  private async storeSelection(records: string[], selected: boolean, actor: Actor, policy?: string): Promise<number> {
    if (records.length === 0) return 0
    this.session.database.transaction(() => {
      const insert = this.session.database.sqlite.prepare(
        'INSERT INTO selections (plan, record, selected, by, at, policy) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (plan, record) DO UPDATE SET selected = excluded.selected, by = excluded.by, at = excluded.at, policy = excluded.policy',
      )
      for (const record of records) insert.run(this.planId, record, selected ? 1 : 0, actor.name, this.session.ports.clock.now(), policy ?? null)
      this.voidApproval()
      appendAudit(this.session, { kind: selected ? 'rows selected' : 'rows unselected', actor: policy === undefined ? actor.name : `policy ${policy}`, subject: this.planId, data: { records: records.length } })
    })
    await this.reader.review.refresh(records)
    return records.length
  }

  /** Lets one saved policy answer or select what it covers and nobody has answered yet. */
  async applyPolicy(id: string, policy: PolicyDefinition): Promise<number> {
    const { field, editor, changedBy } = policy
    const narrowing = { ...(field === undefined ? {} : { field }), ...(editor === undefined ? {} : { editor }), ...(changedBy === undefined ? {} : { changedBy }) }
    const scope: ReviewScope = { ...(Object.keys(narrowing).length === 0 ? { all: true } : narrowing), openOnly: true }
    const actor = { name: policy.owner ?? `policy ${id}` }
    if (policy.take === 'select') return this.select({ ...scope, openOnly: false }, true, actor, id)
    const { answered } = await this.resolve(scope, { take: policy.take, policy: id, ...(policy.reason === undefined ? {} : { reason: policy.reason }) }, actor)
    return answered
  }

  /** Gives the answers of earlier plans to the same questions of this one, with who gave them and why. */
  async carryAnswers(activation: string): Promise<number> {
    const { database, ports } = this.session
    const answers = answersToCarry(database, { activation, plan: this.planId, now: ports.clock.now() }, await this.reader.review.conflictsIn({ all: true }))
    if (answers.length === 0) return 0
    database.transaction(() => {
      for (const { question, decision, by } of answers) this.storeAnswers([question], decision, { name: by })
    })
    await this.reader.review.refresh()
    return answers.length
  }

  private voidApproval(): void {
    this.session.database.sqlite.prepare('DELETE FROM approvals WHERE plan = ?').run(this.planId)
    this.session.database.sqlite.prepare("UPDATE plans SET state = 'in review' WHERE id = ? AND state = 'approved'").run(this.planId)
  }
}

/** Exactly one scope: everything, or a field and/or a record. */
export function assertOneScope(scope: ReviewScope): void {
  // The rest narrows either of them; by itself it narrows everything.
  const named = scope.field !== undefined || scope.record !== undefined
  const { all: _, openOnly: __, ...narrowing } = scope
  const narrowed = Object.values(narrowing).some((value) => value !== undefined)
  if (scope.all === true && named) throw new AppError('bad-usage', 'Two scopes were given: everything, and a part.', { field: 'scope', next: 'Name either everything, or a field, a record or both.' })
  if (scope.all !== true && !narrowed) throw new AppError('bad-usage', 'No scope was given.', { field: 'scope', next: 'Name everything, or a field, a record or both.' })
}
