import type { Backup } from '../../contract/shapes.ts'
import { appendAudit } from '../audit/audit.ts'
import type { Actor, Session } from '../session/session.ts'
import { damageIn, listBackups, type StoredBackup, writeBackup } from '../storage/backups.ts'

/** A backup because somebody asked for one. */
export function backUpNow(session: Pick<Session, 'database' | 'ports'>, actor: Actor): Backup {
  const backup = writeBackup(session.database, { now: session.ports.clock.now(), reason: `Asked for by ${actor.name}`, asked: true })
  appendAudit(session, { kind: 'workspace backed up', actor: actor.name, subject: backup.id, data: { bytes: backup.bytes } })
  return toBackup(backup)
}

/** Newest first. */
export function backupsIn(stateFolder: string): Backup[] {
  return listBackups(stateFolder).map(toBackup)
}

function toBackup(backup: StoredBackup): Backup {
  const { id, path, manifest, bytes } = backup
  const problem = damageIn(backup, 'sizes')
  return { id, at: new Date(manifest.at).toISOString(), reason: manifest.reason, path, bytes, ...(problem === undefined ? {} : { problem }) }
}
