import type { Clock, Ids } from '../ports.ts'
import type { StateDatabase } from '../storage/database.ts'
import { openDuckDb, quoteText } from '../storage/duckdb.ts'
import type { JournalRow } from './journal-rows.ts'

/** Written receipts that do not count yet. */
export interface PreparedReceipts {
  id: string
  path: string
  rows: number
}

const columns = {
  ordinal: 'whole number',
  record: 'text',
  remote_id: 'text',
  operation: 'text',
  state: 'text',
  reason: 'text',
  message: 'text',
  detail: 'text',
  field: 'text',
  batch: 'whole number',
  payload_hash: 'text',
  job: 'text',
  attempts: 'whole number',
  sent_at: 'whole number',
  settled_at: 'whole number',
  verification: 'text',
} as const

/** Everybody else gets a turn in between, and what the rows took in memory is given back. */
const rowsBetweenTurns = 10_000

/** Writes what became of every row of a run as one immutable file. */
export async function writeReceipts(options: { clock: Clock; ids: Ids; rows: Iterable<JournalRow>; folder: string; tempFolder: string }): Promise<PreparedReceipts> {
  const { clock, ids, rows, folder, tempFolder } = options
  const id = ids.next()
  const path = `receipts-${id}.parquet`
  const duckdb = await openDuckDb({ tempFolder, memoryLimitMb: 96, threads: 1 })
  try {
    const writer = await duckdb.createTable('receipts', columns)
    for (const row of rows) {
      writer.add([
        row.ordinal, row.record, row.remote_id, row.operation, row.state, row.reason, row.message, row.detail, row.field, row.batch,
        row.payload_hash, row.job, row.attempts, row.sent_at, row.settled_at, row.verification,
      ])
      if (writer.rowsWritten % rowsBetweenTurns === 0) await clock.sleep(0)
    }
    writer.finish()
    await duckdb.run(`COPY (SELECT * FROM receipts ORDER BY ordinal) TO ${quoteText(`${folder}/${path}`)} (FORMAT parquet, COMPRESSION zstd)`)
    return { id, path, rows: writer.rowsWritten }
  } finally {
    duckdb.closeInstance()
  }
}

/** Makes the receipts count. Call in the transaction that ends the run; receipts of an earlier end retire. */
export function publishReceipts(database: StateDatabase, run: string, receipts: PreparedReceipts, now: number): void {
  database.run("UPDATE data_files SET retired_at = ? WHERE kind = 'receipts' AND scope = ? AND retired_at IS NULL", now, run)
  const next = database.get<{ value: number }>("INSERT INTO sequence VALUES ('data', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value")
  database.run(
    "INSERT INTO data_files (id, kind, scope, path, sequence, rows, created_at) VALUES (?, 'receipts', ?, ?, ?, ?, ?)",
    receipts.id,
    run,
    receipts.path,
    next?.value ?? 1,
    receipts.rows,
    now,
  )
}
