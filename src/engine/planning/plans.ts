import type { PolicyDefinition } from '../../contract/definitions.ts'
import { labelColumns } from '../../contract/definitions.ts'
import { AppError } from '../../contract/errors.ts'
import type { CauseGroup, NarrowingChoice, PlanDetail, PlanFilter, PlanSummary, RecordChoice, RecordRow, ReviewScope } from '../../contract/shapes.ts'
import type { AnswerKind, PlanState, Raw } from '../../contract/states.ts'
import { appendAudit } from '../audit/audit.ts'
import { Admission } from '../concurrency/admission.ts'
import type { IdentityGraph } from '../identity/graph/identity-graph.ts'
import type { Actor, Session } from '../session/session.ts'
import { explainPlanFailure, requirePlanFiles } from '../storage/stored-files.ts'
import { saveDefinition } from '../workspace/save-definition.ts'
import type { PlanPlace, PlanRequest } from './build/build-plan.ts'
import { HandOvers } from './review/hand-over.ts'
import { MissingChoices, type MissingDecision } from './review/missing-choices.ts'
import { pinnedValue } from './review/pinned-values.ts'
import { type Approval, PlanApproval } from './review/plan-approval.ts'
import type { FieldQuery, NarrowingQuery, PageQuery, PlanLists } from './stored/plan-lists.ts'
import { PlanReader } from './stored/plan-reader.ts'
import { PlanStore, type StoredPlan, toSummary } from '../plans/plan-store.ts'
import { PlanValidity } from './review/plan-validity.ts'
import { assertOneScope, Review } from './review/review.ts'
import { type OpenPlan, WaitingPlans } from './review/waiting-plans.ts'

