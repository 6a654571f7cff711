import type { ActivationShares } from '../../contract/shapes.ts'
import type { StoredPlan } from '../plans/plan-store.ts'
import type { KeptRecords } from '../planning/stored/review-view.ts'
import type { StateDatabase } from '../storage/database.ts'

/** What runs since a whole plan proved of the records that it planned; the newest run of a record speaks. */
export interface ProvedRows {
  /** Read back as sent, and nothing of the record is kept. */
  inStep: number
  kept: number
  overridden: number
}

/**
 * Each record of an audience in exactly one of five, as the newest whole plan read it and as runs since proved it:
 *
 *     blocked    = blocked in the plan
 *     overridden = unchanged in the plan with a value that a read-back had found replaced + read back as another value since
 *     kept       = other unchanged ones of which an answer keeps a value + sent or skipped since with an answer that does
 *     inStep     = the other unchanged ones + read back as sent since
 *     notSeen    = what is left: planned and not sent, in doubt, refused, or not to be read back
 *
 * A field that the activation leaves to the destination counts against nobody: the warehouse does not decide it.
 */
export function sharesOf({ counts }: Pick<StoredPlan, 'counts'>, kept: KeptRecords, proved: ProvedRows): ActivationShares {
  const planned = counts.create + counts.update
  // A later run may have sent what this plan found unchanged; then that row is no longer one of the unchanged.
  const seen = Math.min(planned, proved.inStep + proved.kept + proved.overridden)
  const beyond = proved.inStep + proved.kept + proved.overridden - seen
  return {
    inStep: counts.unchanged - kept.unchanged.kept - kept.unchanged.overridden + proved.inStep - beyond,
    kept: kept.unchanged.kept + proved.kept,
    blocked: counts.blocked,
    overridden: kept.unchanged.overridden + proved.overridden,
    notSeen: planned - seen,
  }
}

/** Changes when a run since the plan begins, goes over to reading back, or ends: only then is something proved. */
export function proofMark(database: StateDatabase, plan: Pick<StoredPlan, 'id' | 'activation'>): string {
  return runsSince(database, plan).map(({ id, state, ends }) => `${id} ${state} ${ends}`).join('\n')
}

function runsSince(database: StateDatabase, plan: Pick<StoredPlan, 'id' | 'activation'>): { id: string; state: string; ends: number }[] {
  return database.all('SELECT id, state, ends FROM runs WHERE activation = ? AND number > (SELECT number FROM plans WHERE id = ?) ORDER BY number', plan.activation, plan.id)
}

/** What became of the plan's records in its run and in later ones. `keptUpdates`: ordinals of updates with a kept field besides. */
export function provedSince(database: StateDatabase, plan: Pick<StoredPlan, 'id' | 'activation'>, keptUpdates: readonly number[]): ProvedRows {
  const runs = runsSince(database, plan)
  // A record is in a run once; of several runs the newest speaks, whose columns SQLite gives beside max().
  const newest = runs.length < 2 ? '' : 'GROUP BY j.record'
  const rows = database.all<{ verification: string | null; reason: string | null; kept: number; count: number }>(
    `WITH sent AS (
       SELECT j.record, j.ordinal, j.verification, j.reason, r.plan, ${newest === '' ? 'r.number' : 'max(r.number)'} FROM runs r JOIN journal j ON j.run = r.id
       WHERE r.id IN (SELECT value FROM json_each(?)) AND j.operation <> 'remove' ${newest})
     SELECT verification, reason,
       EXISTS (SELECT 1 FROM answers a WHERE a.plan = sent.plan AND a.record = sent.record AND a.kind IN ('destination', 'value'))
         OR (sent.plan = ? AND sent.ordinal IN (SELECT value FROM json_each(?))) AS kept,
       count(*) AS count
     FROM sent GROUP BY 1, 2, 3`,
    JSON.stringify(runs.map(({ id }) => id)),
    plan.id,
    JSON.stringify(keptUpdates),
  )
  const proved: ProvedRows = { inStep: 0, kept: 0, overridden: 0 }
  for (const { verification, reason, kept, count } of rows) {
    if (verification === 'overridden') proved.overridden += count
    else if (reason === 'kept') proved.kept += count
    else if (verification === 'verified') proved[kept ? 'kept' : 'inStep'] += count
  }
  return proved
}

/** How an audience stands, in a sentence: all of it, or how much and what of the rest. */
export function standingWords(shares: ActivationShares, destinationName: string): string {
  const audience = shares.inStep + shares.kept + shares.blocked + shares.overridden + shares.notSeen
  if (shares.inStep === audience) return `${destinationName} holds what the warehouse says.`
  const rest = [part(shares.overridden, 'overridden over there'), part(shares.kept, 'kept on purpose'), part(shares.blocked, 'blocked'), part(shares.notSeen, 'not seen')].filter((words) => words !== '')
  return `${destinationName} holds what the warehouse says for ${number(shares.inStep)} of ${number(audience)}: ${rest.join(', ')}.`
}

function part(count: number, words: string): string {
  return count === 0 ? '' : `${number(count)} ${words}`
}

function number(value: number): string {
  return value.toLocaleString('en-GB')
}
