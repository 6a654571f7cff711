import { Button, Modal, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../app/client.ts'
import { saveExport } from '../../app/shell-bridge.ts'
import { ErrorNotice } from '../../shared/error-notice.tsx'
import { ExportFiles } from '../../shared/export-button.tsx'
import { plural } from '../../shared/format.ts'
import classes from './audit.module.css'
import { exportRange } from './export-range.ts'

const EXPLAIN =
  'JSONL is the exact form. CSV is made safe to open in a spreadsheet. Keep the manifest apart: with it anybody can verify later that nothing was changed or cut off.'

/** Makes the report for a third party: the log as JSONL and CSV, with a manifest of hashes. */
export function ExportAudit() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button variant="filled" onClick={() => setOpen(true)}>
        Export…
      </Button>
      {open && <ExportDialog onClose={() => setOpen(false)} />}
    </>
  )
}

function ExportDialog({ onClose }: { onClose: () => void }) {
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const make = useMutation({ mutationFn: () => client.audit.export(exportRange(from, to)) })
  const title = make.data === undefined ? 'Export the log' : `Exported ${plural(make.data.rows, { one: 'entry', many: 'entries' })}`
  return (
    <Modal opened onClose={onClose} title={title} size={640} closeButtonProps={{ 'aria-label': 'Close' }}>
      {make.data === undefined ? (
        <div className={classes['dialog']}>
          <p>Everything that happened, with the outcome of every row, for somebody who checks it without Lockstep. Without dates it is the whole log.</p>
          <div className={classes['range']}>
            <TextInput type="date" label="From (UTC, optional)" value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
            <TextInput type="date" label="To and including (UTC, optional)" value={to} onChange={(event) => setTo(event.currentTarget.value)} />
          </div>
          {make.isError && <ErrorNotice error={make.error} />}
          <div className={classes['dialogActions']}>
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="filled" loading={make.isPending} onClick={() => make.mutate()}>
              Export the log
            </Button>
          </div>
        </div>
      ) : (
        <ExportFiles result={make.data} save={saveExport} explain={EXPLAIN} />
      )}
    </Modal>
  )
}
