import type { RecordOperation, RowState, RunCounts, Verification } from '../../contract/states.ts'
import type { StateDatabase } from '../storage/database.ts'
import { addVerification, balances, moveRows, nothingDone } from './run-counts.ts'

/** A run as stored. */
export interface RunRecord {
  id: string
  plan: string
  activation: string
  connection: string
  object: string
  state: 'approved' | 'applying' | 'verifying' | 'done' | 'stopped' | 'failed'
  reason: string | null
  paused: number
  cancelling: number
  planned: number
  next_ordinal: number
  batches: number
  /** How often it has ended and published its proofs. */
  ends: number
  counts: string
  started_by: string
  started_at: number
  finished_at: number | null
}

/** A row of the journal as stored. */
export interface JournalRow {
  ordinal: number
  record: string
  label: string
  remote_id: string | null
  operation: Extract<RecordOperation, 'create' | 'update' | 'remove'>
  state: RowState
  reason: string | null
  message: string | null
  detail: string | null
  field: string | null
  batch: number | null
  position: number | null
  payload_hash: string | null
  job: string | null
  existed: number
  attempts: number
  sent_at: number | null
  /** Stays when the row is sent again. */
  first_sent_at: number | null
  /** How often it was sent although it may have arrived before. */
  resends: number
  settled_at: number | null
  verification: Verification | null
  /** Where a read found what was made: NULL as answered, '' nowhere. */
  read_id: string | null
}

export const openRunStates = ['approved', 'applying', 'verifying'] as const

export function isOpen(run: RunRecord): boolean {
  return (openRunStates as readonly string[]).includes(run.state)
}

export function readRun(database: StateDatabase, id: string): RunRecord | undefined {
  return database.get<RunRecord>('SELECT * FROM runs WHERE id = ?', id)
}

/** Rows of an ordinal range, in order. */
export function rowsBetween(database: StateDatabase, run: string, first: number, last: number): JournalRow[] {
  return database.all<JournalRow>('SELECT * FROM journal WHERE run = ? AND ordinal BETWEEN ? AND ? ORDER BY ordinal', run, first, last)
}

/** What reading back needs of a row. */
export type DeliveredRow = Pick<JournalRow, 'ordinal' | 'record' | 'remote_id' | 'operation' | 'existed' | 'state' | 'verification'>

/** The same for reading back, which looks at every row of a run and at few of its columns. */
export function rowsToReadBack(database: StateDatabase, run: string, first: number, last: number): DeliveredRow[] {
  return database.all<DeliveredRow>('SELECT ordinal, record, remote_id, operation, existed, state, verification FROM journal WHERE run = ? AND ordinal BETWEEN ? AND ? ORDER BY ordinal', run, first, last)
}

/** The unknown rows of some records, by product key. */
export function unknownByRecord(database: StateDatabase, run: string, records: string[]): Map<string, JournalRow> {
  const wanted = new Set(records)
  const rows = database.all<JournalRow>("SELECT * FROM journal WHERE run = ? AND state = 'unknown' ORDER BY ordinal", run)
  return new Map(rows.filter((row) => wanted.has(row.record)).map((row) => [row.record, row]))
}

/** Ids that this destination object has answered before, for other records than that of the row: id → product key. */
export function madeBefore(database: StateDatabase, { id, connection, object }: Pick<RunRecord, 'id' | 'connection' | 'object'>, remoteIds: readonly string[]): Map<string, Set<string>> {
  const rows = database.all<{ remoteId: string; record: string }>(
    `SELECT j.remote_id AS remoteId, j.record FROM json_each(?) i JOIN journal j INDEXED BY journal_made ON j.remote_id = i.value AND j.operation = 'create'
     JOIN runs r ON r.id = j.run WHERE r.connection = ? AND r.object = ? AND (j.run = ? OR coalesce(j.read_id, j.remote_id) = j.remote_id)`,
    JSON.stringify(remoteIds), connection, object, id,
  )
  const made = new Map<string, Set<string>>()
  for (const { remoteId, record } of rows) made.set(remoteId, (made.get(remoteId) ?? new Set()).add(record))
  return made
}

/** The record of a row as far as a read, or a plan, has shown it; undefined: only an answer says which it is. */
export function provedId(row: Pick<JournalRow, 'remote_id' | 'read_id' | 'verification' | 'operation'>): string | undefined {
  if (row.read_id !== null) return row.read_id === '' ? undefined : row.read_id
  return row.operation === 'create' && row.verification === null ? undefined : (row.remote_id ?? undefined)
}

/** All rows of a run in ordinal order, page by page. */
export function* allRows(database: StateDatabase, run: string, where = '1'): Generator<JournalRow> {
  const page = 2000
  for (let after = -1; ; ) {
    const rows = database.all<JournalRow>(`SELECT * FROM journal WHERE run = ? AND ordinal > ? AND ${where} ORDER BY ordinal LIMIT ${page}`, run, after)
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < page) return
    after = last.ordinal
  }
}

/** Counts as the rows themselves say. */
export function recount(database: StateDatabase, run: string, planned: number): RunCounts {
  const counts = nothingDone(planned)
  const groups = database.all<{ state: RowState; verification: Verification | null; rows: number }>(
    'SELECT state, verification, count(*) AS rows FROM journal WHERE run = ? GROUP BY state, verification',
    run,
  )
  for (const group of groups) {
    moveRows(counts, 'pending', group.state, group.rows)
    if (group.verification !== null) addVerification(counts, group.verification, group.rows)
  }
  if (!balances(counts)) throw new Error(`the journal of run ${run} does not balance`)
  return counts
}
