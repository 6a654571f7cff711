import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ErrorNotice } from '../shared/error-notice.tsx'
import { client } from './client.ts'
import classes from './open-workspace.module.css'
import { desktopShell } from './shell-bridge.ts'

/** The native dialog where there is one; else the folder is typed. */
export function OpenWorkspace() {
  const queries = useQueryClient()
  const [folder, setFolder] = useState('')
  const shell = desktopShell()
  const open = useMutation({
    mutationFn: async (typed: string | undefined) => {
      const chosen = typed ?? (await shell?.chooseFolder())
      if (chosen !== undefined) await client.workspace.open({ folder: chosen })
    },
    onSuccess: () => queries.invalidateQueries(),
  })
  if (shell !== undefined) {
    return (
      <>
        <Button loading={open.isPending} onClick={() => open.mutate(undefined)}>
          Choose a folder…
        </Button>
        {open.isError && <ErrorNotice error={open.error} />}
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
          <ErrorNotice error={open.error} />
        </div>
      )}
    </form>
  )
}
