import { Button } from '@mantine/core'
import { useState } from 'react'
import type { AuditEntry, AuditFilter } from '../../../contract/shapes.ts'
import { formatAbsolute, formatNumber } from '../../shared/format.ts'
import { Grid } from '../../shared/grid/grid.tsx'
import type { GridColumn } from '../../shared/grid/grid-column.ts'
import { Page } from '../../shared/page.tsx'
import { SplitPane } from '../../shared/split-pane.tsx'
import { EmptyState } from '../../shared/states.tsx'
import { useZone } from '../../shared/when.tsx'
import { AuditFilters } from './audit-filters.tsx'
import classes from './audit.module.css'
import { EntryPane } from './entry-pane.tsx'
import { ExportAudit } from './export-audit.tsx'
import { useAuditRows } from './use-audit-rows.ts'
import { VerifyPanel } from './verify-panel.tsx'

const columns: GridColumn<AuditEntry>[] = [
  { id: 'seq', header: 'Entry', width: 76, align: 'end', text: (entry) => formatNumber(entry.seq), cell: (entry) => <span className={classes['quiet']}>{formatNumber(entry.seq)}</span> },
  { id: 'at', header: 'When', width: 210, text: () => 'Wed 30 Sept 2026 16:22:05 CEST', copied: (entry) => entry.at, cell: (entry) => <Moment at={entry.at} /> },
  { id: 'actor', header: 'Who', width: 110, text: (entry) => entry.actor, cell: (entry) => <span>{entry.actor}</span> },
  { id: 'words', header: 'What', width: 200, widest: 900, grow: 3, text: (entry) => entry.words, cell: (entry) => <span>{entry.words}</span> },
]

/** An audit shows when something was, not how long ago. */
function Moment({ at }: { at: string }) {
  return <time dateTime={at}>{formatAbsolute(at, useZone())}</time>
}

/** The event log: everything that people and runs did, in a chain that shows a change. */
export function AuditScreen() {
  const [filter, setFilter] = useState<AuditFilter>({ batches: false })
  const rows = useAuditRows(filter)
  const [active, setActive] = useState(-1)
  const narrowed = filter.actor !== undefined || filter.kind !== undefined || filter.object !== undefined
  const [verifying, setVerifying] = useState(false)
  const entry = active < 0 ? undefined : rows.rowAt(active)
  return (
    <Page
      title="Audit"
      context={rows.pending ? undefined : `${formatNumber(rows.total)} ${rows.total === 1 ? 'entry' : 'entries'}`}
      actions={
        <>
          <Button onClick={() => setVerifying(!verifying)} aria-expanded={verifying}>
            Verify…
          </Button>
          <ExportAudit />
        </>
      }
    >
      {verifying && <VerifyPanel />}
      <AuditFilters
        filter={filter}
        onFilter={(next) => {
          setActive(-1)
          setFilter(next)
        }}
      />
      <SplitPane name="audit" label="Entry" detail={entry === undefined ? null : <EntryPane entry={entry} />}>
        <Grid label="Audit entries" name="audit" columns={columns} rows={rows} active={active} onActive={setActive} empty={<EmptyState>{narrowed ? 'No entry is of that kind. Show all, or choose something else.' : 'Nothing happened yet. Every plan, answer, approval and batch will be written here.'}</EmptyState>} />
      </SplitPane>
    </Page>
  )
}
