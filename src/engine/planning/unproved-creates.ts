import type { StateDatabase } from '../storage/database.ts'
import type { DuckDb } from '../storage/duckdb.ts'
import { linksScope, type ProofPlace } from '../storage/snapshots.ts'
import { type PlanHeader, proofPlaceOf } from './plan-store.ts'

/**
 * Puts the records that runs made, and whose links are not published yet, into `unproved` (key, remote_id, own): a run
 * states its links when it ends, and one that could not read back states none. Without them another activation, whose
 * match key cannot find the record, would make the person again. Says whether there are any.
 */
export async function loadUnprovedCreates(database: StateDatabase, duckdb: DuckDb, place: ProofPlace): Promise<boolean> {
  const table = await duckdb.createTable('unproved', { key: 'text', remote_id: 'text', own: 'true or false' })
  const rows = database.sqlite.prepare<[string], { record: string; remote_id: string }>(
    "SELECT record, remote_id FROM journal WHERE run = ? AND operation = 'create' AND state = 'delivered' AND remote_id IS NOT NULL ORDER BY ordinal",
  )
  for (const { id, activation } of unprovedRuns(database, place)) {
    for (const { record, remote_id: remoteId } of rows.iterate(id)) table.add([record, remoteId, activation === place.activation])
  }
  table.finish()
  return table.rowsWritten > 0
}

/** Runs over the same links that have not ended, or that ended before everything delivered was read back. */
function unprovedRuns(database: StateDatabase, place: ProofPlace): { id: string; activation: string }[] {
  const runs = database.all<{ id: string; activation: string; header: string }>(
    `SELECT r.id, r.activation, p.header FROM runs r JOIN plans p ON p.id = r.plan
     WHERE r.connection = ? AND r.object = ? AND (r.finished_at IS NULL OR json_extract(r.counts, '$.delivered') > json_extract(r.counts, '$.verified') + json_extract(r.counts, '$.overridden') + json_extract(r.counts, '$.unverifiable'))
     ORDER BY r.number`,
    place.connection,
    place.object,
  )
  const shared = linksScope(place)
  return runs.filter(({ activation, header }) => linksScope(proofPlaceOf({ ...place, activation, header: JSON.parse(header) as PlanHeader })) === shared)
}
