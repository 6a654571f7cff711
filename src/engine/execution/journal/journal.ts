import type { RowState, RunCounts } from '../../../contract/states.ts'
import { appendAudit, lockstep } from '../../audit/audit.ts'
import type { AuditEvent, AuditTrail } from '../../audit/audit.ts'
import { finalStates } from '../../audit/outcomes.ts'
import { recordReferences } from '../../audit/reference-key.ts'
import type { StickyKind } from '../../plans/plan-rows.ts'
import { addVerification, balances, moveRows } from '../../plans/run-counts.ts'
import { batchData, deliveredAlike, insertSent, insertSkippedRows, isPlainDelivery, markDelivered, markVerified, stretches } from './journal-batches.ts'
import type { EndedRow, ReadBack } from './journal-batches.ts'
import { readRun, recount } from '../../plans/journal-rows.ts'
import type { JournalRow, RunRecord } from '../../plans/journal-rows.ts'
import { nextRowState, nextRunState } from './run-machine.ts'
import type { Run, RunEvent } from './run-machine.ts'
import type { IntentRow, SkippedRow, RowOutcome } from './row-changes.ts'

/** A change of the journal, with the counts it moves. */
type Act = (counts: RunCounts) => void

/** Of a row that was sent, and nobody said what became of it. */
export const answerLost = { reason: 'answer lost', message: 'The answer was lost.' } as const

/** A standing answer of one field (semantics §1). */
export interface StandingRow {
  remoteId: string
  field: string
  d: string | null
  a: string | null
  kind: StickyKind
  by: string
}

/**
 * The journal of one run: every change in one transaction with the counts and, where rows end, the audit event. Updates
 * name the state that they expect; a row that is in another is a bug and changes nothing.
 */
export class Journal {
  readonly run: RunRecord
  private readonly trail: AuditTrail
  private readonly referenceTo: (record: string) => string
  private readonly changed: () => void
  private current: RunCounts
  private waiting: { act: Act; resolve: () => void; reject: (error: unknown) => void }[] = []
  /** Rows that are on their way for the first time, so that they need not be read again when their answer comes. */
  private readonly flying = new Map<number, IntentRow>()
  /** Lowest ordinal that is pending again; the next start reads the plan from there. */
  private withdrawn = Number.MAX_SAFE_INTEGER

  /** Opens the run's journal and counts its rows anew. `changed` is called after every commit. */
  constructor(options: { trail: AuditTrail; run: string; referenceKey: string; changed?: () => void }) {
    this.trail = options.trail
    this.referenceTo = recordReferences(options.referenceKey)
    this.changed = options.changed ?? (() => undefined)
    const run = readRun(this.database, options.run)
    if (!run) throw new Error(`there is no run ${options.run}`)
    this.run = run
    this.current = recount(this.database, run.id, run.planned)
  }

  get database(): AuditTrail['database'] {
    return this.trail.database
  }

  get counts(): Readonly<RunCounts> {
    return this.current
  }

  /** Intent before request, and what the comparison kept back, durable together when it resolves. */
  async intend(rows: IntentRow[], skipped: SkippedRow[], nextOrdinal: number, standing: StandingRow[] = []): Promise<void> {
    await this.commitTogether((counts) => {
      insertSent(this.database, this.run.id, rows, this.now())
      moveRows(counts, 'pending', nextRowState('pending', 'sent'), rows.length)
      this.insertSkipped(skipped, counts)
      this.keepStanding(standing)
      this.run.next_ordinal = Math.min(nextOrdinal, this.withdrawn)
    })
    for (const row of rows) this.flying.set(row.ordinal, row)
  }

  /**
   * The request provably never left, or its job will never apply anything: its rows are pending again, or as unknown as
   * before where an earlier one may have.
   */
  withdraw(ordinals: number[], from: 'sent' | 'accepted' = 'sent'): void {
    this.landed(ordinals)
    this.commit((counts) => {
      for (const ordinal of ordinals) {
        const before = this.database.get<{ resends: number }>('SELECT resends FROM journal WHERE run = ? AND ordinal = ?', this.run.id, ordinal)
        if (before && before.resends > 0) this.updateRow({ ordinal, from, to: 'unknown', ...answerLost }, null, counts)
        else this.takeBack(ordinal, from, counts)
      }
      this.run.next_ordinal = Math.min(this.run.next_ordinal, this.withdrawn)
    })
  }

  private takeBack(ordinal: number, from: 'sent' | 'accepted', counts: RunCounts): void {
    this.database.change('DELETE FROM journal WHERE run = ? AND ordinal = ? AND state = ?', this.run.id, ordinal, from)
    moveRows(counts, from, nextRowState(from, 'withdrawn'))
    this.withdrawn = Math.min(this.withdrawn, ordinal)
  }

