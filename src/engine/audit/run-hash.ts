import type { Clock } from '../ports/ports.ts'
import type { StateDatabase } from '../storage/database.ts'
import { growingSha256 } from '../values/hash.ts'
import { verificationLineSql } from './outcomes.ts'

const rowsPerPage = 5000

/** SHA-256 over every row of a run with its final state and read-back, in ordinal order. */
export async function verificationHash(database: StateDatabase, run: string, clock: Clock): Promise<string> {
  const hash = growingSha256()
  // A page of lines comes as one text: rows that only pass through need not become objects.
  const page = `SELECT count(*) AS rows, max(ordinal) AS last, group_concat(${verificationLineSql}, '' ORDER BY ordinal) AS lines
    FROM (SELECT ordinal, state, verification FROM journal WHERE run = ? AND ordinal > ? ORDER BY ordinal LIMIT ${rowsPerPage})`
  for (let after = -1; ; ) {
    const read = database.get<{ rows: number; last: number | null; lines: string | null }>(page, run, after)
    hash.add(read?.lines ?? '')
    if (!read || read.last === null || read.rows < rowsPerPage) return hash.digest()
    after = read.last
    // Everybody else gets a turn between two pages.
    await clock.sleep(0)
  }
}
