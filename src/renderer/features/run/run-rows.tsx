import type { RunProgress, RunRow } from '../../../contract/shapes.ts'
import { isFinished } from '../../app/events.ts'
import { sentence } from '../../shared/format.ts'
import { Grid } from '../../shared/grid/grid.tsx'
import type { GridColumn } from '../../shared/grid/grid-column.ts'
import type { PagedRows } from '../../shared/grid/use-paged-rows.ts'
import { EmptyState } from '../../shared/states.tsx'
import { StatusWord } from '../../shared/status-word.tsx'
import { When } from '../../shared/when.tsx'
import type { ListedState } from './run-search.ts'
import { rowStory, rowWords } from './row-words.ts'
import { stateWords } from './run-words.ts'
import classes from './run.module.css'

const columns: GridColumn<RunRow>[] = [
  { id: 'label', header: 'Record', width: 150, widest: 280, grow: 1, text: (row) => row.label, cell: (row) => <span>{row.label}</span> },
  { id: 'record', header: 'Key', width: 100, text: (row) => `${row.record}  `, cell: (row) => <span className="mono">{row.record}</span> },
  { id: 'operation', secondary: true, header: 'Change', width: 80, text: (row) => row.operation, cell: (row) => <span className={classes['quiet']}>{sentence(row.operation)}</span> },
  {
    id: 'state',
    header: 'State',
    width: 130,
    text: (row) => `${rowWords(row).words}     `,
    cell: (row) => <StatusWord meaning={rowWords(row).meaning}>{rowWords(row).words}</StatusWord>,
  },
  {
    id: 'message',
    header: 'What came of it',
    width: 150,
    widest: 480,
    grow: 2.5,
    text: rowStory,
    cell: (row) => <span className={classes['quiet']}>{rowStory(row)}</span>,
  },
  { id: 'settled', secondary: true, header: 'Settled', width: 120, text: () => 'yesterday 16:22 CET', copied: (row) => row.settledAt ?? '', cell: (row) => (row.settledAt === undefined ? <span className={classes['quiet']}>—</span> : <When at={row.settledAt} />) },
]

type Props = { run: RunProgress; listed: ListedState; rows: PagedRows<RunRow>; active: number; onActive: (index: number) => void }

/** The rows of the run in one state. */
export function RunRows({ run, listed, rows, active, onActive }: Props) {
  const words = stateWords[listed].toLowerCase()
  return (
    <Grid
      label={`Rows of the run: ${words}`}
      name="run-rows"
      columns={columns}
      rows={rows}
      active={active}
      onActive={onActive}
      empty={<EmptyState>{run.counts[listed] > 0 ? 'No row fits.' : isFinished(run) ? `No row is in the state “${words}”.` : `No row is in the state “${words}” yet.`}</EmptyState>}
    />
  )
}