  /** Rows go out once more with the same payload; durable before the request. `unproved`: they may have arrived before. */
  sendAgain(rows: { ordinal: number; from: RowState; unproved?: boolean }[]): void {
    this.landed(rows.map(({ ordinal }) => ordinal))
    this.commit((counts) => {
      for (const { ordinal, from, unproved } of rows) {
        this.database.change(
          "UPDATE journal SET state = 'sent', attempts = attempts + 1, resends = resends + ?, sent_at = ?, settled_at = NULL, reason = NULL, message = NULL, detail = NULL, job = NULL, position = NULL WHERE run = ? AND ordinal = ? AND state = ?",
          unproved ? 1 : 0,
          this.now(),
          this.run.id,
          ordinal,
          from,
        )
        moveRows(counts, from, nextRowState(from, 'sent'))
      }
    })
  }

  /** What became of rows, in one transaction with the audit event of those that ended, and of who said so. */
  settle(outcomes: RowOutcome[], audit?: AuditEvent): void {
    if (outcomes.length > 0) this.commit((counts) => this.settleIn(counts, outcomes, audit))
    this.landed(outcomes.map(({ ordinal }) => ordinal))
  }

  /** The same for an answer that just came; durable when it resolves. Nothing may rest on it before. */
  async settleSoon(outcomes: RowOutcome[]): Promise<void> {
    if (outcomes.length > 0) await this.commitTogether((counts) => this.settleIn(counts, outcomes))
    this.landed(outcomes.map(({ ordinal }) => ordinal))
  }

  private settleIn(counts: RunCounts, outcomes: RowOutcome[], audit?: AuditEvent): void {
    if (audit) appendAudit(this.trail, audit)
    const ended = outcomes.filter((outcome) => finalStates.includes(outcome.to))
    const batch = ended.length > 0 ? this.nextBatch() : null
    for (const stretch of stretches(outcomes, deliveredAlike)) {
      const [first] = stretch
      if (batch === null || !isPlainDelivery(first)) {
        this.updateRow(first, finalStates.includes(first.to) ? batch : null, counts)
        continue
      }
      markDelivered(this.database, this.run, stretch, { batch, now: this.now() })
      moveRows(counts, 'sent', nextRowState('sent', 'delivered'), stretch.length)
      if (first.unverifiable) addVerification(counts, 'unverifiable', stretch.length)
    }
    if (batch !== null) this.closeBatch(batch, ended.map((outcome) => this.endedRow(outcome)))
  }

  private endedRow({ ordinal, to, reason, remoteId }: RowOutcome): EndedRow {
    const row = this.flying.get(ordinal)
    if (row) return { ordinal, record: row.record, remoteId: remoteId ?? row.remoteId, operation: row.operation, state: to, reason: reason ?? null, payloadHash: row.payloadHash, resends: 0 }
    const stored = this.database.get<JournalRow>('SELECT * FROM journal WHERE run = ? AND ordinal = ?', this.run.id, ordinal)
    if (!stored) throw new Error(`row ${ordinal} of run ${this.run.id} is not in the journal`)
    return { ...stored, remoteId: stored.remote_id, payloadHash: stored.payload_hash }
  }

  private landed(ordinals: readonly number[]): void {
    for (const ordinal of ordinals) this.flying.delete(ordinal)
  }

  /** What a read-back showed, with the standing answers it makes. */
  verify(rows: ReadBack[], standing: StandingRow[]): Promise<void> {
    return this.commitTogether((counts) => {
      markVerified(this.database, this.run.id, rows, this.run.ends)
      for (const row of rows) addVerification(counts, row.verification)
      this.keepStanding(standing)
    })
  }

  /** A verification that was cut short begins anew: what it had proved was not published. What an earlier end published stands. */
  forgetVerification(): void {
    this.commit((counts) => {
      this.database.run('UPDATE journal SET verification = NULL, proof = NULL, read_id = NULL WHERE run = ? AND verification IS NOT NULL AND coalesce(proof, 0) >= ?', this.run.id, this.run.ends)
      const { verified, overridden, unverifiable } = recount(this.database, this.run.id, this.run.planned)
      Object.assign(counts, { verified, overridden, unverifiable })
    })
  }

  /** What was verified so far counts: call in the transaction that ends the run. */
  publishProofs(): void {
    this.database.change('UPDATE runs SET ends = ends + 1 WHERE id = ?', this.run.id)
    this.run.ends += 1
  }

  /** Moves the run on as its machine says, with whatever belongs to the same instant. */
  moveRun(event: RunEvent, more: { audit?: AuditEvent; also?: () => void } = {}): void {
    const next = nextRunState(this.runState(), event)
    const ended = !('paused' in next)
    const reason = 'reason' in next ? next.reason : 'stopping' in next ? (next.stopping ?? null) : null
    const paused = 'paused' in next && next.paused ? 1 : 0
    const finishedAt = ended ? this.now() : null
    this.commit(() => {
      this.database.change(
        'UPDATE runs SET state = ?, reason = ?, paused = ?, finished_at = ? WHERE id = ? AND state = ?',
        next.state,
        reason,
        paused,
        finishedAt,
        this.run.id,
        this.run.state,
      )
      more.also?.()
      if (more.audit) appendAudit(this.trail, more.audit)
      Object.assign(this.run, { state: next.state, reason, paused, finished_at: finishedAt })
    })
  }

