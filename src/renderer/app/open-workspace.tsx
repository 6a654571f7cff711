import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { engineError } from '../shared/engine-error.ts'
import { ErrorNotice } from '../shared/error-notice.tsx'
import { client } from './client.ts'
import classes from './open-workspace.module.css'
import { RestoreFolder } from './restore-folder.tsx'
import { desktopShell } from './shell-bridge.ts'

/** The native dialog where there is one; else the folder is typed. */
export function OpenWorkspace() {
  const queries = useQueryClient()
  const router = useRouter()
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
    onSuccess: async () => {
      // Where another workspace was left says nothing in this one.
      router.history.push('/')
      await queries.invalidateQueries()
    },
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

/** A state that is damaged can be put right here: nothing of it is in use, and what is replaced is kept. */
function NotOpened({ error, folder }: { error: Error; folder: string }) {
  return (
    <>
      <ErrorNotice error={error} />
      {engineError(error).code === 'state-damaged' && <RestoreFolder folder={folder} />}
    </>
  )
}
