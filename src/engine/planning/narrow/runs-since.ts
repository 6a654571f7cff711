import type { StateDatabase } from '../../storage/database.ts'
import { linksScope, type ProofPlace } from '../../storage/data-file-log.ts'
import { type PlanHeader, proofPlaceOf, type StoredPlan } from '../../plans/plan-store.ts'

/** A run that shares a plan's links. */
export interface SharingRun {
  id: string
  activation: string
}

/** The newest entry of the audit: what is recorded later has a higher number, whatever the clock says. */
export function newestEntry(database: StateDatabase): number {
  return database.get<{ newest: number | null }>('SELECT max(sequence) AS newest FROM audit')?.newest ?? 0
}

/**
 * Runs of other plans over the same links that may have moved what this plan read: they have not ended, or they ended,
 * and stated what they proved, after the plan began to read.
 */
export function runsSince(database: StateDatabase, plan: StoredPlan): SharingRun[] {
  return sharing(database, proofPlaceOf(plan), "r.plan <> ? AND (r.finished_at IS NULL OR r.id IN (SELECT subject FROM audit WHERE sequence > ? AND kind = 'run finished'))", [plan.id, plan.readAfter])
}

/**
 * Runs over the same links with creates that the links cannot tell of yet: they have not ended, or they ended before
 * everything delivered was read back, or with rows whose end nobody knows.
 */
export function runsWithUnprovedRows(database: StateDatabase, place: ProofPlace): SharingRun[] {
  const count = (name: string): string => `json_extract(r.counts, '$.${name}')`
  return sharing(database, place, `(r.finished_at IS NULL OR ${count('unknown')} > 0 OR ${count('delivered')} > ${count('verified')} + ${count('overridden')} + ${count('unverifiable')})`, [])
}

/** Runs over the same links of which a read found some creates nowhere. */
export function runsThatFoundNothing(database: StateDatabase, place: ProofPlace): SharingRun[] {
  return sharing(database, place, "r.id IN (SELECT run FROM journal INDEXED BY journal_found_nowhere WHERE read_id = '')", [])
}

function sharing(database: StateDatabase, place: ProofPlace, where: string, values: (string | number)[]): SharingRun[] {
  const scope = linksScope(place)
  return database
    .all<SharingRun & { header: string }>(`SELECT r.id, r.activation, p.header FROM runs r JOIN plans p ON p.id = r.plan WHERE r.connection = ? AND r.object = ? AND ${where} ORDER BY r.number`, place.connection, place.object, ...values)
    .filter(({ activation, header }) => linksScope(proofPlaceOf({ ...place, activation, header: JSON.parse(header) as PlanHeader })) === scope)
    .map(({ id, activation }) => ({ id, activation }))
}

/** Changes whenever another plan's run on the object begins, or gets ahead. */
export function progressOfOthers(database: StateDatabase, plan: StoredPlan): string {
  const row = database.get<{ progress: string }>("SELECT count(*) || ' ' || coalesce(sum(batches), 0) AS progress FROM runs WHERE connection = ? AND object = ? AND plan <> ?", plan.connection, plan.object, plan.id)
  return row?.progress ?? ''
}

/** Product keys that a run has written. */
export function deliveredKeys(database: StateDatabase, run: string): Iterable<[string]> {
  return keys(database, run, "state = 'delivered'")
}

/** Product keys whose record a run has made, or may have. */
export function madeKeys(database: StateDatabase, run: string): Iterable<[string]> {
  return keys(database, run, "operation = 'create' AND state IN ('sent', 'accepted', 'delivered', 'unknown')")
}

function keys(database: StateDatabase, run: string, where: string): Iterable<[string]> {
  return database.sqlite.prepare<[string], [string]>(`SELECT record FROM journal WHERE run = ? AND ${where}`).raw().iterate(run) as Iterable<[string]>
}
