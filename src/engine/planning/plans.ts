import { AppError } from '../../contract/errors.ts'
import type { GuardFinding, PlanDetail, PlanFilter, PlanSummary, ReviewScope } from '../../contract/shapes.ts'
import type { AnswerKind, PlanState, Raw } from '../../contract/states.ts'
import { appendAudit } from '../audit/audit.ts'
import type { Actor, Session } from '../session.ts'
import { saveDefinition } from '../workspace/save-definition.ts'
import { pinnedDefinitions } from '../workspace/activation-parts.ts'
import { canonicalise } from '../values/canonical.ts'
import { buildPlan, type PlanRequest } from './build-plan.ts'
import { plannedOf } from './counts.ts'
import { decisionHash } from './plan-hash.ts'
import { PlanReader, type PageQuery } from './plan-reader.ts'
import { PlanStore, type StoredPlan, toSummary } from './plan-store.ts'
import { schemaHashOf } from './prepare.ts'
import { assertOneScope, Review } from './review.ts'

const day = 24 * 60 * 60_000
/** How long a pinned value holds when nobody says otherwise: an override always ends. */
const overrideDays = 90
/** Plans kept open for reading; each is a small DuckDB over its files. */
const openReaders = 4

export interface ResolveRequest {
  scope: ReviewScope
  take: AnswerKind
  value?: string
  reason?: string
  expires?: string
  previewOnly: boolean
}

/** Plans of one workspace: made, read, reviewed, approved. */
export class Plans {
  private readonly session: Session
  readonly store: PlanStore
  private readonly readers = new Map<string, Promise<PlanReader>>()

  constructor(session: Session) {
    this.session = session
    this.store = new PlanStore(session.database)
  }

  /** Builds a plan, then lets saved policies and earlier answers speak. */
  async create(request: PlanRequest, actor: Actor, signal?: AbortSignal): Promise<PlanDetail> {
    try {
      const plan = await buildPlan(this.session, request, actor, signal)
      return await this.afterStored(plan)
    } finally {
      this.session.emit({ topic: 'planning', activation: request.activation, phase: 'Done', done: 0, over: true })
    }
  }

  async afterStored(plan: StoredPlan): Promise<PlanDetail> {
    const review = await this.review(plan)
    await review.carryAnswers(plan.activation)
    const workspace = await this.session.workspace()
    for (const policy of workspace.definitions.policy.values()) {
      if (policy.value.activation === plan.activation) await review.applyPolicy(policy.id, policy.value)
    }
    this.changed(plan)
    return this.detail(plan.id)
  }

  list(activation: string | undefined, limit: number): PlanSummary[] {
    const now = this.session.ports.clock.now()
    return this.store.list(activation, limit).map((plan) => ({ ...toSummary(plan), ...(plan.state !== 'applied' && plan.state !== 'applying' && plan.expiresAt <= now ? { state: 'expired' as const } : {}) }))
  }

  /** A person opens the plan: from then on it stays valid for a day. */
  async open(prefix: string): Promise<PlanDetail> {
    this.opened(this.store.find(prefix))
    return this.detail(prefix)
  }

  async detail(prefix: string): Promise<PlanDetail> {
    const plan = this.store.find(prefix)
    const reader = await this.reader(plan)
    const totals = await reader.totals()
    const approval = this.approval(plan.id)
    const run = this.session.database.get<{ id: string; state: 'approved' | 'applying' | 'verifying' | 'done' | 'stopped' | 'failed' }>('SELECT id, state FROM runs WHERE plan = ?', plan.id)
    const invalid = run ? undefined : await this.whyInvalid(plan)
    return {
      ...toSummary(plan),
      state: invalid && plan.state !== 'applied' && plan.state !== 'applying' ? invalid.kind : plan.state,
      ...(plan.header.segmentName === undefined ? {} : { segmentName: plan.header.segmentName }),
      guards: plan.guards.map((guard) => this.withLift(plan.id, guard)),
      openConflicts: totals.openConflicts,
      unselected: totals.unselected,
      willSend: totals.willSend,
      willSkip: totals.willSkip,
      definitions: plan.header.definitions,
      ...(approval ? { approval: { approvedBy: approval.approved_by, at: new Date(approval.at).toISOString(), decisionHash: approval.decision_hash } } : {}),
      ...(run ? { run: { runId: run.id, state: run.state } } : {}),
      ...(invalid ? { stale: invalid.because } : {}),
    }
  }

