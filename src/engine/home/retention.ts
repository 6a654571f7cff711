import { appendAudit, lockstep } from '../audit/audit.ts'
import type { Session } from '../session/session.ts'
import { listBackups, removeBackup } from '../storage/backups.ts'
import type { WorkspaceDefinition } from '../../contract/definitions.ts'

type Place = Pick<Session, 'ports' | 'database' | 'folders'>
export type Retention = NonNullable<WorkspaceDefinition['retention']>
/** Where the workspace says nothing. */
export const keptUnlessSaid: Retention = { bulkDays: 90, proofYears: 7 }

const day = 24 * 60 * 60_000
/** Until when the texts of rows have been dropped already. */
const markKey = 'bulk dropped until'

/** How many of each kind went. */
export interface Dropped {
  plans: number
  files: number
  requests: number
  texts: number
  exports: number
  backups: number
  figures: number
  runs: number
}

/**
 * Drops what is older than the workspace keeps it (semantics §7). Bulk: the rows of plans with their before-images,
 * receipts, the request log, superseded data files, exports, backups, and names and messages in the journal. Proof stays:
 * audit, approvals, answers, counts and the hashed part of every row, for as many years as the workspace says. Of the figures
 * of identity one run of each day stays as long: what they were over time is told by days.
 */
export async function applyRetention(place: Place, retention: Retention): Promise<Dropped> {
  const now = place.ports.clock.now()
  const bulk = now - retention.bulkDays * day
  const proof = now - retention.proofYears * 365.25 * day
  const dropped: Dropped = {
    plans: await dropPlanFiles(place, bulk),
    files: await dropDataFiles(place, bulk),
    requests: place.database.run('DELETE FROM requests WHERE at < ?', bulk),
    texts: dropTexts(place, bulk),
    exports: await dropExports(place, bulk),
    backups: dropBackups(place, bulk),
    figures: dropFigures(place, bulk, proof),
    runs: dropProof(place, proof),
  }
  if (Object.values(dropped).some((count) => count > 0)) {
    appendAudit(place, { kind: 'bulk dropped', actor: lockstep, data: { ...dropped, before: new Date(bulk).toISOString() } })
  }
  return dropped
}

/** A plan that somebody may still read, apply or settle from keeps its files. */
async function dropPlanFiles({ database, folders, ports }: Place, before: number): Promise<number> {
  const there = new Set((await ports.files.list(folders.plans)).map(({ name }) => name))
  const old = database.all<{ folder: string; run: string | null }>(
    'SELECT p.folder, r.id AS run FROM plans p LEFT JOIN runs r ON r.plan = p.id WHERE p.created_at < ? AND p.expires_at < ? AND (r.id IS NULL OR r.finished_at < ?)',
    before,
    ports.clock.now(),
    before,
  )
  let dropped = 0
  for (const { folder, run } of old) {
    if (!there.has(folder) || database.get("SELECT 1 FROM journal WHERE run = ? AND state = 'unknown' LIMIT 1", run)) continue
    await ports.files.remove(`${folders.plans}/${folder}`)
    dropped++
  }
  return dropped
}

/** Pointers go first: a crash in between leaves orphans, which are swept. Several pointers may name one file. */
async function dropDataFiles({ database, folders, ports }: Place, before: number): Promise<number> {
  const old = database.transaction(() => {
    const rows = database.all<{ id: string; path: string }>("SELECT id, path FROM data_files WHERE retired_at < ? OR (kind = 'receipts' AND created_at < ?)", before, before)
    for (const { id } of rows) database.run('DELETE FROM data_files WHERE id = ?', id)
    return new Set(rows.map(({ path }) => path).filter((path) => !database.get('SELECT 1 FROM data_files WHERE path = ?', path)))
  })
  for (const path of old) await ports.files.remove(`${folders.data}/${path}`)
  return old.size
}

/** What no hash covers: names and messages of rows. A row that waits for a person keeps its own. */
function dropTexts({ database }: Place, before: number): number {
  const since = Number(database.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', markKey)?.value ?? 0)
  return database.transaction(() => {
    const runs = database.all<{ id: string }>('SELECT id FROM runs WHERE finished_at >= ? AND finished_at < ?', since, before)
    let rows = 0
    for (const { id } of runs) rows += database.run("UPDATE journal SET label = '', message = NULL, detail = NULL WHERE run = ? AND state <> 'unknown'", id)
    database.run('INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value', markKey, String(before))
    return rows
  })
}

async function dropExports({ folders, ports }: Place, before: number): Promise<number> {
  let dropped = 0
  for (const { name } of await ports.files.list(folders.exports)) {
    const path = `${folders.exports}/${name}`
    const found = await ports.files.stat(path)
    if (!found || found.modifiedAt >= before) continue
    await ports.files.remove(path)
    dropped++
  }
  return dropped
}

function dropBackups({ folders }: Place, before: number): number {
  const old = listBackups(folders.state).filter(({ manifest }) => manifest.at < before)
  for (const backup of old) removeBackup(backup)
  return old.length
}

/**
 * Figures of identity: of each day before `bulk` the last run stays, one over the records rather than one that only applied
 * a decision, for a chart draws no other; from before `proof` none. The newest of each identity is what counts now.
 */
function dropFigures({ database }: Place, bulk: number, proof: number): number {
  return database.run(
    `DELETE FROM identity_runs WHERE at < ?
      AND run NOT IN (SELECT max(run) FROM identity_runs GROUP BY identity)
      AND run NOT IN (SELECT run FROM (SELECT run, row_number() OVER (PARTITION BY identity, at / ${day} ORDER BY how = 'decisions only', run DESC) AS place FROM identity_runs WHERE at >= ? AND at < ?) WHERE place = 1)`,
    bulk,
    proof,
    bulk,
  )
}

/** The proof of a run, once nobody has to show it any more. The chain says so, and so verifies without its rows. */
function dropProof(place: Place, before: number): number {
  const { database } = place
  const old = database.all<{ id: string; plan: string; activation: string }>('SELECT id, plan, activation FROM runs WHERE finished_at < ?', before)
  for (const { id, plan, activation } of old) {
    database.transaction(() => {
      const rows = database.run('DELETE FROM journal WHERE run = ?', id)
      database.run('DELETE FROM write_jobs WHERE run = ?', id)
      database.run('DELETE FROM runs WHERE id = ?', id)
      for (const table of ['answers', 'selections', 'approvals', 'guard_lifts']) database.run(`DELETE FROM ${table} WHERE plan = ?`, plan)
      database.run('DELETE FROM plans WHERE id = ?', plan)
      appendAudit(place, { kind: 'proof dropped', actor: lockstep, subject: id, data: { rows, activation } })
    })
  }
  return old.length
}
