import { useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { notifyError } from '../shared/notify.ts'
import { pathOfFile } from './shell-bridge.ts'
import classes from './shell.module.css'
import { ownDataAddress } from './use-commands.ts'

/** A file dropped anywhere on the window begins a workspace, or a source, of one's own. */
export function FileDrop() {
  const router = useRouter()
  const [over, setOver] = useState(false)
  useEffect(() => {
    const carries = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true
    const drag = (event: DragEvent) => {
      if (!carries(event)) return
      event.preventDefault()
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent) => {
      if (!carries(event)) return
      event.preventDefault()
      setOver(false)
      const file = event.dataTransfer?.files[0]
      if (file !== undefined) pathOfFile(file).then((path) => router.history.push(ownDataAddress(path)), notifyError)
    }
    window.addEventListener('dragover', drag)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', drag)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [router])
  if (!over) return null
  return <div className={classes['drop']}>Drop the file to look at it. DuckDB, Parquet and CSV can be read.</div>
}
