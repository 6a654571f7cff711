import { lockstep } from '../audit/audit.ts'
import { verificationHash } from '../audit/run-hash.ts'
import { Journal } from '../execution/journal/journal.ts'
import { allRows, type JournalRow } from '../plans/journal-rows.ts'
import { StoredRuns } from '../execution/runs/stored-runs.ts'
import { PlanStore } from '../plans/plan-store.ts'
import type { Ports } from '../ports/ports.ts'
import type { StateDatabase } from '../storage/database.ts'
import { openDuckDb, quoteText, readParquet } from '../storage/duckdb.ts'
import { type DataFile, DataFileLog } from '../storage/data-file-log.ts'

/** A state that is older than what it describes, not yet in use. */
export interface OldState {
  database: StateDatabase
  ports: Pick<Ports, 'clock' | 'ids'>
  /** Where the data files lie, and scratch. */
  dataFolder: string
  tempFolder: string
  referenceKey: string
}

const rowsPerCommit = 2000
const runEnded = 'The workspace was restored from a backup that was made while this run was going on. What was sent after that is not known here; the next plan reads it.'

/**
 * Makes an old state safe to go on from: the destinations have moved on since, partly by our own hand. Every base is
 * unknown and every linked record is read again; plans of before are stale, with their approvals; runs of before end
 * with their unsettled rows unknown. Nothing can be sent before a new plan has read.
 */
export async function invalidateState(state: OldState): Promise<void> {
  const { database, ports } = state
  for (const run of new StoredRuns(database, new PlanStore(database)).open()) await endRun(state, run)
  const settled = await settledToReadAgain(state)
  database.transaction(() => {
    database.run("UPDATE plans SET state = 'stale' WHERE state IN ('in review', 'approved', 'stopped by a guard')")
    // A run of before that a person resumes settles what it sent; what it had not sent yet may have been sent since.
    database.run("UPDATE plans SET expires_at = min(expires_at, ?) WHERE state IN ('applying', 'applied')", ports.clock.now())
    database.run("UPDATE data_files SET retired_at = ? WHERE kind = 'base' AND retired_at IS NULL", ports.clock.now())
    database.run('DELETE FROM read_marks')
    const dataFiles = snapshotsOf(state)
    for (const { scope, path, rows, replaces } of settled) dataFiles.publish('settled', scope, path, rows, replaces)
  })
}

async function endRun({ database, ports, referenceKey }: OldState, id: string): Promise<void> {
  const journal = new Journal({ trail: { database, ports }, run: id, referenceKey })
  const unsettled = [...allRows(database, id, "state IN ('sent', 'accepted')")]
  for (let first = 0; first < unsettled.length; first += rowsPerCommit) journal.settle(unsettled.slice(first, first + rowsPerCommit).map(asUnknown))
  const { plan, activation } = journal.run
  const outcomes = await verificationHash(database, id, ports.clock)
  journal.moveRun({ kind: 'fail', reason: runEnded }, {
    also: () => database.run("UPDATE plans SET state = 'applied' WHERE id = ?", plan),
    audit: { kind: 'run finished', actor: lockstep, subject: id, data: { plan, activation, state: 'failed', reason: runEnded, ...journal.counts, outcomes } },
  })
}

function asUnknown({ ordinal, state }: JournalRow): Parameters<Journal['settle']>[0][number] {
  return { ordinal, from: state, to: 'unknown', reason: 'restored', message: 'The workspace was restored from a backup of before the answer came.' }
}

interface SettledFile {
  scope: string
  path: string
  rows: number
  replaces: DataFile[]
}

/** Which record a key leads to is kept; that it was settled is not, so the next plan reads every one of them by its id. */
async function settledToReadAgain(state: OldState): Promise<SettledFile[]> {
  const dataFiles = snapshotsOf(state)
  const scopes = state.database.all<{ scope: string }>("SELECT DISTINCT scope FROM data_files WHERE kind = 'settled' AND retired_at IS NULL ORDER BY scope")
  const duckdb = await openDuckDb({ tempFolder: state.tempFolder, memoryLimitMb: 256 })
  try {
    const files: SettledFile[] = []
    for (const { scope } of scopes) {
      const path = dataFiles.newFile('settled')
      await duckdb.run(`COPY (SELECT * REPLACE (NULL::UBIGINT AS fp) FROM (${dataFiles.settledQuery(scope)})) TO ${quoteText(path)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)`)
      const written = await duckdb.row<{ rows: number }>(`SELECT count(*) AS rows FROM ${readParquet(path)}`)
      files.push({ scope, path, rows: written?.rows ?? 0, replaces: dataFiles.files('settled', scope) })
    }
    return files
  } finally {
    duckdb.closeInstance()
  }
}

function snapshotsOf({ database, dataFolder, ports }: OldState): DataFileLog {
  return new DataFileLog({ database, folder: dataFolder, clock: ports.clock, ids: ports.ids })
}
