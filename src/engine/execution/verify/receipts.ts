import type { Ids } from '../../ports/ports.ts'
import type { StateDatabase } from '../../storage/database.ts'
import { openDuckDb, parquetOptions, quoteText } from '../../storage/duckdb.ts'
import { createTableOfSqlitePages, type PageColumns, pageOfRowsSqlite } from '../../storage/page-table.ts'

/** Written receipts that do not count yet. */
export interface PreparedReceipts {
  id: string
  path: string
  rows: number
}

const columns: PageColumns = {
  ordinal: 'whole number',
  record: 'text',
  remote_id: 'text',
  operation: 'plain text',
  state: 'plain text',
  reason: 'text',
  message: 'text',
  detail: 'text',
  field: 'text',
  batch: 'whole number',
  payload_hash: 'plain text',
  job: 'text',
  attempts: 'whole number',
  sent_at: 'whole number',
  settled_at: 'whole number',
  verification: 'plain text',
}

const rowsPerPage = 1000

/** Writes what became of every row of a run as one immutable file. */
export async function writeReceipts(options: { database: StateDatabase; ids: Ids; run: string; folder: string; tempFolder: string }): Promise<PreparedReceipts> {
  const { database, ids, run, folder, tempFolder } = options
  const id = ids.next()
  const path = `receipts-${id}.parquet`
  // Written as they come, which is in order.
  const duckdb = await openDuckDb({ tempFolder, memoryLimitMb: 96, threads: 1, keepOrder: true })
  try {
    const store = await createTableOfSqlitePages(duckdb, 'receipts', columns)
    let written = 0
    for (const { rows, page } of pagesOf(database, run)) {
      await store(page)
      written += rows
    }
    await duckdb.run(`COPY (SELECT * FROM receipts) TO ${quoteText(`${folder}/${path}`)} (${parquetOptions})`)
    return { id, path, rows: written }
  } finally {
    duckdb.closeInstance()
  }
}

/** SQLite writes each page as one text: rows that only pass through need not become objects. */
function* pagesOf(database: StateDatabase, run: string): Generator<{ rows: number; page: string }> {
  const query = `SELECT count(*) AS rows, max(ordinal) AS last, ${pageOfRowsSqlite(columns)} AS page
    FROM (SELECT * FROM journal WHERE run = ? AND ordinal > ? ORDER BY ordinal LIMIT ${rowsPerPage})`
  for (let after = -1; ; ) {
    const read = database.get<{ rows: number; last: number | null; page: string }>(query, run, after)
    if (!read || read.last === null) return
    yield read
    after = read.last
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
