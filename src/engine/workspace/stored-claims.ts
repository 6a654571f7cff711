import type { StateDatabase } from '../storage/database.ts'
import { claimChanges } from './field-claims.ts'
import type { FieldClaim } from './claim-history.ts'
import type { Workspace } from './workspace.ts'

/** Since when each activation was seen to write which fields; kept in the state, because files do not say when they came. */
export class StoredClaims {
  private readonly database: StateDatabase
  private readings = 0
  private newest = 0

  constructor(database: StateDatabase) {
    this.database = database
  }

  known(): (FieldClaim & { since: number })[] {
    return this.database.all('SELECT activation, connection, object, field, since FROM field_claims ORDER BY since, activation, field')
  }

  /** Call before the files are read. */
  begin(): number {
    return ++this.readings
  }

  /** Remembers what was read. A reading that began before one that is remembered already says nothing new. */
  keep(reading: number, workspace: Workspace): void {
    if (reading < this.newest) return
    this.newest = reading
    const { added, ended } = claimChanges(workspace)
    if (added.length + ended.length === 0) return
    this.database.transaction(() => {
      for (const { activation, connection, object, field } of ended) {
        this.database.run('DELETE FROM field_claims WHERE activation = ? AND connection = ? AND object = ? AND field = ?', activation, connection, object, field)
      }
      if (added.length === 0) return
      // Counted with plans and runs, so that what they told of earlier times fits in.
      const since = this.database.next('order')
      for (const { activation, connection, object, field } of added) {
        this.database.run('INSERT INTO field_claims (activation, connection, object, field, since) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING', activation, connection, object, field, since)
      }
    })
  }
}
