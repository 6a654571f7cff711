import { AppError } from '../../../contract/errors.ts'
import type { PlanDetail } from '../../../contract/shapes.ts'
import type { Actor } from '../../session/session.ts'
import type { StateDatabase } from '../../storage/database.ts'
import { isOpen } from '../../plans/journal-rows.ts'
import type { RunRecord } from '../../plans/journal-rows.ts'

interface Retry {
  database: StateDatabase
  plans: { create(request: { activation: string; keys: string[] }, actor: Actor): Promise<PlanDetail> }
  run: RunRecord
}

/** A new plan of just the rows that the destination refused, from the warehouse as it is now. Nothing is sent. */
export async function retryRejected({ database, plans, run }: Retry, actor: Actor): Promise<PlanDetail> {
  if (isOpen(run)) throw new AppError('object-busy', 'The run is still working on these records.', { value: run.id, next: 'Wait until it has ended, or cancel it.', retryable: true })
  const kind = database.get<{ kind: string }>('SELECT kind FROM plans WHERE id = ?', run.plan)?.kind
  if (kind === 'revert') throw new AppError('bad-usage', 'This run went back to earlier values, which the warehouse does not hold.', { value: run.id, next: 'Revert the original run again; what is back already is left alone.' })
  const rows = database.all<{ record: string }>("SELECT record FROM journal WHERE run = ? AND state IN ('rejected', 'quarantined') ORDER BY ordinal", run.id)
  if (rows.length === 0) throw new AppError('bad-usage', 'No record of this run was rejected or set apart.', { value: run.id, next: 'Nothing to do here; make a new plan to send what has changed since.' })
  return plans.create({ activation: run.activation, keys: rows.map(({ record }) => record) }, actor)
}
