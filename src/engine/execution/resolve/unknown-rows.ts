import type { UnknownRow } from '../../../contract/shapes.ts'
import type { StateDatabase } from '../../storage/database.ts'
import type { JournalRow } from '../../plans/journal-rows.ts'
import type { PlanForApply, PlannedRecord } from '../../plans/plan-for-apply.ts'
import { toWrite } from '../send/planned-write.ts'
import type { How, WritePlan } from '../send/planned-write.ts'

/** Where the rows are and what their plan calls things. */
export interface UnknownRowsOf {
  database: StateDatabase
  run: string
  plan: WritePlan & Pick<PlanForApply, 'records'>
  /** Destination field → its label. */
  labels: ReadonlyMap<string, string>
}

/** What settling says of a row that only a person can settle. */
export const needsPerson = 'needs a person'

const actions: Record<How, string> = { create: 'Create', update: 'Update', archive: 'Archive', delete: 'Delete' }

/** One page of the rows nobody could settle, with what was sent. */
export async function listUnknownRows(of: UnknownRowsOf, page: { offset: number; limit: number }): Promise<{ total: number; rows: UnknownRow[] }> {
  const { database, run } = of
  const total = database.get<{ total: number }>("SELECT count(*) AS total FROM journal WHERE run = ? AND state = 'unknown'", run)?.total ?? 0
  const journalled = database.all<JournalRow>("SELECT * FROM journal WHERE run = ? AND state = 'unknown' ORDER BY ordinal LIMIT ? OFFSET ?", run, page.limit, page.offset)
  const records = await recordsOf(of, journalled)
  return { total, rows: journalled.map((row) => toUnknownRow(of, row, records.get(row.ordinal))) }
}

/** The plan's records of some journal rows, by ordinal. Each is looked up where it is: they may lie far apart. */
async function recordsOf({ plan }: UnknownRowsOf, rows: JournalRow[]): Promise<Map<number, PlannedRecord>> {
  const found = new Map<number, PlannedRecord>()
  for (const { ordinal } of rows) {
    if (found.has(ordinal)) continue
    for await (const chunk of plan.records(ordinal)) {
      for (const record of chunk) found.set(record.ordinal, record)
      if (chunk.length > 0) break
    }
  }
  return found
}

function toUnknownRow(of: UnknownRowsOf, row: JournalRow, record: PlannedRecord | undefined): UnknownRow {
  const write = record && toWrite(of.plan, record)
  const known = write && !('skip' in write) ? write : undefined
  return {
    ordinal: row.ordinal,
    record: row.record,
    label: row.label,
    ...(row.remote_id === null ? {} : { remoteId: row.remote_id }),
    operation: row.operation,
    action: known ? actions[known.how] : 'Update',
    sent: Object.entries(known?.send ?? {}).map(([field, value]) => ({ field, fieldLabel: of.labels.get(field) ?? field, before: known?.before[field] ?? null, value })),
    ...instants(row),
    attempts: row.attempts,
    tried: triedWords(row),
    needsPerson: row.reason === needsPerson,
  }
}

function instants(row: JournalRow): Pick<UnknownRow, 'firstSentAt' | 'sentAt'> {
  return {
    ...(row.first_sent_at === null ? {} : { firstSentAt: new Date(row.first_sent_at).toISOString() }),
    ...(row.sent_at === null ? {} : { sentAt: new Date(row.sent_at).toISOString() }),
  }
}

/** From what the journal kept: how often it went out, and what the last attempt to find out said. */
function triedWords(row: JournalRow): string[] {
  const sent = row.attempts === 1 ? 'It was sent once, and the answer was lost.' : `It was sent ${row.attempts} times, and the last answer was lost.`
  return row.message === null ? [sent] : [sent, row.message]
}
