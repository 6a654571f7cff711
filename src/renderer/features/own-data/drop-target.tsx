import { IconFileImport } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { pathOfFile } from '../../app/shell-bridge.ts'
import { notifyError } from '../../shared/notify.tsx'
import classes from './own-data.module.css'

/** A file dropped anywhere on the window opens as own data. Mounted once, by the shell. */
export function DropTarget() {
  const [over, setOver] = useState(false)
  const navigate = useNavigate()
  const { mutate, isPending } = useMutation({
    mutationFn: pathOfFile,
    onSuccess: (path) => void navigate({ to: '/own-data', search: { path } }),
    onError: notifyError,
  })
  useEffect(() => {
    let depth = 0
    const carriesFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false
    const enter = (event: DragEvent) => {
      if (!carriesFile(event)) return
      depth += 1
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      if (!carriesFile(event)) return
      depth -= 1
      if (depth <= 0) setOver(false)
    }
    const allow = (event: DragEvent) => {
      if (carriesFile(event)) event.preventDefault()
    }
    const drop = (event: DragEvent) => {
      if (!carriesFile(event)) return
      event.preventDefault()
      depth = 0
      setOver(false)
      const file = event.dataTransfer?.files[0]
      if (file !== undefined) mutate(file)
    }
    window.addEventListener('dragenter', enter)
    window.addEventListener('dragleave', leave)
    window.addEventListener('dragover', allow)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragenter', enter)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('dragover', allow)
      window.removeEventListener('drop', drop)
    }
  }, [mutate])
  return (
    <div role="status" className={classes['drop']} data-shown={over || isPending || undefined}>
      {(over || isPending) && (
        <div className={classes['dropCard']}>
          <IconFileImport size={28} stroke={1.6} aria-hidden="true" />
          <strong>{isPending ? 'Taking the file in' : 'Drop it to look inside'}</strong>
          <span>DuckDB, Parquet or CSV. Nothing is sent anywhere.</span>
        </div>
      )}
    </div>
  )
}
