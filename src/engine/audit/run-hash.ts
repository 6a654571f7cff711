import type { RowState, Verification } from '../../contract/states.ts'
import type { Clock } from '../ports.ts'
import type { StateDatabase } from '../storage/database.ts'
import { growingSha256 } from '../values/hash.ts'
import { verificationLine } from './outcomes.ts'

/** SHA-256 over every row of a run with its final state and read-back, in ordinal order. */
export async function verificationHash(database: StateDatabase, run: string, clock: Clock): Promise<string> {
  const hash = growingSha256()
  const page = 5000
  for (let after = -1; ; ) {
    const rows = database.all<{ ordinal: number; state: RowState; verification: Verification | null }>(
      'SELECT ordinal, state, verification FROM journal WHERE run = ? AND ordinal > ? ORDER BY ordinal LIMIT ?',
      run,
      after,
      page,
    )
    for (const row of rows) hash.add(verificationLine(row.ordinal, row.state, row.verification))
    const last = rows.at(-1)
    if (!last || rows.length < page) return hash.digest()
    after = last.ordinal
    // Everybody else gets a turn between two pages.
    await clock.sleep(0)
  }
}
