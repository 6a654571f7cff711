import { AppError } from '../../../contract/errors.ts'
import type { MissingScope, RecordChoice } from '../../../contract/shapes.ts'
import type { MissingChoice } from '../../../contract/states.ts'
import { appendAudit } from '../../audit/audit.ts'
import type { Actor, Session } from '../../session/session.ts'
import type { StateDatabase } from '../../storage/database.ts'
import type { MissingRecord, PlanReader } from '../stored/plan-reader.ts'
import { proofPlaceOf, type StoredPlan } from '../../plans/plan-store.ts'

export interface MissingDecision {
  scope: MissingScope
  choice: MissingChoice | 'take back'
  reason?: string
}

interface ChoiceRow {
  record: string
  choice: MissingChoice
  reason: string | null
  by: string
  at: number
  entry: number
}

const active = "choice IN ('re-create', 'follow', 'forget')"
const ofPlace = 'connection = ? AND object = ? AND product = ?'

/**
 * What people decide about linked records that are gone or were merged (semantics §3). A choice belongs to a product key
 * of a destination object, as links do, and holds for every activation of them. The plan stays as it is; the next one
 * brings what was decided.
 */
export class MissingChoices {
  private readonly session: Session
  private readonly database: StateDatabase

  constructor(session: Session) {
    this.session = session
    this.database = session.database
  }

  /** Decides about one record, or all of a cause; returns how many that were. */
  async decide(plan: StoredPlan, reader: PlanReader, decision: MissingDecision, actor: Actor): Promise<number> {
    if (plan.kind === 'revert') throw new AppError('bad-usage', 'A plan that goes back to what was before does not ask about lost records.', { next: 'Make a new plan of the activation, and choose there.' })
    const listed = await reader.missing(decision.scope)
    const records = decision.choice === 'take back' ? this.decided(plan, decision.scope, listed) : this.undecided(plan, decision.scope, listed.filter(fits(decision.choice)))
    if (records.length === 0) throw nothingToDecide(decision)
    this.database.transaction(() => {
      const reason = decision.reason?.trim() || null
      const cause = records[0]?.cause
      const { seq } = appendAudit(this.session, { kind: 'lost records decided', actor: actor.name, subject: plan.id, data: { choice: decision.choice, records: records.length, activation: plan.activation, ...(cause === undefined ? {} : { cause }), ...(reason === null ? {} : { reason }) } })
      if (decision.choice === 'take back') this.takeBack(plan, records, { actor, reason, entry: seq })
      else this.store(plan, records, { choice: decision.choice, actor, reason, entry: seq })
    })
    return records.length
  }

  /** How many of each cause were decided about in this plan, by choice; of the forgotten ones, how many are so no longer. */
  countsIn(plan: StoredPlan): { cause: string; choice: MissingChoice | 'taken back'; count: number }[] {
    return this.database.all(`SELECT cause, choice, count(*) AS count FROM missing_choices WHERE ${ofPlace} AND plan = ? AND (${active} OR (choice = 'taken back' AND cause = 'forgotten')) GROUP BY cause, choice ORDER BY choice`, ...placeOf(plan), plan.id)
  }

  /** The choices that hold for some of a plan's records. */
  of(plan: StoredPlan, records: readonly string[]): Map<string, RecordChoice> {
    const rows = this.database.all<ChoiceRow>(`SELECT record, choice, reason, by, at, entry FROM missing_choices WHERE ${ofPlace} AND ${active} AND record IN (SELECT value FROM json_each(?))`, ...placeOf(plan), JSON.stringify(records))
    return new Map(rows.map(({ record, choice, reason, by, at, entry }) => [record, { choice, by, at: new Date(at).toISOString(), inPlan: entry <= plan.readAfter, ...(reason === null ? {} : { reason }) }]))
  }

