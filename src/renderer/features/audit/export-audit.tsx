import { Button, Popover, TextInput } from '@mantine/core'
import { useState } from 'react'
import { client } from '../../app/client.ts'
import { saveExport } from '../../app/shell-bridge.ts'
import { ExportButton } from '../../shared/export-button.tsx'
import classes from './audit.module.css'
import { exportRange } from './export-range.ts'

/** Makes the report for a third party: the log as JSONL and CSV, with a manifest of hashes. */
export function ExportAudit() {
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  return (
    <Popover position="bottom-end" trapFocus withinPortal={false}>
      <Popover.Target>
        <Button variant="filled">Export…</Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={classes['range']}>
          <TextInput type="date" label="From (UTC, optional)" value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
          <TextInput type="date" label="To and including (UTC, optional)" value={to} onChange={(event) => setTo(event.currentTarget.value)} />
          <ExportButton
            label="Export the log"
            variant="filled"
            make={() => client.audit.export(exportRange(from, to))}
            save={saveExport}
            explain="JSONL is the exact form. CSV is made safe to open in a spreadsheet. Keep the manifest apart: with it anybody can verify later that nothing was changed or cut off."
          />
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
