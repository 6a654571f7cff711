import type { RowState, Verification } from '../../../contract/states.ts'
import { outcomeLine } from '../../audit/outcomes.ts'
import type { StateDatabase } from '../../storage/database.ts'
import { sha256Hex } from '../../values/hash.ts'
import type { IntentRow, RowOutcome, SkippedRow } from './row-changes.ts'
import type { JournalRow } from '../../plans/journal-rows.ts'

/** Rows of the journal that change together, in one statement where they are alike. */

/** What a read-back showed of one row. */
export interface ReadBack {
  ordinal: number
  verification: Verification
  field?: string
  message?: string
  /** Where what was made was found, if not at the id that was answered; '': nowhere. */
  readId?: string
}

/** A row as the hash of its batch covers it. */
export interface EndedRow {
  ordinal: number
  record: string
  remoteId: string | null
  operation: JournalRow['operation']
  state: RowState
  reason: string | null
  payloadHash: string | null
  resends: number
}

const sentColumns = '(run, ordinal, record, label, remote_id, operation, state, payload_hash, attempts, sent_at, first_sent_at)'
const sentTogether = 50
const insertOne = `INSERT INTO journal ${sentColumns} VALUES (?, ?, ?, ?, ?, ?, 'sent', ?, 1, ?, ?)`
const insertTogether = `INSERT INTO journal ${sentColumns} SELECT r.run, column1, column2, column3, column4, column5, 'sent', column6, 1, r.now, r.now
  FROM (SELECT ? AS run, ? AS now) r, (VALUES ${Array.from({ length: sentTogether }, () => '(?, ?, ?, ?, ?, ?)').join(', ')})`

/** The intents of a batch. */
export function insertSent(database: StateDatabase, run: string, rows: readonly IntentRow[], now: number): void {
  const many = database.statement(insertTogether)
  let start = 0
  for (; start + sentTogether <= rows.length; start += sentTogether) {
    const values: (string | number | null)[] = [run, now]
    for (let index = start; index < start + sentTogether; index++) {
      const row = rows[index]
      if (row) values.push(row.ordinal, row.record, row.label, row.remoteId, row.operation, row.payloadHash)
    }
    many.run(...values)
  }
  const one = database.statement(insertOne)
  for (const row of rows.slice(start)) one.run(run, row.ordinal, row.record, row.label, row.remoteId, row.operation, row.payloadHash, now, now)
}

export function insertSkippedRows(database: StateDatabase, run: string, rows: readonly SkippedRow[], { batch, now }: { batch: number; now: number }): void {
  const insert = database.statement(
    "INSERT INTO journal (run, ordinal, record, label, remote_id, operation, state, reason, message, batch, settled_at) VALUES (?, ?, ?, ?, ?, ?, 'skipped', ?, ?, ?, ?)",
  )
  for (const row of rows) insert.run(run, row.ordinal, row.record, row.label, row.remoteId, row.operation, row.reason, row.message ?? null, batch, now)
}

/** Rows in the order given, in stretches that follow each other in the plan and are alike. */
export function* stretches<Row extends { ordinal: number }>(rows: readonly Row[], alike: (one: Row, other: Row) => boolean): Generator<[Row, ...Row[]]> {
  let stretch: [Row, ...Row[]] | undefined
  for (const row of rows) {
    if (stretch && row.ordinal === stretch[0].ordinal + stretch.length && alike(stretch[0], row)) {
      stretch.push(row)
      continue
    }
    if (stretch) yield stretch
    stretch = [row]
  }
  if (stretch) yield stretch
}

/** Whether all that there is to say of the row is that it was delivered. */
export function isPlainDelivery({ from, to, reason, message, detail, field, job, position, unsent }: RowOutcome): boolean {
  return from === 'sent' && to === 'delivered' && unsent !== true && [reason, message, detail, field, job, position].every((said) => said === undefined)
}

/** Plain deliveries that are told alike. */
export function deliveredAlike(one: RowOutcome, other: RowOutcome): boolean {
  return isPlainDelivery(one) && isPlainDelivery(other) && one.existed === other.existed && one.unverifiable === other.unverifiable
}

// A number is bound as a real one, and would be written with a point.
const deliverStretch = `UPDATE journal SET state = 'delivered', remote_id = coalesce(json_extract(?, '$[' || (ordinal - CAST(? AS INTEGER)) || ']'), remote_id), existed = ?,
  reason = NULL, message = NULL, detail = NULL, field = NULL, batch = ?, settled_at = ?, verification = ?, proof = ? WHERE run = ? AND ordinal BETWEEN ? AND ? AND state = 'sent'`

/** For a stretch of rows that are `deliveredAlike`. */
export function markDelivered(database: StateDatabase, run: { id: string; ends: number }, stretch: readonly [RowOutcome, ...RowOutcome[]], { batch, now }: { batch: number; now: number }): void {
  const [first] = stretch
  const ids = JSON.stringify(stretch.map(({ remoteId }) => remoteId ?? null))
  const [verification, proof] = first.unverifiable ? ['unverifiable', run.ends] : [null, null]
  changeAll(stretch.length, database.run(deliverStretch, ids, first.ordinal, first.existed ? 1 : 0, batch, now, verification, proof, run.id, first.ordinal, first.ordinal + stretch.length - 1))
}

const verifyStretch = `UPDATE journal SET verification = ?, proof = ?, read_id = ?, message = coalesce(?, message), field = coalesce(?, field)
  WHERE run = ? AND ordinal BETWEEN ? AND ? AND state = 'delivered' AND verification IS NULL`

/** `proof`: the number of the run's end that will publish it. */
export function markVerified(database: StateDatabase, run: string, rows: readonly ReadBack[], proof: number): void {
  for (const stretch of stretches(rows, (one, other) => one.verification === other.verification && one.message === other.message && one.field === other.field && one.readId === other.readId)) {
    const [{ ordinal, verification, message, field, readId }] = stretch
    changeAll(stretch.length, database.run(verifyStretch, verification, proof, readId ?? null, message ?? null, field ?? null, run, ordinal, ordinal + stretch.length - 1))
  }
}

/** The audit's data on a batch: how its rows ended, with the hash over them in order (semantics §7). */
export function batchData(batch: number, rows: readonly EndedRow[], referenceTo: (record: string) => string): Record<string, unknown> {
  const states: Record<string, number> = {}
  let resent = 0
  let lines = ''
  for (const row of [...rows].sort((one, other) => one.ordinal - other.ordinal)) {
    states[row.state] = (states[row.state] ?? 0) + 1
    if (row.resends > 0) resent += 1
    lines += outcomeLine(referenceTo, row)
  }
  return { batch, rows: rows.length, ...states, ...(resent > 0 ? { resentUnproved: resent } : {}), outcomes: sha256Hex(lines) }
}

/** An update that names the state it expects: a row in another one is a bug, and nothing changes. */
function changeAll(expected: number, changed: number): void {
  if (changed !== expected) throw new Error(`expected ${expected} rows of the journal to change, ${changed} did`)
}
