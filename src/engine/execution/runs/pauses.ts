import type { SqliteValue, StateDatabase } from '../../storage/database.ts'
import { appendAudit } from '../../audit/audit.ts'
import type { AuditTrail } from '../../audit/audit.ts'

/** What a person can hold back: everything, one destination, or one activation. */
export type PauseScope = { all: true } | { connection: string } | { activation: string }

export interface Pause {
  scope: PauseScope
  by: string
  at: number
  reason?: string
}

function scopeText(scope: PauseScope): string {
  if ('all' in scope) return 'all'
  return 'connection' in scope ? `connection:${scope.connection}` : `activation:${scope.activation}`
}

function parseScope(text: string): PauseScope {
  const name = text.slice(text.indexOf(':') + 1)
  if (text.startsWith('connection:')) return { connection: name }
  return text.startsWith('activation:') ? { activation: name } : { all: true }
}

/** Holds back what the scope covers, from the next batch on. */
export function setPause(trail: AuditTrail, scope: PauseScope, by: string, reason?: string): void {
  const text = scopeText(scope)
  trail.database.transaction(() => {
    const set = trail.database.run('INSERT INTO pauses (scope, by, at, reason) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING', text, by, trail.ports.clock.now(), reason ?? null)
    if (set === 1) appendAudit(trail, { kind: 'paused', actor: by, data: { scope: text, ...(reason === undefined ? {} : { reason }) } })
  })
}

/** Lets it go on. Lifting "everything" leaves narrower pauses as they are. */
export function liftPause(trail: AuditTrail, scope: PauseScope, by: string): void {
  const text = scopeText(scope)
  trail.database.transaction(() => {
    if (trail.database.run('DELETE FROM pauses WHERE scope = ?', text) === 1) appendAudit(trail, { kind: 'resumed', actor: by, data: { scope: text } })
  })
}

/** All pauses, oldest first. */
export function listPauses(database: StateDatabase): Pause[] {
  return database
    .all<{ scope: string; by: string; at: number; reason: string | null }>('SELECT scope, by, at, reason FROM pauses ORDER BY at, scope')
    .map(({ scope, by, at, reason }) => ({ scope: parseScope(scope), by, at, ...(reason === null ? {} : { reason }) }))
}

/** The pause that holds an activation back, the widest first; undefined when it may run. */
export function pauseOf(database: StateDatabase, activation: string, connection: string): Pause | undefined {
  const scopes: SqliteValue[] = ['all', `connection:${connection}`, `activation:${activation}`]
  const row = database.get<{ scope: string; by: string; at: number; reason: string | null }>(
    'SELECT scope, by, at, reason FROM pauses WHERE scope IN (?, ?, ?) ORDER BY length(scope) LIMIT 1',
    ...scopes,
  )
  return row && { scope: parseScope(row.scope), by: row.by, at: row.at, ...(row.reason === null ? {} : { reason: row.reason }) }
}
