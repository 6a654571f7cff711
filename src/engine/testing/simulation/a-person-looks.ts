import { AppError } from '../../../contract/errors.ts'
import type { JournalRow } from '../../plans/journal-rows.ts'
import { needsPerson } from '../../execution/resolve/unknown-rows.ts'
import type { World } from './world.ts'

/** A person goes through the rows that nobody could settle, looks into the destination, and says what is there. */
export function settleByTruth(world: World): boolean {
  const { process } = world
  if (!process?.alive) return false
  let settled = false
  for (const run of process.runs.list({ limit: 50 })) {
    const rows = process.database.all<JournalRow>("SELECT * FROM journal WHERE run = ? AND state = 'unknown' AND reason = ? ORDER BY ordinal", run.runId, needsPerson)
    for (const as of ['delivered', 'not delivered'] as const) {
      const records = rows.filter((row) => arrived(world, run.runId, row) === (as === 'delivered')).map((row) => row.record)
      if (records.length === 0 || !process.alive || process.runs.list({ limit: 50 }).some(({ runId, state }) => runId === run.runId && state === 'verifying')) continue
      settled = true
      try {
        world.guard(() => process.runs.settle({ run: run.runId, records, as, reason: 'I looked.' }, { name: 'Anna' }))
        world.note(`a person says of ${records.length} rows: ${as}`)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        world.note(`refused: ${error.message}`)
      }
    }
  }
  return settled
}

function arrived(world: World, run: string, row: JournalRow): boolean {
  return world.vendor.appliedTraces.has(row.operation === 'remove' ? `remove-${row.remote_id}` : `${run}-${row.ordinal}`)
}
