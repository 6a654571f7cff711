import { AppError } from '../../../contract/errors.ts'
import type { CauseGroup, RunRow } from '../../../contract/shapes.ts'
import type { RowState, Verification } from '../../../contract/states.ts'
import { verification as verificationSchema } from '../../../contract/states.ts'
import type { SqliteValue, StateDatabase } from '../../storage/database.ts'
import { allRows, rowsBetween } from '../../plans/journal-rows.ts'
import type { JournalRow } from '../../plans/journal-rows.ts'
import type { PlanForApply } from '../../plans/plan-for-apply.ts'
import { causeWords, foundNowhereWords, overriddenWords } from './run-words.ts'

export interface RunRowQuery {
  offset: number
  limit: number
  sort?: { by: string; descending: boolean }
  search?: string
  state?: RowState | Verification
  /** As `causes` names it. */
  cause?: string
  /** The field that goes with the cause. */
  causeField?: string
}

const sortColumns: Record<string, string> = {
  ordinal: 'ordinal',
  record: 'record',
  label: 'label',
  remoteId: 'remote_id',
  operation: 'operation',
  state: 'state',
  reason: 'reason',
  field: 'field',
  verification: 'verification',
  attempts: 'attempts',
  settledAt: 'settled_at',
}

/** What groups rows; overridden rows are delivered, and a cause of their own, and so are those that a read found nowhere. */
const causeColumn = "CASE WHEN read_id = '' THEN 'found nowhere' WHEN verification = 'overridden' THEN 'overridden' ELSE state || CASE WHEN reason IS NULL THEN '' ELSE ': ' || reason END END"
const problemRows = "(state IN ('rejected', 'skipped', 'quarantined', 'unknown') OR verification = 'overridden')"

/** One page of a run's journal, sorted and filtered. */
export function listRunRows(database: StateDatabase, run: string, query: RunRowQuery): { total: number; rows: RunRow[] } {
  const { where, values } = filterOf(run, query)
  const column = sortColumns[query.sort?.by ?? 'ordinal'] ?? 'ordinal'
  const direction = query.sort?.descending ? 'DESC' : 'ASC'
  const total = database.get<{ total: number }>(`SELECT count(*) AS total FROM journal WHERE ${where}`, ...values)
  const rows = database.all<JournalRow>(`SELECT * FROM journal WHERE ${where} ORDER BY ${column} ${direction} NULLS LAST, ordinal LIMIT ? OFFSET ?`, ...values, query.limit, query.offset)
  return { total: total?.total ?? 0, rows: rows.map(toRunRow) }
}

/** The row of one record, by its product key. */
export function runRowOf(database: StateDatabase, run: string, record: string): RunRow {
  const row = database.get<JournalRow>('SELECT * FROM journal WHERE run = ? AND record = ? LIMIT 1', run, record)
  if (!row) throw new AppError('not-found', `The run has no row for ${record}.`, { field: 'record', value: record, next: 'See the rows of the run.' })
  return toRunRow(row)
}

function filterOf(run: string, query: RunRowQuery): { where: string; values: SqliteValue[] } {
  const where = ['run = ?']
  const values: SqliteValue[] = [run]
  if (query.state !== undefined) {
    where.push(verificationSchema.safeParse(query.state).success ? 'verification = ?' : 'state = ?')
    values.push(query.state)
  }
  if (query.cause !== undefined) {
    where.push(`${causeColumn} = ?`)
    values.push(query.cause)
  }
  if (query.causeField !== undefined) {
    where.push('field = ?')
    values.push(query.causeField)
  }
  if (query.search !== undefined && query.search.trim() !== '') {
    where.push("instr(lower(label || ' ' || record || ' ' || coalesce(remote_id, '') || ' ' || coalesce(message, '') || ' ' || coalesce(field, '')), lower(?)) > 0")
    values.push(query.search.trim())
  }
  return { where: where.join(' AND '), values }
}

/** Rows that are not in the journal yet, from the plan. */
export async function listPendingRows(database: StateDatabase, plan: Pick<PlanForApply, 'records'>, run: { id: string; next_ordinal: number; total: number }, page: { offset: number; limit: number }): Promise<{ total: number; rows: RunRow[] }> {
  const rows: RunRow[] = []
  let skipped = 0
  for await (const chunk of plan.records(run.next_ordinal)) {
    const known = new Set(rowsBetween(database, run.id, chunk[0]?.ordinal ?? 0, chunk.at(-1)?.ordinal ?? 0).map((row) => row.ordinal))
    for (const record of chunk) {
      if (known.has(record.ordinal) || skipped++ < page.offset) continue
      rows.push({ ordinal: record.ordinal, record: record.key, label: record.label, operation: record.operation, state: 'pending', attempts: 0, ...(record.remoteId === undefined ? {} : { remoteId: record.remoteId }) })
      if (rows.length >= page.limit) return { total: run.total, rows }
    }
  }
  return { total: run.total, rows }
}

/** Rows that were not delivered as planned, by cause, with words and fix, the most frequent first. */
export function groupCauses(database: StateDatabase, run: string): CauseGroup[] {
  const groups = database.all<{ cause: string; state: RowState; reason: string | null; field: string | null; message: string | null; detail: string | null; verification: Verification | null; record: string; count: number }>(
    `SELECT ${causeColumn} AS cause, state, reason, field, min(message) AS message, min(detail) AS detail, verification, min(record) AS record, count(*) AS count FROM journal
     WHERE run = ? AND ${problemRows} GROUP BY cause, field ORDER BY count DESC, cause, field`,
    run,
  )
  return groups.map((group) => ({
    cause: group.cause,
    ...(group.cause === 'found nowhere' ? foundNowhereWords : group.verification === 'overridden' ? overriddenWords : causeWords(group.state, group.reason, group.message)),
    ...(group.field === null ? {} : { field: group.field }),
    count: group.count,
    example: group.record,
    ...(group.detail === null ? {} : { detail: group.detail }),
  }))
}

/** All rows of a state for an export, streamed. */
export function* exportableRows(database: StateDatabase, run: string, state: RowState | Verification | undefined): Generator<RunRow> {
  for (const row of allRows(database, run)) {
    if (state === undefined || row.state === state || row.verification === state) yield toRunRow(row)
  }
}

export function toRunRow(row: JournalRow): RunRow {
  return {
    ordinal: row.ordinal,
    record: row.record,
    label: row.label,
    operation: row.operation,
    state: row.state,
    attempts: row.attempts,
    ...(row.remote_id === null ? {} : { remoteId: row.remote_id }),
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.message === null ? {} : { message: row.message }),
    ...(row.detail === null ? {} : { detail: row.detail }),
    ...(row.field === null ? {} : { field: row.field }),
    ...(row.verification === null ? {} : { verification: row.verification }),
    ...(row.settled_at === null ? {} : { settledAt: new Date(row.settled_at).toISOString() }),
  }
}
