import { AppError } from '../../../contract/errors.ts'
import type { RunSummary } from '../../../contract/shapes.ts'
import type { RunCounts } from '../../../contract/states.ts'
import { endedCounts } from '../../audit/run-end.ts'
import type { PlanHeader, PlanStore } from '../../plans/plan-store.ts'
import type { StateDatabase } from '../../storage/database.ts'
import { isOpen, readRun } from '../../plans/journal-rows.ts'
import { holdOf } from './run-holds.ts'
import type { RunRecord } from '../../plans/journal-rows.ts'
import { pauseOf } from './pauses.ts'

const headersKept = 500

/** Runs as they are stored, with the words of their plans. */
export class StoredRuns {
  private readonly database: StateDatabase
  private readonly plans: PlanStore
  /** Plans are immutable, so their headers are read once. */
  private readonly headers = new Map<string, PlanHeader>()

  constructor(database: StateDatabase, plans: PlanStore) {
    this.database = database
    this.plans = plans
  }

  /** By id or a prefix of at least 8 characters that only one run has. */
  find(prefix: string): RunRecord {
    const [run, second] = this.database.all<RunRecord>('SELECT * FROM runs WHERE id >= ? AND id < ? LIMIT 2', prefix, `${prefix}\u007f`)
    if (!run) throw new AppError('not-found', `There is no run ${prefix}.`, { value: prefix, next: 'It belongs to another workspace. The list of runs shows those there are.' })
    if (second) throw new AppError('bad-input', `Several runs begin with ${prefix}.`, { value: prefix, next: 'Give more characters of the run’s id.' })
    return run
  }

  get(id: string): RunRecord {
    const run = readRun(this.database, id)
    if (!run) throw new Error(`there is no run ${id}`)
    return run
  }

  /** The run of a plan, if it has one. */
  ofPlan(plan: string): string | undefined {
    return this.database.get<{ id: string }>('SELECT id FROM runs WHERE plan = ?', plan)?.id
  }

  /** The newest first. */
  list(query: { activation?: string; limit: number }): string[] {
    const where = query.activation === undefined ? '' : 'WHERE activation = ?'
    const values = query.activation === undefined ? [query.limit] : [query.activation, query.limit]
    return this.database.all<{ id: string }>(`SELECT id FROM runs ${where} ORDER BY number DESC LIMIT ?`, ...values).map(({ id }) => id)
  }

  /** Those that are not over, the oldest first. */
  open(): string[] {
    return this.database.all<{ id: string }>("SELECT id FROM runs WHERE state IN ('approved', 'applying', 'verifying') ORDER BY number").map(({ id }) => id)
  }

  isPaused(run: RunRecord): boolean {
    return run.paused === 1 || pauseOf(this.database, run.activation, run.connection) !== undefined
  }

  /** `counts` are those of the journal while the run is worked on. */
  summary(run: RunRecord, counts?: Readonly<RunCounts>): RunSummary {
    const header = this.header(run.plan)
    const paused = isOpen(run) && this.isPaused(run)
    const hold = paused && run.paused === 1 ? holdOf(this.database, run.id) : undefined
    return {
      runId: run.id,
      planId: run.plan,
      activation: run.activation,
      activationName: header.activationName,
      connection: run.connection,
      destinationName: header.destinationName,
      object: run.object,
      state: run.state,
      ...(run.reason === null ? {} : { reason: run.reason }),
      ...(hold ? { hold: hold.kind, reason: hold.reason } : {}),
      ...(hold?.next === undefined ? {} : { next: hold.next }),
      paused,
      counts: counts ? { ...counts } : this.countsOf(run),
      startedAt: new Date(run.started_at).toISOString(),
      ...(run.finished_at === null ? {} : { finishedAt: new Date(run.finished_at).toISOString() }),
    }
  }

  /** Of an ended run what the audit holds: the stored figure is a cache that nothing proves. */
  private countsOf(run: RunRecord): RunCounts {
    return (isOpen(run) ? undefined : endedCounts(this.database, run.id)) ?? (JSON.parse(run.counts) as RunCounts)
  }

  /** What the records of a plan are called. */
  noun(run: RunRecord): { one: string; many: string } {
    return this.header(run.plan).noun ?? { one: run.object, many: run.object }
  }

  private header(plan: string): PlanHeader {
    const known = this.headers.get(plan)
    if (known) return known
    if (this.headers.size >= headersKept) this.headers.clear()
    const { header } = this.plans.find(plan)
    this.headers.set(plan, header)
    return header
  }
}
