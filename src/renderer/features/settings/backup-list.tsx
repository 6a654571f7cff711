import { Button } from '@mantine/core'
import type { Backup } from '../../../contract/shapes.ts'
import { Entry, EntryActions, EntryList, EntryText } from '../../shared/entry-list.tsx'
import { formatAbsolute, formatBytes } from '../../shared/format.ts'
import { EmptyState } from '../../shared/states.tsx'
import { StatusWord } from '../../shared/status-word.tsx'
import { useZone, When } from '../../shared/when.tsx'
import classes from './settings.module.css'

/** Every backup, newest first, with why it was made and the way back to it. */
export function BackupList({ backups, onRestore, onBackUp }: { backups: readonly Backup[]; onRestore: (backup: Backup) => void; onBackUp?: () => void }) {
  const zone = useZone()
  if (backups.length === 0) {
    return <EmptyState action={onBackUp !== undefined && <Button onClick={onBackUp}>Back up now</Button>}>No backup yet. One is made before every upgrade and every restore, and whenever you ask for it.</EmptyState>
  }
  return (
    <EntryList label="Backups">
      {backups.map((backup) => (
        <Entry key={backup.id}>
          <EntryText level={3} name={backup.reason} beside={backup.problem !== undefined && <StatusWord meaning="problem">Cannot be put back</StatusWord>}>
            <p className={classes['quiet']}>
              <When at={backup.at} /> · {formatBytes(backup.bytes)} · {backup.path}
            </p>
            {backup.problem !== undefined && <p className={classes['quiet']}>{backup.problem}</p>}
          </EntryText>
          <EntryActions>
            <Button size="xs" disabled={backup.problem !== undefined} onClick={() => onRestore(backup)} aria-label={`Restore the backup of ${formatAbsolute(backup.at, zone)}`}>
              Restore…
            </Button>
          </EntryActions>
        </Entry>
      ))}
    </EntryList>
  )
}