const day = 24 * 60 * 60_000
/** How long a pinned value holds when nobody says otherwise: an override always ends. */
const overrideDays = 90
/** Plans kept open for reading; each is a small DuckDB over its files. */
const openReaders = 4
/** Plans that are made at the same time: each may take 256 MB. */
const madeAtOnce = 2

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
  private readonly place: PlanPlace
  readonly store: PlanStore
  readonly validity: PlanValidity
  readonly approval: PlanApproval
  readonly handOvers: HandOvers
  readonly missing: MissingChoices
  readonly waiting: WaitingPlans
  private readonly readers = new Map<string, Promise<PlanReader>>()
  private readonly building = new Admission(madeAtOnce)

  constructor(session: Session, graph: IdentityGraph) {
    this.session = session
    this.place = { session, graph }
    this.store = new PlanStore(session.database)
    const openReader = (plan: StoredPlan) => this.reader(plan)
    this.validity = new PlanValidity(this.place, openReader)
    this.approval = new PlanApproval(session, { store: this.store, validity: this.validity, openReader })
    this.missing = new MissingChoices(session)
    this.waiting = new WaitingPlans(session, { store: this.store, validity: this.validity, openReader })
    this.handOvers = new HandOvers(session, { approval: this.approval, validity: this.validity })
  }

  /** Builds a plan, then lets saved policies and earlier answers speak. */
  async create(request: PlanRequest, actor: Actor, signal?: AbortSignal): Promise<PlanDetail> {
    try {
      const { buildPlan } = await import('./build/build-plan.ts')
      const waits = (): void => this.session.emit({ topic: 'planning', activation: request.activation, phase: 'Waiting for other plans', done: 0 })
      const plan = await this.building.enter(() => buildPlan(this.place, request, actor, signal), { signal, waits })
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

  async list(activation: string | undefined, limit: number): Promise<PlanSummary[]> {
    const now = this.session.ports.clock.now()
    const listed = this.store.list(activation, limit)
    const open = new Map((await this.waiting.open()).map((one) => [one.plan.id, one]))
    const known = { superseded: this.store.superseded(listed.map(({ id }) => id)), putAways: this.store.putAways() }
    return listed.map((plan) => {
      const over = plan.state !== 'applied' && plan.state !== 'applying' && plan.expiresAt <= now
      const stale = open.get(plan.id)?.resting === 'stale'
      return { ...toSummary(plan), ...this.handed(plan), ...standingOf(plan, open.get(plan.id), known), ...(over ? { state: 'expired' as const } : stale ? { state: 'stale' as const } : {}) }
    })
  }

  /** A person opens the plan for review: from the first time on it stays valid for a day (semantics §4). */
  async open(prefix: string): Promise<PlanDetail> {
    const plan = this.store.find(prefix)
    if (this.opened(plan)) this.changed(plan)
    return this.detail(plan.id)
  }

  async detail(prefix: string): Promise<PlanDetail> {
    const plan = this.store.find(prefix)
    const reader = await this.reader(plan)
    const totals = await reader.totals()
    const approval = this.approval.of(plan.id)
    const run = this.session.database.get<{ id: string; state: 'approved' | 'applying' | 'verifying' | 'done' | 'stopped' | 'failed' }>('SELECT id, state FROM runs WHERE plan = ?', plan.id)
    const invalid = run ? undefined : await this.validity.whyInvalid(plan)
    return {
      ...toSummary(plan),
      ...this.handed(plan),
      ...standingOf(plan, (await this.waiting.open()).find((one) => one.plan.id === plan.id), { superseded: this.store.superseded([plan.id]), putAways: this.store.putAways() }),
      state: invalid && plan.state !== 'applied' && plan.state !== 'applying' ? invalid.kind : plan.state,
      ...(plan.header.segmentName === undefined ? {} : { segmentName: plan.header.segmentName }),
      guards: this.approval.guardsOf(plan, totals),
      openConflicts: totals.openConflicts,
      unselected: totals.unselected,
      willSend: totals.willSend,
      willSkip: totals.willSkip,
      ...(await reader.review.findings()),
      definitions: plan.header.definitions,
      ...(approval ? { approval: { approvedBy: approval.approved_by, at: new Date(approval.at).toISOString(), decisionHash: approval.decision_hash } } : {}),
      ...(run ? { run: { runId: run.id, state: run.state } } : {}),
      ...(invalid ? { stale: invalid.because } : {}),
    }
  }

  /** Whether this is the first time, while the plan is still valid. */
  private opened(plan: StoredPlan): boolean {
    const now = this.session.ports.clock.now()
    if (plan.openedAt !== null || plan.expiresAt <= now) return false
    this.store.opened(plan.id, now, now + day)
    return true
  }

  async fieldRows(prefix: string, query: FieldQuery): ReturnType<PlanLists['fieldRows']> {
    const plan = this.store.find(prefix)
    return (await this.reader(plan)).lists.fieldRows(query, labelsOf(plan))
  }

  async narrowings(prefix: string, query: NarrowingQuery): Promise<NarrowingChoice[]> {
    const plan = this.store.find(prefix)
    const labels = query.by === 'field' ? labelsOf(plan) : new Map<Raw, string>()
    return (await (await this.reader(plan)).lists.narrowings(query)).map((choice) => ({ ...choice, ...labelled(labels.get(choice.value as string)) }))
  }

  async recordRows(prefix: string, query: PageQuery & { filter: PlanFilter; cause?: string; causeField?: string }): ReturnType<PlanLists['recordRows']> {
    const plan = this.store.find(prefix)
    const { total, rows } = await (await this.reader(plan)).lists.recordRows(query)
    const choices = this.missing.of(plan, rows.map(({ record }) => record))
    return { total, rows: choices.size === 0 ? rows : rows.map((row) => withChoice(row, choices)) }
  }

  async record(prefix: string, key: string): Promise<NonNullable<Awaited<ReturnType<PlanLists['record']>>>> {
    const plan = this.store.find(prefix)
    const record = await (await this.reader(plan)).lists.record(key, labelsOf(plan))
    if (!record) throw new AppError('not-found', `The plan changes nothing for ${key}.`, { value: key, next: 'Its row is unchanged, or it is not in the audience.' })
    return { ...record, row: withChoice(record.row, this.missing.of(plan, [key])) }
  }

  async resolve(prefix: string, request: ResolveRequest, actor: Actor): Promise<{ planId: string; answered: number; open: number; records: number }> {
    assertOneScope(request.scope)
    const plan = this.openPlan(prefix)
    const reader = await this.reader(plan)
    const review = new Review(this.session, reader)
    const fields = await reader.review.conflictsIn(request.scope)
    if (request.previewOnly) return { planId: plan.id, answered: fields.length, records: new Set(fields.map((field) => field.record)).size, open: (await reader.totals()).openConflicts }
    if (fields.length === 0) await this.refuseUnknown(plan, reader, request.scope)
    const expiresAt = expiryOf(request.expires, this.session.ports.clock.now()) ?? (request.take === 'value' ? this.session.ports.clock.now() + overrideDays * day : undefined)
    const value = request.take === 'value' ? await pinnedValue(this.session, plan, request, fields.map(({ field }) => field)) : undefined
    const { answered, records } = await review.resolve(
      request.scope,
      { take: request.take, ...(value === undefined ? {} : { value }), ...(request.reason === undefined ? {} : { reason: request.reason }), ...(expiresAt === undefined ? {} : { expiresAt }) },
      actor,
    )
    this.changed(plan)
    return { planId: plan.id, answered, records, open: (await reader.totals()).openConflicts }
  }

  /** Decides about linked records that are gone or merged; the next plan brings it. */
  async decideMissing(prefix: string, decision: MissingDecision, actor: Actor): Promise<{ planId: string; records: number }> {
    const plan = this.store.find(prefix)
    const records = await this.missing.decide(plan, await this.reader(plan), decision, actor)
    this.changed(plan)
    return { planId: plan.id, records }
  }

  /** Blocked records, or values left out, by cause, with what was decided about them. */
  async causes(prefix: string, of: 'blocked' | 'left out'): Promise<CauseGroup[]> {
    const plan = this.store.find(prefix)
    const groups = await (await this.reader(plan)).lists.causes(of)
    const counts = of === 'blocked' ? this.missing.countsIn(plan) : []
    return groups.map((group) => {
      const decided = counts.filter(({ cause }) => cause === group.cause).map(({ choice, count }) => ({ choice, count }))
      return decided.length === 0 ? group : { ...group, decided }
    })
  }

  /** Skips every record that has a conflict without an answer, with all its fields (semantics §4, unattended runs). */
  async skipOpenRecords(prefix: string, reason: string, actor: Actor): Promise<number> {
    const plan = this.openPlan(prefix)
    const skipped = await (await this.review(plan)).skipOpenRecords(reason, actor)
    this.changed(plan)
    return skipped
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
    if (previewOnly) return { planId: plan.id, selected: (await reader.review.selectableIn(scope)).length, unselected: (await reader.totals()).unselected }
    const count = await new Review(this.session, reader).select(scope, selected, actor)
    this.changed(plan)
    return { planId: plan.id, selected: count, unselected: (await reader.totals()).unselected }
  }

  /** Writes a policy file beside the definitions and lets it answer this plan at once. */
  async savePolicy(prefix: string, policy: Pick<PolicyDefinition, 'name' | 'field' | 'editor' | 'changedBy' | 'take' | 'reason'>, actor: Actor): Promise<{ policy: string; answered: number; open: number }> {
    const plan = this.openPlan(prefix)
    const workspace = await this.session.workspace()
    const id = freeId(policy.name, new Set(workspace.definitions.policy.keys()))
    const value = { name: policy.name, activation: plan.activation, ...(policy.field === undefined ? {} : { field: policy.field }), ...(policy.editor === undefined ? {} : { editor: policy.editor }), ...(policy.changedBy === undefined ? {} : { changedBy: policy.changedBy }), take: policy.take, ...(policy.reason === undefined ? {} : { reason: policy.reason }), owner: actor.name }
    await saveDefinition({ folder: this.session.folder, files: this.session.ports.files, kind: 'policy', id, value })
    appendAudit(this.session, { kind: 'policy saved', actor: actor.name, subject: id, data: { name: policy.name, activation: plan.activation, take: policy.take } })
    const reader = await this.reader(plan)
    const answered = await new Review(this.session, reader).applyPolicy(id, value)
    // The plan already holds the policy's answers: adding the file does not make it stale.
    this.validity.adoptPolicies(plan, await this.session.workspace())
    this.session.emit({ topic: 'workspace' })
    this.changed(plan)
    return { policy: id, answered, open: (await reader.totals()).openConflicts }
  }

  liftGuard(prefix: string, guard: string, reason: string, actor: Actor): Promise<PlanDetail> {
    const plan = this.openPlan(prefix)
    this.approval.lift(plan, guard, reason, actor)
    this.changed(plan)
    return this.detail(plan.id)
  }

  async approve(prefix: string, confirmCount: number | undefined, actor: Actor): Promise<Approval> {
    const plan = this.openPlan(prefix)
    const approval = await this.approval.approve(plan, confirmCount, actor)
    this.changed(plan)
    return approval
  }

  async handOver(prefix: string, request: { to: string; reason?: string }, actor: Actor): Promise<PlanDetail> {
    const plan = this.openPlan(prefix)
    await this.handOvers.give(plan, request, actor)
    this.changed(plan)
    return this.detail(plan.id)
  }

  /** Nobody is asked about the plan any more, until somebody brings it back. */
  putAway(prefix: string, actor: Actor): Promise<PlanDetail> {
    const plan = this.store.find(prefix)
    const { database, ports } = this.session
    if (plan.state === 'applying' || plan.state === 'applied') throw new AppError('bad-input', 'This plan has been applied; there is nothing to put away.', { value: plan.id, next: 'Look at its run.' })
    database.transaction(() => {
      if (database.run('INSERT INTO put_aways (plan, by, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING', plan.id, actor.name, ports.clock.now()) === 0) return
      appendAudit(this.session, { kind: 'plan put away', actor: actor.name, subject: plan.id, data: { activation: plan.activation } })
    })
    this.changed(plan)
    return this.detail(plan.id)
  }

  bringBack(prefix: string, actor: Actor): Promise<PlanDetail> {
    const plan = this.store.find(prefix)
    const { database } = this.session
    database.transaction(() => {
      if (database.run('DELETE FROM put_aways WHERE plan = ?', plan.id) === 0) return
      appendAudit(this.session, { kind: 'plan brought back', actor: actor.name, subject: plan.id, data: { activation: plan.activation } })
    })
    this.changed(plan)
    return this.detail(plan.id)
  }

  private handed(plan: StoredPlan): Pick<PlanSummary, 'handOver'> {
    const handOver = this.handOvers.of(plan)
    return handOver ? { handOver } : {}
  }

  private async refuseUnknown(plan: StoredPlan, reader: PlanReader, scope: ReviewScope): Promise<void> {
    if (scope.field !== undefined && !(scope.field in plan.header.fieldLabels)) {
      throw new AppError('field-unknown', `This plan has no field ${scope.field}.`, { field: 'field', value: scope.field, next: `It has: ${Object.keys(plan.header.fieldLabels).join(', ')}.` })
    }
    if (scope.record !== undefined) throw new AppError('not-found', `There is no conflict for ${scope.record} in this plan.`, { field: 'record', value: scope.record, next: 'See the conflicts with review list.' })
    if (typeof scope.changedBy !== 'string') return
    const { total } = await reader.lists.fieldRows({ filter: 'conflicts', changedBy: scope.changedBy, offset: 0, limit: 0 }, labelsOf(plan))
    if (total > 0) return
    const names = (await reader.lists.narrowings({ filter: 'conflicts', by: 'changedBy', limit: 20 })).flatMap(({ value }) => (typeof value === 'string' ? [value] : []))
    throw new AppError('not-found', `No conflict of this plan was changed by “${scope.changedBy}”.`, { field: 'changed-by', value: scope.changedBy, next: names.length === 0 ? 'Nobody is known by name to have changed one.' : `Changed by: ${names.join(', ')}.` })
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
  async openReader(plan: StoredPlan): Promise<PlanReader> {
    const folder = `${this.session.folders.plans}/${plan.folder}`
    if (!(await this.session.ports.files.exists(folder))) {
      throw new AppError('not-found', 'The rows of this plan are not kept any more; its counts, its approval and what became of every record are.', { value: plan.id, next: 'Look at its run, or make a new plan.' })
    }
    await requirePlanFiles(plan.id, folder)
    return PlanReader.open({ planId: plan.id, rows: plan.counts.source, folder, tempFolder: this.session.folders.temp, database: this.session.database, label: labelColumns(plan.header.labelColumn) }).catch((cause: unknown) => Promise.reject(explainPlanFailure(plan.id, cause) as Error))
  }

  /** The plan's files, opened once and kept for the next question. */
  reader(plan: StoredPlan): Promise<PlanReader> {
    const open = this.readers.get(plan.id)
    this.readers.delete(plan.id)
    const reader = open ?? this.openReader(plan)
    this.readers.set(plan.id, reader)
    // Files that cannot be opened now are not remembered as such.
    reader.catch(() => this.readers.delete(plan.id))
    for (const [id, oldest] of this.readers) {
      if (this.readers.size <= openReaders) break
      this.readers.delete(id)
      void oldest.then((one) => one.close())
    }
    return reader
  }

  changed(plan: StoredPlan): void {
    this.waiting.changed(plan.id)
    this.session.emit({ topic: 'plan', planId: plan.id, activation: plan.activation })
  }

  async close(): Promise<void> {
    for (const reader of this.readers.values()) (await reader).close()
    this.readers.clear()
  }
}

/** Whether a plan waits for anybody, and why not. */
function standingOf(plan: StoredPlan, open: OpenPlan | undefined, known: { superseded: ReadonlySet<string>; putAways: ReadonlyMap<string, { by: string; at: string }> }): Pick<PlanSummary, 'waiting' | 'nothingToSend' | 'superseded' | 'putAway'> {
  const putAway = known.putAways.get(plan.id)
  return {
    waiting: open !== undefined && open.resting === undefined,
    ...(open?.resting === 'nothing to send' ? { nothingToSend: true } : {}),
    ...(known.superseded.has(plan.id) ? { superseded: true } : {}),
    ...(putAway ? { putAway } : {}),
  }
}

export function labelsOf(plan: StoredPlan): Map<string, string> {
  const { fieldLabels, matchField, matchLabel } = plan.header
  return new Map([...(matchLabel === undefined ? [] : [[matchField, matchLabel] as const]), ...Object.entries(fieldLabels)])
}

function withChoice(row: RecordRow, choices: ReadonlyMap<string, RecordChoice>): RecordRow {
  const choice = choices.get(row.record)
  return choice === undefined ? row : { ...row, choice }
}

function expiryOf(expires: string | undefined, now: number): number | undefined {
  if (expires === undefined) return undefined
  const at = Date.parse(expires)
  if (Number.isNaN(at)) throw new AppError('bad-usage', `“${expires}” is not a date.`, { field: 'expires', value: expires, next: 'Write it as 2026-12-31.' })
  if (at <= now) throw new AppError('bad-usage', `“${expires}” is over; an answer that has run out already would do nothing.`, { field: 'expires', value: expires, next: 'Give a day after today.' })
  return at
}

function freeId(name: string, taken: Set<string>): string {
  const stem = name.toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 50) || 'policy'
  if (!taken.has(stem)) return stem
  let number = 2
  while (taken.has(`${stem}-${number}`)) number++
  return `${stem}-${number}`
}

function labelled(label: string | undefined): { label?: string } {
  return label === undefined ? {} : { label }
}
