import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ErrorNotice } from '../shared/error-notice.tsx'
import { engineError } from '../shared/engine-error.ts'
import { formatAbsolute } from '../shared/format.ts'
import { client, engine } from './client.ts'
import classes from './open-workspace.module.css'
import { desktopShell } from './shell-bridge.ts'

/** The native dialog where there is one; else the folder is typed. */
export function OpenWorkspace() {
  const queries = useQueryClient()
  const [folder, setFolder] = useState('')
  const [tried, setTried] = useState('')
  const shell = desktopShell()
  const open = useMutation({
    mutationFn: async (typed: string | undefined) => {
      const chosen = typed ?? (await shell?.chooseFolder())
      if (chosen === undefined) return
      setTried(chosen)
      await client.workspace.open({ folder: chosen })
    },
    onSuccess: () => queries.invalidateQueries(),
  })
  if (shell !== undefined) {
    return (
      <>
        <Button loading={open.isPending} onClick={() => open.mutate(undefined)}>
          Choose a folder…
        </Button>
        {open.isError && <NotOpened error={open.error} folder={tried} />}
      </>
    )
  }
  return (
    <form
      className={classes['open']}
      onSubmit={(event) => {
        event.preventDefault()
        open.mutate(folder.trim())
      }}
    >
      <TextInput label="Folder on this machine" placeholder="/home/…" value={folder} onChange={(event) => setFolder(event.currentTarget.value)} className={classes['folder']} />
      <Button type="submit" disabled={folder.trim() === ''} loading={open.isPending}>
        Open
      </Button>
      {open.isError && (
        <div className={classes['wide']}>
          <NotOpened error={open.error} folder={tried} />
        </div>
      )}
    </form>
  )
}

/** A state that is damaged can be put right here: nothing of it is in use, so there is nothing to lose. */
function NotOpened({ error, folder }: { error: Error; folder: string }) {
  return <ErrorNotice error={error} action={engineError(error).code === 'state-damaged' ? <RestoreNewest folder={folder} /> : undefined} />
}

function RestoreNewest({ folder }: { folder: string }) {
  const queries = useQueryClient()
  const backups = useQuery(engine.workspace.backups.queryOptions({ input: { folder } }))
  const restore = useMutation({
    mutationFn: (id: string) => client.workspace.restore({ id, folder }),
    onSuccess: () => queries.invalidateQueries(),
  })
  const newest = backups.data?.find(({ problem }) => problem === undefined)
  if (newest === undefined) return null
  return (
    <>
      <Button loading={restore.isPending} onClick={() => restore.mutate(newest.id)}>
        Restore the backup of {formatAbsolute(newest.at, 'UTC')}
      </Button>
      {restore.isError && <ErrorNotice error={restore.error} />}
    </>
  )
}
