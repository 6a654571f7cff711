import type { Connection } from '../../destinations/connect.ts'
import type { ReadQuery, ReadRecord } from '../../destinations/destination.ts'
import type { Session } from '../../session/session.ts'
import { type DuckDb, quoteText, readParquetParts } from '../../storage/duckdb.ts'
import { planFiles } from '../stored/plan-files.ts'
import { PlanStore } from '../../plans/plan-store.ts'

interface Proving {
  session: Pick<Session, 'database' | 'folders' | 'ports'>
  duckdb: DuckDb
  connected: Connection
  object: string
  signal?: AbortSignal
}

/**
 * Records of which only the answer to a write says whose they are (`unproved` with a `run`): each is looked for by the match
 * key under which it was made, and the record that holds the key is the one (semantics §5: nothing is written over an
 * unproved link). Where none does, and the one that was answered is there, it is somebody else's and the row is in doubt;
 * where that is not there either, it is gone. Only of rows that are looked at.
 */
export async function proveCreates(proving: Proving): Promise<void> {
  const { duckdb, connected } = proving
  if (connected.profile.readBack === 'none') return
  const runs = await duckdb.rows<{ run: string }>('SELECT DISTINCT run FROM unproved WHERE run IS NOT NULL AND key IN (SELECT key FROM unsettled) ORDER BY run')
  if (runs.length === 0) return
  const proved = await duckdb.createTable('proved', { key: 'text', remote_id: 'text', run: 'text' })
  for (const { run } of runs) for await (const { key, remoteId } of provedOf(proving, run)) proved.add([key, remoteId, run])
  proved.finish()
  await duckdb.run('UPDATE unproved SET remote_id = (SELECT any_value(p.remote_id) FROM proved p WHERE p.key = unproved.key AND p.run = unproved.run) WHERE run IS NOT NULL')
  await duckdb.run('DROP TABLE proved')
}

interface Made {
  key: string
  answered: string
  /** As the plan found it, before anything was sent. */
  found: string | null
  match_key: string | null
}

/** Product key and record of what a run made, as reads show. */
async function* provedOf(proving: Proving, run: string): AsyncGenerator<{ key: string; remoteId: string }> {
  const { session, duckdb, connected } = proving
  const made = session.database.get<{ plan: string }>('SELECT plan FROM runs WHERE id = ?', run)
  const plan = made && new PlanStore(session.database).find(made.plan)
  const folder = plan && `${session.folders.plans}/${plan.folder}`
  // A plan that is not kept any more cannot say by which key it made the record.
  if (!plan || folder === undefined || !(await session.ports.files.exists(folder))) return
  const rows = await duckdb.rows<Made>(
    `SELECT u.key, u.answered, r.remote_id AS found, r.match_key FROM unproved u JOIN ${readParquetParts(folder, planFiles.records)} r USING (key)
     WHERE u.run = ${quoteText(run)} AND u.answered IS NOT NULL AND u.key IN (SELECT key FROM unsettled) ORDER BY u.key`,
  )
  const size = connected.profile.rowsPerRead
  for (let start = 0; start < rows.length; start += size) yield* await provedAmong(proving, plan.header.matchField, rows.slice(start, start + size))
}

async function provedAmong({ connected, object, signal }: Proving, field: string, rows: Made[]): Promise<{ key: string; remoteId: string }[]> {
  const living = async (by: ReadQuery['by']): Promise<ReadRecord[]> =>
    by.values.length === 0 ? [] : (await connected.read({ object, fields: [], by }, signal)).filter(({ deleted, mergedFrom }) => deleted !== true && (by.kind === 'key' || mergedFrom === undefined))
  const holders = new Map((await living({ kind: 'key', field, values: rows.flatMap(({ found, match_key: key }) => (found === null && key !== null ? [key] : [])) })).map(({ id, requestedKey }) => [requestedKey, id]))
  // A member of a list is a record that the plan had found.
  const proved = rows.map((row) => ({ ...row, remoteId: row.found ?? (row.match_key === null ? undefined : holders.get(row.match_key)) }))
  const doubtful = proved.filter(({ remoteId }) => remoteId === undefined)
  const others = new Set((await living({ kind: 'id', values: doubtful.map(({ answered }) => answered) })).map(({ id }) => id))
  return proved.flatMap(({ key, answered, remoteId }) => {
    if (remoteId !== undefined) return [{ key, remoteId }]
    return others.has(answered) ? [] : [{ key, remoteId: answered }]
  })
}