  /** A person's cancel is durable before it is acted on. */
  markCancelling(audit: AuditEvent): void {
    this.commit(() => {
      this.database.change('UPDATE runs SET cancelling = 1 WHERE id = ? AND state = ?', this.run.id, this.run.state)
      appendAudit(this.trail, audit)
      this.run.cancelling = 1
    })
  }

  private runState(): Run {
    const { state, reason, paused } = this.run
    switch (state) {
      case 'done':
        return { state }
      case 'stopped':
      case 'failed':
        return { state, reason: reason ?? '' }
      case 'approved':
        return { state, paused: paused === 1 }
      case 'applying':
      case 'verifying':
        return { state, paused: paused === 1, ...(reason === null ? {} : { stopping: reason }) }
    }
  }

  private insertSkipped(skipped: SkippedRow[], counts: RunCounts): void {
    if (skipped.length === 0) return
    const batch = this.nextBatch()
    insertSkippedRows(this.database, this.run.id, skipped, { batch, now: this.now() })
    moveRows(counts, 'pending', nextRowState('pending', 'skipped'), skipped.length)
    this.closeBatch(batch, skipped.map(({ ordinal, record, remoteId, operation, reason }) => ({ ordinal, record, remoteId, operation, state: 'skipped', reason, payloadHash: null, resends: 0 })))
  }

  private updateRow(outcome: RowOutcome, batch: number | null, counts: RunCounts): void {
    this.database.change(
      `UPDATE journal SET state = ?, remote_id = coalesce(?, remote_id), existed = ?, reason = ?, message = ?, detail = ?, field = ?,
         job = coalesce(?, job), position = coalesce(?, position), batch = ?, settled_at = ?, attempts = attempts - ? WHERE run = ? AND ordinal = ? AND state = ?`,
      outcome.to,
      outcome.remoteId ?? null,
      outcome.existed ? 1 : 0,
      outcome.reason ?? null,
      outcome.message ?? null,
      outcome.detail ?? null,
      outcome.field ?? null,
      outcome.job ?? null,
      outcome.position ?? null,
      batch,
      this.now(),
      outcome.unsent ? 1 : 0,
      this.run.id,
      outcome.ordinal,
      outcome.from,
    )
    if (outcome.job !== undefined && outcome.jobContext !== undefined) this.database.run('INSERT OR REPLACE INTO write_jobs (run, job, context) VALUES (?, ?, ?)', this.run.id, outcome.job, outcome.jobContext)
    moveRows(counts, outcome.from, nextRowState(outcome.from, outcome.to))
  }

  /** What the destination needs to go on with a job. */
  jobContext(job: string): string | undefined {
    return this.database.get<{ context: string }>('SELECT context FROM write_jobs WHERE run = ? AND job = ?', this.run.id, job)?.context
  }

  private nextBatch(): number {
    this.run.batches += 1
    return this.run.batches
  }

  /** One event per batch. */
  private closeBatch(batch: number, rows: EndedRow[]): void {
    appendAudit(this.trail, { kind: 'batch', actor: lockstep, subject: this.run.id, data: batchData(batch, rows, this.referenceTo) })
  }

  private keepStanding(standing: StandingRow[]): void {
    if (standing.length === 0) return
    const upsert = this.database.statement(
      'INSERT OR REPLACE INTO standing_answers (connection, object, remote_id, field, d, a, kind, by, at, run) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    )
    for (const row of standing) upsert.run(this.run.connection, this.run.object, row.remoteId, row.field, row.d, row.a, row.kind, row.by, this.now(), this.run.id)
  }

  private now(): number {
    return this.trail.ports.clock.now()
  }

  /**
   * A commit costs as much for one batch as for many, so what comes in the same moment shares one; each resolves once it
   * is durable, or rejects when nothing of it is.
   */
  private commitTogether(act: Act): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ act, resolve, reject })
      if (this.waiting.length === 1) void this.commitWaiting()
    })
  }

  private async commitWaiting(): Promise<void> {
    const turn = this.trail.ports.clock.turn?.()
    if (turn) await turn
    if (this.waiting.length === 0) return
    try {
      this.commit(() => undefined)
    } catch {
      // Those who waited were told.
    }
  }

  /** Run and counts move with the rows or not at all, in the database and in memory. Who waits for a commit comes first. */
  private commit(act: Act): void {
    const { waiting } = this
    this.waiting = []
    const counts = { ...this.current }
    const run = { ...this.run }
    try {
      this.database.transaction(() => {
        for (const { act: earlier } of waiting) earlier(counts)
        act(counts)
        if (!balances(counts)) throw new Error(`the counts of run ${this.run.id} do not balance`)
        this.database.change('UPDATE runs SET counts = ?, next_ordinal = ?, batches = ? WHERE id = ?', JSON.stringify(counts), this.run.next_ordinal, this.run.batches, this.run.id)
      })
    } catch (error) {
      Object.assign(this.run, run)
      for (const { reject } of waiting) reject(error)
      throw error
    }
    this.current = counts
    for (const { resolve } of waiting) resolve()
    this.changed()
  }
}
