import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { RunProgress, UnknownRow } from '../../../contract/shapes.ts'
import { client, engine } from '../../app/client.ts'
import { isFinished } from '../../app/events.ts'
import { awaitForm } from '../../shared/keys-taken.ts'
import { formatNumber } from '../../shared/format.ts'
import { Grid } from '../../shared/grid/grid.tsx'
import type { GridColumn } from '../../shared/grid/grid-column.ts'
import type { GridChecks } from '../../shared/grid/grid-types.ts'
import { usePagedRows } from '../../shared/grid/use-paged-rows.ts'
import { notifyError } from '../../shared/notify.tsx'
import { SplitPane } from '../../shared/split-pane.tsx'
import { EmptyState } from '../../shared/states.tsx'
import { When } from '../../shared/when.tsx'
import classes from './run.module.css'
import { SettleDialog, type Settling } from './settle-dialog.tsx'
import { UnknownPane } from './unknown-pane.tsx'

const columns: GridColumn<UnknownRow>[] = [
  { id: 'label', header: 'Record', width: 140, widest: 260, grow: 1, important: true, text: (row) => row.label, cell: (row) => <span>{row.label}</span> },
  { id: 'record', header: 'Key', width: 100, text: (row) => `${row.record}  `, cell: (row) => <span className="mono">{row.record}</span> },
  { id: 'action', header: 'Change', width: 80, text: (row) => row.action, cell: (row) => <span className={classes['quiet']}>{row.action}</span> },
  { id: 'tried', header: 'What was tried', width: 200, widest: 520, grow: 2.5, text: (row) => row.tried.at(-1) ?? '', cell: (row) => <span className={classes['quiet']}>{row.tried.at(-1)}</span> },
  { id: 'sent', secondary: true, header: 'Last sent', width: 130, text: () => 'yesterday 16:22 CET', copied: (row) => row.sentAt ?? '', cell: (row) => (row.sentAt === undefined ? <span className={classes['quiet']}>—</span> : <When at={row.sentAt} />) },
]

/** The queue of records that nobody could settle. A person looks, and says of one or of several what became of them. */
export function UnknownRows({ run }: { run: RunProgress }) {
  const [active, setActive] = useState(0)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [settling, setSettling] = useState<Settling>()
  const rows = usePagedRows<UnknownRow>({
    queryKey: [...engine.runs.unknown.queryKey({ input: { run: run.runId } }), run.counts.unknown],
    fetch: (offset, limit, signal) => client.runs.unknown({ run: run.runId, offset, limit }, { signal }),
  })
  const row = active < 0 ? undefined : rows.rowAt(active)
  const ended = isFinished(run)
  const checks: GridChecks<UnknownRow> = {
    label: (one) => `Choose ${one.label}`,
    checked: (one) => chosen.has(one.record),
    onToggle: (several, on) => {
      const records = new Set(several.map(({ record }) => record))
      setChosen((before) => new Set(on ? [...before, ...records] : [...before].filter((record) => !records.has(record))))
    },
  }
  const ask = (asked: Settling) => {
    awaitForm()
    setSettling(asked)
  }
  const say = (as: Settling['as']) => ask({ as, records: [...chosen] })
  return (
    <SplitPane name="run" label="Record in doubt" detail={row === undefined ? null : <UnknownPane run={run} row={row} onSettle={ask} />}>
      <div className={classes['groupActions']}>
        <h2 className={classes['listed']}>In doubt {formatNumber(run.counts.unknown)}</h2>
        {chosen.size > 0 && (
          <>
            <Button disabled={!ended} onClick={() => say('delivered')}>
              {formatNumber(chosen.size)} arrived…
            </Button>
            <Button disabled={!ended} onClick={() => say('not delivered')}>
              {formatNumber(chosen.size)} did not arrive…
            </Button>
          </>
        )}
        {ended && run.counts.unknown > 0 && <LookAgain run={run} />}
      </div>
      <Grid label="Records in doubt" name="run-in-doubt" columns={columns} rows={rows} active={active} onActive={setActive} checks={checks} empty={<EmptyState>Nothing is in doubt any more: of every record of this run it is known what became of it.</EmptyState>} />
      {settling !== undefined && (
        <SettleDialog
          run={run}
          settling={settling}
          onClose={() => {
            setSettling(undefined)
            setChosen(new Set())
          }}
        />
      )}
    </SplitPane>
  )
}

/** Reads all of them once more in the destination. Nothing is sent; sending is an act of its own (run-actions.tsx). */
function LookAgain({ run }: { run: RunProgress }) {
  const queries = useQueryClient()
  const look = useMutation(engine.runs.look.mutationOptions({ onSuccess: () => queries.invalidateQueries({ queryKey: engine.runs.key() }), onError: notifyError }))
  return (
    <Button loading={look.isPending} onClick={() => look.mutate({ run: run.runId })} title={`Reads them in ${run.destinationName} once more; nothing is sent`}>
      Look again
    </Button>
  )
}