  /** All of a cause are those that nobody has decided about in this plan yet: a choice about one of them stands. */
  private undecided(plan: StoredPlan, scope: MissingScope, listed: MissingRecord[]): MissingRecord[] {
    if ('record' in scope) return listed
    const said = this.database.statement<{ record: string }>(`SELECT record FROM missing_choices WHERE ${ofPlace} AND record = ? AND plan = ? AND ${active}`)
    return listed.filter(({ key }) => said.get(...placeOf(plan), key, plan.id) === undefined)
  }

  /** Those that a choice is held for, of the listed ones; a record by itself may also be one that the plan now writes. */
  private decided(plan: StoredPlan, scope: MissingScope, listed: MissingRecord[]): MissingRecord[] {
    const asked = listed.length === 0 && 'record' in scope ? [{ key: scope.record, remoteId: null, cause: undefined, movedTo: null }] : listed
    const held = this.database.statement<{ record: string }>(`SELECT record FROM missing_choices WHERE ${ofPlace} AND record = ? AND ${active}`)
    return asked.filter(({ key }) => held.get(...placeOf(plan), key) !== undefined)
  }

  private store(plan: StoredPlan, records: MissingRecord[], { choice, actor, reason, entry }: { choice: MissingChoice; actor: Actor; reason: string | null; entry: number }): void {
    const insert = this.database.sqlite.prepare(
      `INSERT OR REPLACE INTO missing_choices (connection, object, product, record, choice, cause, remote_id, moved_to, reason, by, at, plan, entry) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    const now = this.session.ports.clock.now()
    for (const { key, cause, remoteId, movedTo } of records) insert.run(...placeOf(plan), key, choice, cause, remoteId, movedTo, reason, actor.name, now, plan.id, entry)
  }

  private takeBack(plan: StoredPlan, records: MissingRecord[], { actor, reason, entry }: { actor: Actor; reason: string | null; entry: number }): void {
    const update = this.database.sqlite.prepare(`UPDATE missing_choices SET choice = 'taken back', cause = coalesce(?, cause), reason = ?, by = ?, at = ?, plan = ?, entry = ? WHERE ${ofPlace} AND record = ? AND ${active}`)
    const now = this.session.ports.clock.now()
    for (const { key, cause } of records) update.run(cause ?? null, reason, actor.name, now, plan.id, entry, ...placeOf(plan), key)
  }
}

/**
 * Records that somebody said after the plan was read are not to be written so: forgotten, or a choice that the plan
 * carries out and that was taken back.
 */
export function withdrawnSince(database: StateDatabase, plan: StoredPlan): Iterable<[string]> {
  return database.sqlite
    .prepare<[string, string, string, number, string], [string]>(`SELECT record FROM missing_choices WHERE ${ofPlace} AND entry > ? AND (choice = 'taken back' OR (choice = 'forget' AND plan <> ?))`)
    .raw()
    .iterate(...placeOf(plan), plan.readAfter, plan.id) as Iterable<[string]>
}

function placeOf(plan: StoredPlan): [string, string, string] {
  const { connection, object, product } = proofPlaceOf(plan)
  return [connection, object, product]
}

function fits(choice: MissingChoice): (record: MissingRecord) => boolean {
  switch (choice) {
    case 're-create':
      return ({ cause, remoteId }) => cause === 'gone' && remoteId !== null
    case 'follow':
      return ({ cause, remoteId, movedTo }) => cause === 'moved' && remoteId !== null && movedTo !== null
    case 'forget':
      return ({ cause, remoteId }) => (cause === 'gone' || cause === 'moved') && remoteId !== null
  }
}

function nothingToDecide({ choice, scope }: MissingDecision): AppError {
  const what = 'record' in scope ? scope.record : `the cause “${scope.cause}”`
  const words: Record<MissingDecision['choice'], string> = {
    're-create': `Nothing to create again: the plan lists no deleted record for ${what}.`,
    follow: `Nothing to follow: the plan lists no merged record for ${what}.`,
    forget: `Nothing to forget: the plan lists no deleted or merged record for ${what}.`,
    'take back': `Nothing to take back: nobody decided about a record of ${what}.`,
  }
  return new AppError('not-found', words[choice], { field: 'scope', value: what, next: 'Plan again, and see the blocked rows by cause.' })
}