  /** Opening a plan for review keeps it valid for a day (semantics §4). */
  opened(plan: StoredPlan): void {
    if (plan.openedAt !== null) return
    const now = this.session.ports.clock.now()
    if (plan.expiresAt > now) this.store.opened(plan.id, now, now + day)
  }

  async fieldRows(prefix: string, query: PageQuery & { filter: PlanFilter; field?: string }): ReturnType<PlanReader['fieldRows']> {
    const plan = this.store.find(prefix)
    return (await this.reader(plan)).fieldRows(query, labelsOf(plan))
  }

  async recordRows(prefix: string, query: PageQuery & { filter: PlanFilter; cause?: string }): ReturnType<PlanReader['recordRows']> {
    return (await this.reader(this.store.find(prefix))).recordRows(query)
  }

  async record(prefix: string, key: string): Promise<NonNullable<Awaited<ReturnType<PlanReader['record']>>>> {
    const plan = this.store.find(prefix)
    const record = await (await this.reader(plan)).record(key, labelsOf(plan))
    if (!record) throw new AppError('not-found', `The plan changes nothing for ${key}.`, { value: key, next: 'Its row is unchanged, or it is not in the audience.' })
    return record
  }

  async resolve(prefix: string, request: ResolveRequest, actor: Actor): Promise<{ planId: string; answered: number; open: number; records: number }> {
    assertOneScope(request.scope)
    const plan = this.openPlan(prefix)
    const reader = await this.reader(plan)
    const review = new Review(this.session, reader)
    const fields = await reader.conflictsIn(request.scope)
    if (request.previewOnly) return { planId: plan.id, answered: fields.length, records: new Set(fields.map((field) => field.record)).size, open: (await reader.totals()).openConflicts }
    if (fields.length === 0 && request.scope.all !== true) this.refuseUnknown(plan, request.scope)
    const expiresAt = expiryOf(request.expires) ?? (request.take === 'value' ? this.session.ports.clock.now() + overrideDays * day : undefined)
    const value = request.take === 'value' ? await this.pinnedValue(plan, request, fields.map(({ field }) => field)) : undefined
    const { answered, records } = await review.resolve(
      request.scope,
      { take: request.take, ...(value === undefined ? {} : { value }), ...(request.reason === undefined ? {} : { reason: request.reason }), ...(expiresAt === undefined ? {} : { expiresAt }) },
      actor,
    )
    this.changed(plan)
    return { planId: plan.id, answered, records, open: (await reader.totals()).openConflicts }
  }

  async unresolve(prefix: string, scope: ReviewScope, actor: Actor): Promise<{ planId: string; open: number }> {
    assertOneScope(scope)
    const plan = this.openPlan(prefix)
    const reader = await this.reader(plan)
    await new Review(this.session, reader).unresolve(scope, actor)
    this.changed(plan)
    return { planId: plan.id, open: (await reader.totals()).openConflicts }
  }

  async select(prefix: string, scope: ReviewScope, selected: boolean, previewOnly: boolean, actor: Actor): Promise<{ planId: string; selected: number; unselected: number }> {
    assertOneScope(scope)
    const plan = this.openPlan(prefix)
    const reader = await this.reader(plan)
    if (previewOnly) return { planId: plan.id, selected: (await reader.selectableIn(scope)).length, unselected: (await reader.totals()).unselected }
    const count = await new Review(this.session, reader).select(scope, selected, actor)
    this.changed(plan)
    return { planId: plan.id, selected: count, unselected: (await reader.totals()).unselected }
  }

