import { runCounts } from '../../contract/states.ts'
import type { RunCounts } from '../../contract/states.ts'
import type { StateDatabase } from '../storage/database.ts'

/** What the chain says of how a run ended last; undefined where it never did, or was written by an older version. */
export function endedCounts(database: StateDatabase, run: string): RunCounts | undefined {
  // Data that somebody broke from outside must not stop the list of runs; verifying the audit finds it.
  const entry = database.get<{ data: string }>("SELECT data FROM audit WHERE subject = ? AND kind = 'run finished' AND json_valid(data) ORDER BY sequence DESC LIMIT 1", run)
  return entry && countsIn(JSON.parse(entry.data) as unknown)
}

/** The counts among the data of an entry. */
export function countsIn(data: unknown): RunCounts | undefined {
  const parsed = runCounts.safeParse(data)
  return parsed.success ? parsed.data : undefined
}
