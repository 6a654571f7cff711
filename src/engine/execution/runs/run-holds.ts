import type { StateDatabase } from '../../storage/database.ts'

/** Why a run paused itself, in words, with what a person can do. */
export interface RunHold {
  kind: 'reconnect'
  reason: string
  next?: string
}

/** Call in the transaction that pauses the run. */
export function setHold(database: StateDatabase, run: string, hold: RunHold, now: number): void {
  database.run('INSERT OR REPLACE INTO run_holds (run, kind, reason, next, at) VALUES (?, ?, ?, ?, ?)', run, hold.kind, hold.reason, hold.next ?? null, now)
}

/** Call in the transaction that lets the run go on. */
export function clearHold(database: StateDatabase, run: string): void {
  database.run('DELETE FROM run_holds WHERE run = ?', run)
}

export function holdOf(database: StateDatabase, run: string): RunHold | undefined {
  const row = database.get<{ kind: 'reconnect'; reason: string; next: string | null }>('SELECT kind, reason, next FROM run_holds WHERE run = ?', run)
  return row && { kind: row.kind, reason: row.reason, ...(row.next === null ? {} : { next: row.next }) }
}