  /** Writes a policy file beside the definitions and lets it answer this plan at once. */
  async savePolicy(prefix: string, policy: { name: string; field?: string; editor?: ReviewScope['editor']; take: 'warehouse' | 'destination' | 'skip' | 'select'; reason?: string }, actor: Actor): Promise<{ policy: string; answered: number; open: number }> {
    const plan = this.openPlan(prefix)
    const workspace = await this.session.workspace()
    const id = freeId(policy.name, new Set(workspace.definitions.policy.keys()))
    const value = { name: policy.name, activation: plan.activation, ...(policy.field === undefined ? {} : { field: policy.field }), ...(policy.editor === undefined ? {} : { editor: policy.editor }), take: policy.take, ...(policy.reason === undefined ? {} : { reason: policy.reason }), owner: actor.name }
    await saveDefinition({ folder: this.session.folder, files: this.session.ports.files, kind: 'policy', id, value })
    appendAudit(this.session, { kind: 'policy saved', actor: actor.name, subject: id, data: { name: policy.name, activation: plan.activation, take: policy.take } })
    const reader = await this.reader(plan)
    const answered = await new Review(this.session, reader).applyPolicy(id, value)
    // The plan already holds the policy's answers: adding the file does not make it stale.
    this.adoptPolicies(plan, await this.session.workspace())
    this.session.emit({ topic: 'workspace' })
    this.changed(plan)
    return { policy: id, answered, open: (await reader.totals()).openConflicts }
  }

  liftGuard(prefix: string, guard: string, reason: string, actor: Actor): Promise<PlanDetail> {
    const plan = this.openPlan(prefix)
    const finding = plan.guards.find((one) => one.guard === guard)
    if (!finding) throw new AppError('not-found', `No guard “${guard}” stopped this plan.`, { value: guard, next: plan.guards.length === 0 ? 'No guard stopped it.' : `Guards: ${plan.guards.map((one) => one.guard).join(', ')}.` })
    this.session.database.transaction(() => {
      this.session.database.run('INSERT INTO guard_lifts (plan, guard, reason, by, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING', plan.id, guard, reason, actor.name, this.session.ports.clock.now())
      appendAudit(this.session, { kind: 'guard lifted', actor: actor.name, subject: plan.id, data: { guard, reason } })
      const left = plan.guards.filter((one) => one.count === undefined && !this.withLift(plan.id, one).lifted)
      if (left.length === 0 && plan.state === 'stopped by a guard') this.store.move(plan.id, ['stopped by a guard'], 'in review')
    })
    this.changed(plan)
    return this.detail(plan.id)
  }

  /** Signs the plan with its answers and selection. Nothing may be open, and counts that must be typed are. */
  async approve(prefix: string, confirmCount: number | undefined, actor: Actor): Promise<{ planId: string; planHash: string; decisionHash: string; approvedBy: string; at: string }> {
    const plan = this.openPlan(prefix)
    const invalid = await this.whyInvalid(plan)
    if (invalid) throw new AppError(invalid.kind === 'expired' ? 'plan-expired' : 'plan-stale', invalid.because, { next: 'Make a new plan; your answers carry over where nothing changed.' })
    const guards = plan.guards.map((guard) => this.withLift(plan.id, guard)).filter((guard) => !guard.lifted)
    const stopping = guards.find((guard) => guard.count === undefined)
    if (stopping) throw new AppError('guard-stopped', stopping.message, { next: stopping.next, field: stopping.guard })
    const totals = await (await this.reader(plan)).totals()
    if (totals.openConflicts > 0) {
      throw new AppError('answers-missing', `${counted(totals.openConflicts, 'conflict has', 'conflicts have')} no answer yet.`, { next: 'Answer each; “skip for now” is an answer too.' })
    }
    const typed = guards.find((guard) => guard.count !== undefined)
    // The number of all changes is what the button says, so it counts as well.
    if (typed?.count !== undefined && confirmCount !== typed.count && confirmCount !== plannedOf(plan.counts)) {
      throw new AppError('confirmation-missing', typed.message, { field: typed.guard, next: confirmCount === undefined ? `Confirm by typing the number ${typed.count}.` : `The number to type is ${typed.count}, not ${confirmCount}.`, value: String(typed.count) })
    }
    const at = this.session.ports.clock.now()
    const decisionHash = this.decisionHash(plan)
    this.session.database.transaction(() => {
      this.session.database.run(
        `INSERT INTO approvals (plan, plan_hash, decision_hash, approved_by, at, confirmed_count) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (plan) DO UPDATE SET decision_hash = excluded.decision_hash, approved_by = excluded.approved_by, at = excluded.at, confirmed_count = excluded.confirmed_count`,
        plan.id, plan.planHash, decisionHash, actor.name, at, confirmCount ?? null,
      )
      this.store.move(plan.id, ['in review', 'approved'], 'approved')
      appendAudit(this.session, { kind: 'plan approved', actor: actor.name, subject: plan.id, data: { activation: plan.activation, planHash: plan.planHash, decisionHash, willSend: totals.willSend } })
    })
    this.changed(plan)
    return { planId: plan.id, planHash: plan.planHash, decisionHash, approvedBy: actor.name, at: new Date(at).toISOString() }
  }

