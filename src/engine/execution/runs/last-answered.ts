import type { StateDatabase } from '../../storage/database.ts'

const ofNewestRun = 'run = (SELECT id FROM runs WHERE connection = ? ORDER BY number DESC LIMIT 1)'

/**
 * When a connection answered last while it was used: it was read for a plan, or a run ended with all it sent settled.
 * Undefined where that never happened, or where the last request of its newest run got no good answer.
 */
export function lastAnswered(database: StateDatabase, connection: string): number | undefined {
  const at = (query: string): number => database.get<{ at: number | null }>(query, connection)?.at ?? 0
  const answered = Math.max(
    at('SELECT max(created_at) AS at FROM plans WHERE connection = ?'),
    at("SELECT max(finished_at) AS at FROM runs WHERE connection = ? AND state = 'done'"),
    at(`SELECT max(at) AS at FROM requests WHERE ${ofNewestRun} AND status BETWEEN 200 AND 299`),
  )
  const refused = at(`SELECT max(at) AS at FROM requests WHERE ${ofNewestRun} AND (status IS NULL OR status NOT BETWEEN 200 AND 299)`)
  return answered === 0 || refused > answered ? undefined : answered
}
