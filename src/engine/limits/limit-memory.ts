import type { Clock, Log } from '../ports/ports.ts'
import type { StateDatabase } from '../storage/database.ts'
import type { LimitMemory } from './rate-limits.ts'

/** Quotas by the day of one connection, kept in the state so that a restart does not begin the day anew. */
export function limitMemory({ database, clock, log, connection }: { database: StateDatabase; clock: Clock; log: Log; connection: string }): LimitMemory {
  return {
    load(limit) {
      const row = database.get<{ used: number; ends_at: number }>('SELECT used, ends_at FROM limit_usage WHERE connection = ? AND name = ?', connection, limit)
      return row && { used: row.used, endsInMs: row.ends_at - clock.now() }
    },
    save(limit, { used, endsInMs }) {
      try {
        database.run('INSERT OR REPLACE INTO limit_usage (connection, name, used, ends_at) VALUES (?, ?, ?, ?)', connection, limit, used, Math.round(clock.now() + endsInMs))
      } catch (error) {
        // The vendor counts too: without our count the day ends with its refusal instead of a wait.
        log.warn('a daily quota could not be kept', { connection, limit, error: String(error) })
      }
    },
  }
}