  approval(planId: string): { approved_by: string; at: number; decision_hash: string } | undefined {
    return this.session.database.get('SELECT approved_by, at, decision_hash FROM approvals WHERE plan = ?', planId)
  }

  /** Over planHash, the ordered answers and the selection (semantics §4). */
  decisionHash(plan: StoredPlan): string {
    const answers = this.session.database.all<{ record: string; field: string; kind: AnswerKind; value: string | null; reason: string | null; expires_at: number | null }>('SELECT record, field, kind, value, reason, expires_at FROM answers WHERE plan = ? ORDER BY record, field', plan.id)
    const selections = this.session.database.all<{ record: string; selected: number }>('SELECT record, selected FROM selections WHERE plan = ? ORDER BY record', plan.id)
    return decisionHash(
      plan.planHash,
      answers.map(({ value, reason, expires_at: expiresAt, ...answer }) => ({ ...answer, ...(value === null ? {} : { value: JSON.parse(value) as Raw }), ...(reason === null ? {} : { reason }), ...(expiresAt === null ? {} : { expiresAt }) })),
      selections.map(({ record, selected }) => ({ record, selected: selected === 1 })),
    )
  }

  /** Why the plan may not be applied any more, if so. */
  async whyInvalid(plan: StoredPlan): Promise<{ kind: 'stale' | 'expired'; because: string } | undefined> {
    if (plan.expiresAt <= this.session.ports.clock.now()) return { kind: 'expired', because: `The plan was valid until ${new Date(plan.expiresAt).toISOString().slice(0, 16).replace('T', ' ')} UTC.` }
    const changed = await this.changedDefinition(plan)
    if (changed !== undefined) return { kind: 'stale', because: changed }
    return this.movedBase(plan)
  }

  private async changedDefinition(plan: StoredPlan): Promise<string | undefined> {
    // A way back depends on what the run did, not on what the definitions say now.
    if (plan.kind === 'revert') return undefined
    const workspace = await this.session.workspace()
    let now: Map<string, string>
    try {
      now = new Map(pinnedDefinitions(workspace, plan.activation).map((definition) => [`${definition.kind} ${definition.id}`, definition.hash]))
    } catch {
      return 'A definition that the plan was made from is missing or cannot be read any more.'
    }
    const then = new Map(plan.header.definitions.map((definition) => [`${definition.kind} ${definition.id}`, definition.hash]))
    const policies = this.adoptedPolicies(plan.id)
    for (const [name, hash] of now) {
      if (then.get(name) !== hash && policies.get(name) !== hash) return `The ${name} changed since the plan was made.`
    }
    for (const name of then.keys()) if (!now.has(name)) return `The ${name} is not used any more.`
    return undefined
  }

