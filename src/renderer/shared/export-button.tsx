import { Button, Modal } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import type { ExportResult } from '../../contract/shapes.ts'
import classes from './export-button.module.css'
import { formatBytes, formatNumber, plural } from './format.ts'
import { notifyDone, notifyError } from './notify.tsx'

type Save = (exportId: string, name: string) => Promise<string | undefined>
type Props = { label: string; make: () => Promise<ExportResult>; save: Save }

/** Makes an export, then shows its files with their SHA-256 and lets each be saved. */
export function ExportButton({ label, make, save }: Props) {
  const [busy, setBusy] = useState(false)
  const [result, setResult] = useState<ExportResult>()
  const run = async () => {
    setBusy(true)
    try {
      setResult(await make())
    } catch (error) {
      notifyError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button loading={busy} onClick={() => void run()} leftSection={<IconDownload size={15} aria-hidden="true" />}>
        {label}
      </Button>
      {result !== undefined && (
        <Modal opened onClose={() => setResult(undefined)} title={`Exported ${plural(result.rows, { one: 'row', many: 'rows' })}`} size={640} closeButtonProps={{ 'aria-label': 'Close' }}>
          <ExportFiles result={result} save={save} />
        </Modal>
      )}
    </>
  )
}

/** The files of an export: all in one, or one by one. */
export function ExportFiles({ result, save, explain }: { result: ExportResult; save: Save; explain?: string | undefined }) {
  const saveOne = async (name: string) => {
    try {
      const place = await save(result.exportId, name)
      if (place !== undefined) notifyDone(`Saved as ${place}.`)
    } catch (error) {
      notifyError(error)
    }
  }
  return (
    <div className={classes['files']}>
      <p className={classes['explain']}>{explain ?? 'JSONL is the exact form. CSV is made safe to open in a spreadsheet.'}</p>
      <Button variant="filled" className={classes['zip']} leftSection={<IconDownload size={15} aria-hidden="true" />} onClick={() => void saveOne(result.zip.name)}>
        Save all {formatNumber(result.files.length)} files as one zip, {formatBytes(result.zip.bytes)}
      </Button>
      <ul>
        {result.files.map((file) => (
          <li key={file.name} className={classes['file']}>
            <div className={classes['about']}>
              <span className={classes['name']}>{file.name}</span> <span className={classes['explain']}>{formatBytes(file.bytes)}</span>
              <code className={classes['hash']} title="SHA-256">
                {file.sha256}
              </code>
            </div>
            <Button variant="subtle" onClick={() => void saveOne(file.name)} aria-label={`Save ${file.name}`}>
              Save
            </Button>
          </li>
        ))}
      </ul>
      <p className={classes['explain']}>
        Also in <code>{result.folder}</code>
      </p>
    </div>
  )
}
