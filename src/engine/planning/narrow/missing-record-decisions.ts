import type { MissingChoice } from '../../../contract/states.ts'
import type { StateDatabase } from '../../storage/database.ts'
import type { DuckDb } from '../../storage/duckdb.ts'
import { linksScope, type ProofPlace } from '../../storage/data-file-log.ts'
import { type AudienceShape, unsettleLinks } from './delta.ts'
import { type PlanHeader, proofPlaceOf } from '../../plans/plan-store.ts'

/** A choice as it travels with its row. */
export type ToldChoice = Forgotten | { choice: Exclude<MissingChoice, 'forget'> | 'taken back' }

/** Why somebody stays out, in their words. */
export interface Forgotten {
  choice: 'forget'
  by: string
  at: number
  reason: string | null
}

interface ChoiceRow extends Omit<Forgotten, 'choice'> {
  record: string
  choice: ToldChoice['choice']
  remote_id: string
  moved_to: string | null
  entry: number
}

/**
 * Puts what people decided about records that are gone or merged beside the audience: `choices` (key, choice, remote_id,
 * moved_to, told, spent). A choice is about one record; once the row's link leads elsewhere it says nothing more. One to
 * make the record again is spent when a run has made it since, so that another loss is another question.
 */
export async function loadMissingRecordDecisions(database: StateDatabase, duckdb: DuckDb, place: ProofPlace): Promise<void> {
  const table = await duckdb.createTable('choices', { key: 'text', choice: 'text', remote_id: 'text', moved_to: 'text', told: 'text', entry: 'whole number', spent: 'true or false' })
  const rows = database.sqlite
    .prepare<[string, string, string], ChoiceRow>(
      `SELECT record, choice, remote_id, moved_to, reason, by, at, entry FROM missing_choices
       WHERE connection = ? AND object = ? AND product = ? AND choice <> 'done' AND (choice <> 'taken back' OR moved_to IS NOT NULL)`,
    )
    .iterate(place.connection, place.object, place.product)
  let oldest: number | undefined
  for (const { record, choice, remote_id: remoteId, moved_to: movedTo, entry, by, at, reason } of rows) {
    if (choice === 're-create') oldest = Math.min(oldest ?? entry, entry)
    // Who and when is told of the forgotten alone; the others go on as rows like any.
    const told: ToldChoice = choice === 'forget' ? { choice, by, at, reason } : { choice }
    table.add([record, choice, remoteId, movedTo, JSON.stringify(told), entry, false])
  }
  table.finish()
  if (oldest !== undefined) await spend(database, duckdb, place, oldest)
}

/** Marks the choices that a run has carried out: one of a plan that knew of them has made the record. */
async function spend(database: StateDatabase, duckdb: DuckDb, place: ProofPlace, oldest: number): Promise<void> {
  const runs = database.all<{ id: string; activation: string; read_after: number; header: string }>(
    'SELECT r.id, r.activation, p.read_after, p.header FROM runs r JOIN plans p ON p.id = r.plan WHERE r.connection = ? AND r.object = ? AND p.read_after >= ?',
    place.connection, place.object, oldest,
  )
  const made = await duckdb.createTable('made_since', { key: 'text', read_after: 'whole number' })
  const creates = database.sqlite.prepare<[string], { record: string }>("SELECT record FROM journal WHERE run = ? AND operation = 'create' AND state = 'delivered'")
  for (const { id, activation, read_after: readAfter, header } of runs) {
    if (linksScope(proofPlaceOf({ ...place, activation, header: JSON.parse(header) as PlanHeader })) !== linksScope(place)) continue
    for (const { record } of creates.iterate(id)) made.add([record, readAfter])
  }
  made.finish()
  await duckdb.run("UPDATE choices SET spent = true WHERE choice = 're-create' AND EXISTS (SELECT 1 FROM made_since m WHERE m.key = choices.key AND m.read_after >= choices.entry)")
  await duckdb.run('DROP TABLE made_since')
}

/** Rows that somebody decided about are looked at although their fingerprint stands, and so is whoever holds a record that others now follow to. */
export async function unsettleChosen(duckdb: DuckDb, shape: AudienceShape): Promise<void> {
  const any = await duckdb.row('SELECT 1 FROM choices LIMIT 1')
  if (any) await unsettleLinks(duckdb, shape, "key IN (SELECT key FROM choices) OR remote_id IN (SELECT moved_to FROM choices WHERE choice = 'follow')")
}

/**
 * Leads the rows on to where people said. Whoever follows holds the record of another: it was not made here, so that it
 * is never removed. Taken back, the row asks again. `recreated` gets the rows whose record is to be made again.
 */
export async function applyChoices(duckdb: DuckDb): Promise<void> {
  const sameRow = 'c.key = unsettled.key'
  await duckdb.run(`UPDATE unsettled SET remote_id = c.moved_to, held = true, created = false FROM choices c WHERE ${sameRow} AND c.choice = 'follow' AND unsettled.remote_id = c.remote_id`)
  await duckdb.run(`UPDATE unsettled SET remote_id = c.remote_id, held = true, created = false FROM choices c WHERE ${sameRow} AND c.choice = 'taken back' AND unsettled.remote_id = c.moved_to`)
  // Made again by a run that could not prove it yet: the links still lead to the record that is gone.
  await duckdb.run(`UPDATE unsettled SET remote_id = u.remote_id, held = u.own, created = u.own FROM (
      SELECT c.key, c.remote_id AS before, u.remote_id, u.own FROM choices c JOIN unproved u USING (key) WHERE c.choice = 're-create' AND c.spent AND u.remote_id <> c.remote_id) u
    WHERE u.key = unsettled.key AND unsettled.remote_id = u.before`)
  await duckdb.run(`CREATE TABLE recreated AS SELECT c.key FROM choices c JOIN unsettled u USING (key) WHERE c.choice = 're-create' AND NOT c.spent AND u.remote_id = c.remote_id`)
}

/** Takes the link from rows whose record is to be made again and which a strong read did not find: only their key can still find one. */
export async function releaseRecreated(duckdb: DuckDb): Promise<void> {
  await duckdb.run(`UPDATE unsettled SET remote_id = NULL, held = false, created = false
    WHERE key IN (SELECT key FROM recreated) AND remote_id NOT IN (SELECT requested_id FROM actual WHERE requested_id IS NOT NULL AND NOT coalesce(deleted, false))`)
}

/** The records that rows followed to another. */
export const followedRecords = "(SELECT remote_id FROM choices WHERE choice = 'follow')"

/** The records are there again: the choice has done its work. Call in the transaction that stores the plan. */
export function choicesEnd(database: StateDatabase, place: ProofPlace, { records, readAfter }: { records: string[]; readAfter: number }): void {
  const end = database.sqlite.prepare("UPDATE missing_choices SET choice = 'done' WHERE connection = ? AND object = ? AND product = ? AND record = ? AND choice = 're-create' AND entry <= ?")
  for (const record of records) end.run(place.connection, place.object, place.product, record, readAfter)
}