  /** A later run of the activation has written records that this plan would write. Other activations own other fields. */
  private async movedBase(plan: StoredPlan): Promise<{ kind: 'stale'; because: string } | undefined> {
    const runs = this.session.database.all<{ id: string }>('SELECT r.id FROM runs r, plans p WHERE p.id = ? AND r.activation = p.activation AND r.plan <> p.id AND r.number > p.number', plan.id)
    if (runs.length === 0) return undefined
    const reader = await this.reader(plan)
    for (const { id } of runs) {
      const written = this.session.database.sqlite.prepare<[string], [string]>("SELECT record FROM journal WHERE run = ? AND state = 'delivered'").raw().iterate(id) as Iterable<[string]>
      if (await reader.plansAny(written)) return { kind: 'stale', because: 'A later run has changed records of this plan.' }
    }
    return undefined
  }

  /** Whether the destination's fields are still those the plan was made for; asked once, before apply. */
  async schemaChanged(plan: StoredPlan): Promise<boolean> {
    const connected = await this.session.connect(plan.connection)
    await connected.discover({ refresh: true })
    return schemaHashOf(await connected.object(plan.object)) !== plan.header.schemaHash
  }

  private adoptPolicies(plan: StoredPlan, workspace: Awaited<ReturnType<Session['workspace']>>): void {
    for (const policy of workspace.definitions.policy.values()) {
      if (policy.value.activation !== plan.activation) continue
      this.session.database.run('INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value', `plan ${plan.id} policy ${policy.id}`, policy.hash)
    }
  }

  private adoptedPolicies(planId: string): Map<string, string> {
    const prefix = `plan ${planId} `
    const rows = this.session.database.all<{ key: string; value: string }>('SELECT key, value FROM meta WHERE key >= ? AND key < ?', prefix, `${prefix}\u007f`)
    return new Map(rows.map(({ key, value }) => [key.slice(prefix.length), value]))
  }

  private async pinnedValue(plan: StoredPlan, request: ResolveRequest, fields: string[]): Promise<Raw> {
    if (request.value === undefined) throw new AppError('bad-usage', 'No value was given.', { field: 'value', next: 'Give --value V.' })
    if (request.reason === undefined) throw new AppError('bad-usage', 'A value pinned by hand needs a reason.', { field: 'reason', next: 'Give --reason R.' })
    const names = [...new Set(fields)]
    if (names.length > 1) throw new AppError('bad-usage', `One value cannot answer ${names.length} different fields.`, { field: 'scope', next: 'Give --field too.' })
    const connected = await this.session.connect(plan.connection)
    const field = (await connected.object(plan.object)).fields.find((one) => one.name === names[0])
    if (!field) throw new AppError('field-unknown', 'There is no such field in this plan.', { field: 'field', value: request.scope.field ?? '' })
    const canonical = canonicalise(field.type, request.value, field.precision === undefined ? {} : { precision: field.precision })
    if (!canonical.ok) throw new AppError('bad-input', `${field.label}: ${canonical.message}.`, { field: field.name, value: request.value, next: `Give a value of type ${field.type}.` })
    const encoded = connected.encode(field, canonical.value)
    const listed = field.options?.map((option) => option.value)
    if (!encoded.ok) throw new AppError('bad-input', encoded.message, { field: field.name, value: request.value, ...(listed ? { next: `It takes: ${listed.join(', ')}.` } : {}) })
    if (listed && canonical.value !== null && field.type === 'string' && !listed.includes(request.value)) throw new AppError('bad-input', `${field.label} does not offer “${request.value}”.`, { field: field.name, value: request.value, next: `It takes: ${listed.join(', ')}.` })
    return encoded.raw
  }

  private refuseUnknown(plan: StoredPlan, scope: ReviewScope): void {
    if (scope.field !== undefined && !(scope.field in plan.header.fieldLabels)) {
      throw new AppError('field-unknown', `This plan has no field ${scope.field}.`, { field: 'field', value: scope.field, next: `It has: ${Object.keys(plan.header.fieldLabels).join(', ')}.` })
    }
    if (scope.record !== undefined) throw new AppError('not-found', `There is no conflict for ${scope.record} in this plan.`, { field: 'record', value: scope.record, next: 'See the conflicts with review list.' })
  }

