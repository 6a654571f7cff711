import { Button, Checkbox, Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Backup } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import { ErrorNotice } from '../../shared/error-notice.tsx'
import { formatAbsolute } from '../../shared/format.ts'
import { notifyDone } from '../../shared/notify.tsx'
import { useZone } from '../../shared/when.tsx'
import classes from './settings.module.css'

/** Says what a restore takes away before it is done; `folder` where that workspace is not open. Enter does not restore. */
export function RestoreDialog({ backup, folder, onClose }: { backup: Backup; folder?: string; onClose: () => void }) {
  const [understood, setUnderstood] = useState(false)
  const zone = useZone()
  const queries = useQueryClient()
  const at = formatAbsolute(backup.at, zone)
  const restore = useMutation(
    engine.workspace.restore.mutationOptions({
      onSuccess: () => {
        notifyDone(`The state of ${at} is back`)
        void queries.invalidateQueries()
        onClose()
      },
    }),
  )
  return (
    <Modal opened onClose={onClose} title={`Restore the state of ${at}`} size={560} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={classes['dialog']}>
        <ul className={classes['sentences']}>
          <li>Plans, answers, approvals and runs made since then are not known any more. Open plans are void and open runs end.</li>
          <li>Nothing that the destinations hold counts as known until it is read again: the next plans read everything and ask where they would have known.</li>
          <li>What was sent stays where it was sent. Definitions are files and are not touched.</li>
          <li>The state as it is now is kept as a backup, so that this can be undone.</li>
        </ul>
        <Checkbox label="I know that what happened since then leaves this workspace" checked={understood} onChange={(event) => setUnderstood(event.currentTarget.checked)} />
        {restore.isError && <ErrorNotice error={restore.error} />}
        <div className={classes['dialogActions']}>
          <Button onClick={onClose} data-autofocus>
            Keep the state of now
          </Button>
          <Button variant="filled" color="red" disabled={!understood} loading={restore.isPending} onClick={() => restore.mutate({ id: backup.id, ...(folder === undefined ? {} : { folder }) })}>
            Restore this backup
          </Button>
        </div>
      </div>
    </Modal>
  )
}
