import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Backup } from '../../contract/shapes.ts'
import { BackupList } from '../features/settings/backup-list.tsx'
import { RestoreDialog } from '../features/settings/restore-dialog.tsx'
import { engine } from './client.ts'
import classes from './open-workspace.module.css'

/** The way out where the state of a folder cannot be opened: its backups, each of which can be put in its place. */
export function RestoreFolder({ folder }: { folder: string }) {
  const backups = useQuery(engine.workspace.backups.queryOptions({ input: { folder } }))
  const [restoring, setRestoring] = useState<Backup>()
  if (backups.data === undefined || backups.data.length === 0) return null
  return (
    <div className={classes['wide']}>
      <p>Or put a backup in the place of its state:</p>
      <BackupList backups={backups.data} onRestore={setRestoring} />
      {restoring !== undefined && <RestoreDialog backup={restoring} folder={folder} onClose={() => setRestoring(undefined)} />}
    </div>
  )
}