  /** A plan that may still be reviewed. */
  private openPlan(prefix: string): StoredPlan {
    const plan = this.store.find(prefix)
    const closed: PlanState[] = ['applying', 'applied']
    if (closed.includes(plan.state)) throw new AppError('plan-stale', 'This plan has been applied; its answers stand.', { next: 'Make a new plan.' })
    this.opened(plan)
    return plan
  }

  async review(plan: StoredPlan): Promise<Review> {
    return new Review(this.session, await this.reader(plan))
  }

  /** A reader of its own, closed by whoever asked: a run outlives the few that are kept open. */
  openReader(plan: StoredPlan): Promise<PlanReader> {
    return PlanReader.open({ planId: plan.id, folder: `${this.session.folders.plans}/${plan.folder}`, tempFolder: this.session.folders.temp, database: this.session.database, labelColumn: plan.header.labelColumn })
  }

  /** The plan's files, opened once and kept for the next question. */
  reader(plan: StoredPlan): Promise<PlanReader> {
    const open = this.readers.get(plan.id)
    this.readers.delete(plan.id)
    const reader = open ?? this.openReader(plan)
    this.readers.set(plan.id, reader)
    for (const [id, oldest] of this.readers) {
      if (this.readers.size <= openReaders) break
      this.readers.delete(id)
      void oldest.then((one) => one.close())
    }
    return reader
  }

  /** Values pinned by hand become overrides once they are sent: they replace the warehouse value until they expire. */
  pinValues(plan: StoredPlan): void {
    const pinned = this.session.database.all<{ record: string; field: string; value: string; reason: string | null; by: string; expires_at: number | null }>("SELECT record, field, value, reason, by, expires_at FROM answers WHERE plan = ? AND kind = 'value'", plan.id)
    if (pinned.length === 0) return
    this.session.database.transaction(() => {
      const now = this.session.ports.clock.now()
      for (const { record, field, value, reason, by, expires_at: expiresAt } of pinned) {
        this.session.database.run(
          `INSERT INTO overrides (activation, record, field, value, reason, owner, at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (activation, record, field) DO UPDATE SET value = excluded.value, reason = excluded.reason, owner = excluded.owner, at = excluded.at, expires_at = excluded.expires_at`,
          plan.activation, record, field, value, reason ?? '', by, now, expiresAt,
        )
      }
      appendAudit(this.session, { kind: 'value pinned', actor: pinned[0]?.by ?? '', subject: plan.id, data: { fields: pinned.length, activation: plan.activation } })
    })
  }

  changed(plan: StoredPlan): void {
    this.session.emit({ topic: 'plan', planId: plan.id, activation: plan.activation })
  }

  private withLift(planId: string, guard: GuardFinding): GuardFinding {
    const lift = this.session.database.get<{ reason: string; by: string; at: number }>('SELECT reason, by, at FROM guard_lifts WHERE plan = ? AND guard = ?', planId, guard.guard)
    return lift ? { ...guard, lifted: { reason: lift.reason, by: lift.by, at: new Date(lift.at).toISOString() } } : guard
  }

  async close(): Promise<void> {
    for (const reader of this.readers.values()) (await reader).close()
    this.readers.clear()
  }
}

export function labelsOf(plan: StoredPlan): Map<string, string> {
  return new Map(Object.entries(plan.header.fieldLabels))
}

function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`
}

function expiryOf(expires: string | undefined): number | undefined {
  if (expires === undefined) return undefined
  const at = Date.parse(expires)
  if (Number.isNaN(at)) throw new AppError('bad-usage', `“${expires}” is not a date.`, { field: 'expires', value: expires, next: 'Write it as 2026-12-31.' })
  return at
}

function freeId(name: string, taken: Set<string>): string {
  const stem = name.toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 50) || 'policy'
  if (!taken.has(stem)) return stem
  let number = 2
  while (taken.has(`${stem}-${number}`)) number++
  return `${stem}-${number}`
}
