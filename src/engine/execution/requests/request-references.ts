import type { StateDatabase } from '../../storage/database.ts'
import type { PlanForApply } from '../../plans/plan-for-apply.ts'
import { rowReference, valueReference } from './request-log.ts'

interface Where {
  database: StateDatabase
  run: string
  referenceKey: string
  records: PlanForApply['records']
}

/** Everything under which the requests of one record (product key) may be noted: its row, id, key and job. */
export async function referencesOf({ database, run, referenceKey, records }: Where, record: string): Promise<string[]> {
  const row = database.get<{ ordinal: number; remote_id: string | null; job: string | null }>('SELECT ordinal, remote_id, job FROM journal WHERE run = ? AND record = ? LIMIT 1', run, record)
  // Not in the journal: nothing was sent, and nothing looked up for it.
  if (!row) return []
  const values = [row.remote_id, row.job, await matchKeyOf(records, row.ordinal)]
  return [rowReference(row.ordinal), ...values.flatMap((value) => (value === null ? [] : [valueReference(referenceKey, value)]))]
}

async function matchKeyOf(records: PlanForApply['records'], ordinal: number): Promise<string | null> {
  for await (const chunk of records(ordinal)) return chunk.find((record) => record.ordinal === ordinal)?.matchKey ?? null
  return null
}
