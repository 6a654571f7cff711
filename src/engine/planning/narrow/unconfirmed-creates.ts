import { type JournalRow, provedId } from '../../plans/journal-rows.ts'
import type { StateDatabase } from '../../storage/database.ts'
import type { DuckDb } from '../../storage/duckdb.ts'
import type { ProofPlace } from '../../storage/data-file-log.ts'
import type { PlanReader } from '../stored/plan-reader.ts'
import type { StoredPlan } from '../../plans/plan-store.ts'
import { madeKeys, progressOfOthers, runsSince, runsThatFoundNothing, runsWithUnprovedRows } from './runs-since.ts'

/**
 * Puts what runs made, and what the links cannot tell of yet, into `unproved` (key, remote_id, own, run, answered): a run states its
 * links when it ends, and one that could not read back states none. Where even the answer was lost there is no remote_id.
 * `run`: only its answer says which record it is, `answered` (prove-creates.ts).
 * Without this another activation, whose match key cannot find the record, would make the person again. `keyTells`: the
 * destination can be read by the activation's own key, so that whether its own creates arrived shows by itself.
 */
export async function loadUnconfirmedCreates(database: StateDatabase, duckdb: DuckDb, place: ProofPlace, keyTells: boolean): Promise<void> {
  const table = await duckdb.createTable('unproved', { key: 'text', remote_id: 'text', own: 'true or false', run: 'text', answered: 'text' })
  const rows = database.sqlite.prepare<[string], MadeRow>(
    `SELECT record, state, operation, remote_id, read_id, verification FROM journal WHERE run = ? AND operation = 'create' AND state IN ('sent', 'accepted', 'delivered', 'unknown') ORDER BY ordinal`,
  )
  for (const { id, activation } of runsWithUnprovedRows(database, place)) {
    const own = activation === place.activation
    for (const row of rows.iterate(id)) {
      if (row.read_id === '') continue
      const remoteId = row.state === 'delivered' ? (row.read_id ?? row.remote_id) : null
      const answered = remoteId === null || provedId(row) !== undefined ? null : row.remote_id
      if (remoteId !== null || !own || !keyTells) table.add([row.record, remoteId, own, answered === null ? null : id, answered])
    }
  }
  for (const { run, own, record, remoteId } of foundNowhere(database, place)) table.add([record, remoteId, own, run, remoteId])
  table.finish()
}

type MadeRow = Pick<JournalRow, 'record' | 'state' | 'operation' | 'remote_id' | 'read_id' | 'verification'>

/** Said to be made, and no read found it: nobody makes it again, or writes to what was answered, unasked. */
function foundNowhere(database: StateDatabase, place: ProofPlace): { run: string; own: boolean; record: string; remoteId: string | null }[] {
  return runsThatFoundNothing(database, place).flatMap(({ id, activation }) =>
    database
      .all<{ record: string; remoteId: string | null }>("SELECT record, remote_id AS remoteId FROM journal INDEXED BY journal_found_nowhere WHERE run = ? AND read_id = ''", id)
      .map((row) => ({ ...row, run: id, own: activation === place.activation })),
  )
}

/**
 * Tells a run which records of its plan other runs have made since the plan was read, while this one waited or let them
 * pass. Looked up anew only when one of them has moved.
 */
export function madeElsewhere(database: StateDatabase, plan: StoredPlan, reader: PlanReader): () => Promise<ReadonlySet<string>> {
  let known: { at: string; keys: Promise<ReadonlySet<string>> } | undefined
  return () => {
    const at = progressOfOthers(database, plan)
    if (known?.at !== at) known = { at, keys: keysAmong(runsSince(database, plan).map(({ id }) => id)) }
    return known.keys
  }

  async function keysAmong(runs: string[]): Promise<ReadonlySet<string>> {
    return runs.length === 0 ? new Set() : reader.createsAmong(allKeys(database, runs))
  }
}

function* allKeys(database: StateDatabase, runs: string[]): Generator<[string]> {
  for (const run of runs) yield* madeKeys(database, run)
}
