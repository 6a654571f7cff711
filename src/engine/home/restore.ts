import { join } from 'node:path'
import { AppError } from '../../contract/errors.ts'
import { appendAudit, auditHead } from '../audit/audit.ts'
import { auditSeal, loadReferenceKey } from '../audit/reference-key.ts'
import type { Ports } from '../ports/ports.ts'
import type { Actor } from '../session/session.ts'
import { damageIn, findBackup, putFilesBack, type StoredBackup, writeBackup } from '../storage/backups.ts'
import type { StateDatabase } from '../storage/database.ts'
import { type Holder, openAsOwner } from '../storage/lease.ts'
import { discardCopy, overwrite, prepareCopy, replaceDamaged } from '../storage/put-back.ts'
import { invalidateState } from './invalidate-state.ts'

export interface RestoreRequest {
  ports: Ports
  holder: Holder
  /** The workspace is not open in this process. */
  stateFolder: string
  id: string
  actor: Actor
}

/** What stands in the place now; absent when it is too damaged to be opened. */
type Live = { database: StateDatabase; release: () => void } | undefined

/**
 * Puts a backup in the place of the state. The state of before is backed up first, so that this too can be undone; until
 * the very last step a crash leaves it as it was.
 */
export async function restoreBackup(request: RestoreRequest): Promise<void> {
  const { stateFolder, ports } = request
  const backup = findBackup(stateFolder, request.id)
  refuseDamaged(backup)
  const live = await openLive(request)
  try {
    if (live) writeBackup(live.database, { now: ports.clock.now(), reason: `Before the backup ${backup.id} was restored`, asked: false })
    putFilesBack(backup, stateFolder)
    const copy = prepareCopy(backup, stateFolder, ports.clock.now())
    try {
      await makeSafe(request, copy, live)
      if (live) await overwrite(live.database, copy)
      else replaceDamaged(copy, stateFolder)
    } finally {
      discardCopy(copy)
    }
  } finally {
    live?.release()
  }
}

function refuseDamaged(backup: StoredBackup): void {
  const damage = damageIn(backup, 'contents')
  if (damage) throw new AppError('state-damaged', `This backup is damaged: ${damage}`, { value: backup.id, next: 'Choose an older one. Nothing was changed.' })
}

async function openLive({ stateFolder, ports, holder }: RestoreRequest): Promise<Live> {
  try {
    const opened = await openAsOwner(stateFolder, { clock: ports.clock, holder })
    if (opened.kind === 'owned') throw new AppError('object-busy', 'This workspace is open in another Lockstep.', { next: 'Restore it there, or close it and try again.', retryable: true })
    const { database, lease } = opened
    return {
      database,
      release() {
        lease.release()
        database.close()
      },
    }
  } catch (error) {
    if (error instanceof AppError && error.code === 'state-damaged') return undefined
    throw error
  }
}

async function makeSafe({ ports, stateFolder, id, actor }: RestoreRequest, copy: StateDatabase, live: Live): Promise<void> {
  const referenceKey = await loadReferenceKey({ files: ports.files, ids: ports.ids, stateFolder })
  copy.sealAudit = auditSeal(referenceKey)
  await invalidateState({ database: copy, ports, dataFolder: join(stateFolder, 'data'), tempFolder: copy.folder, referenceKey })
  copy.transaction(() => {
    copy.run('DELETE FROM owner_lease')
    const replaced = live && auditHead(live.database)
    if (live) carryOver(live.database, copy)
    appendAudit({ database: copy, ports }, { kind: 'workspace restored', actor: actor.name, subject: id, data: replaced ? { replacedEntries: replaced.entries, replacedHead: replaced.head } : {} })
  })
}

/** What people stopped stays stopped, and the lease stays with this process until the state is in use. */
function carryOver(live: StateDatabase, copy: StateDatabase): void {
  for (const pause of live.all<{ scope: string; by: string; at: number; reason: string | null }>('SELECT scope, by, at, reason FROM pauses')) {
    copy.run('INSERT OR IGNORE INTO pauses (scope, by, at, reason) VALUES (?, ?, ?, ?)', pause.scope, pause.by, pause.at, pause.reason)
  }
  const lease = live.get<{ process: number; host: string; taken_at: number; beat_at: number }>('SELECT process, host, taken_at, beat_at FROM owner_lease')
  if (lease) copy.run('INSERT INTO owner_lease (id, process, host, taken_at, beat_at) VALUES (1, ?, ?, ?, ?)', lease.process, lease.host, lease.taken_at, lease.beat_at)
}
