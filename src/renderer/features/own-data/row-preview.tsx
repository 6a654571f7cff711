import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { InspectedFile, LoadedCell, LoadedRow } from '../../../contract/shapes.ts'
import { formatNumber, formatRaw, plural } from '../../shared/format.ts'
import { EmptyState } from '../../shared/states.tsx'
import { CellValue } from './cell-value.tsx'
import { typeLabel } from './file-types.ts'
import classes from './own-data.module.css'

type Shown = 'all' | 'changed' | 'blocked'

/** The first rows before and after, with only those cells marked that really changed; or the rows that are blocked. */
export function RowPreview({ file, reading }: { file: InspectedFile; reading: boolean }) {
  const [form, setForm] = useState<'loads' | 'file'>('loads')
  const [wanted, setShown] = useState<Shown>('all')
  const shown = wanted === 'blocked' && file.blocked === 0 ? 'all' : wanted
  const rows = rowsShown(file, shown)
  const changed = file.first.flatMap((row) => row.cells).filter(isChanged).length
  const warned = file.first.flatMap((row) => row.cells).filter(({ state }) => state === 'warned').length
  const toggle = (next: Shown) => setShown(shown === next ? 'all' : next)
  return (
    <section className={classes['preview']} aria-label="Preview" aria-busy={reading}>
      <div className={classes['previewHead']}>
        <h2>{shown === 'blocked' ? `Blocked rows` : `First ${plural(file.first.length, { one: 'row', many: 'rows' })}`}</h2>
        {file.form === 'text' && (
          <SegmentedControl
            aria-label="Rows are shown"
            data={[
              { value: 'loads', label: 'As they load' },
              { value: 'file', label: 'As in the file' },
            ]}
            value={form}
            onChange={(next) => setForm(next === 'file' ? 'file' : 'loads')}
          />
        )}
        {file.form === 'text' && (
          <span>
            <i className={classes['mark']} aria-hidden="true" />
            {plural(changed, { one: 'cell changed', many: 'cells changed' })}
          </span>
        )}
        {warned > 0 && (
          <span>
            <i className={classes['warnedMark']} aria-hidden="true" />
            {formatNumber(warned)} {warned === 1 ? 'loads' : 'load'}, but cannot match anyone
          </span>
        )}
        <span className={classes['grow']} />
        {changed > 0 && <Toggle on={shown === 'changed'} words="Show only changed" onPress={() => toggle('changed')} />}
        {file.blocked > 0 && <Toggle on={shown === 'blocked'} words={`Show the ${formatNumber(file.blocked)} blocked`} onPress={() => toggle('blocked')} />}
      </div>
      {rows.length === 0 ? <EmptyState>{file.rows === 0 ? 'The file has no rows.' : 'None of the first rows changes.'}</EmptyState> : <Rows file={file} rows={rows} form={form} reasons={shown === 'blocked'} />}
      {shown === 'blocked' && file.blockedRows.length < file.blocked && (
        <p className={classes['more']}>
          The first {formatNumber(file.blockedRows.length)} of {formatNumber(file.blocked)}.
        </p>
      )}
    </section>
  )
}

function Toggle({ on, words, onPress }: { on: boolean; words: string; onPress: () => void }) {
  return (
    <button type="button" className={classes['link']} aria-pressed={on} onClick={onPress}>
      {on ? 'Show the first rows' : words}
    </button>
  )
}

function rowsShown(file: InspectedFile, shown: Shown): LoadedRow[] {
  switch (shown) {
    case 'all':
      return file.first
    case 'changed':
      return file.first.filter((row) => row.cells.some(isChanged))
    case 'blocked':
      return file.blockedRows
  }
}

function isChanged({ state }: LoadedCell): boolean {
  return state === 'changed' || state === 'emptied'
}

interface RowsProps {
  file: InspectedFile
  rows: LoadedRow[]
  form: 'loads' | 'file'
  /** Say beside each row why it is blocked. */
  reasons: boolean
}

function Rows({ file, rows, form, reasons }: RowsProps) {
  const numeric = file.columns.map((column) => typeLabel(column.type).includes('number'))
  return (
    <div className={classes['rows']} tabIndex={0} role="region" aria-label="First rows">
      <table>
        <thead>
          <tr>
            {file.form === 'text' && <th scope="col">Line</th>}
            {reasons && <th scope="col">Why</th>}
            {file.columns.map((column, at) => (
              <th key={column.name} scope="col" data-numeric={numeric[at] || undefined}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.line ?? index} data-blocked={row.blocked === undefined ? undefined : true}>
              {file.form === 'text' && <td title={row.blocked}>{formatNumber(row.line ?? 0)}</td>}
              {reasons && <td className={classes['why']}>{row.blocked}</td>}
              {row.cells.map((cell, at) => (
                <td key={at} data-state={form === 'loads' ? cell.state : undefined} data-numeric={numeric[at] || undefined}>
                  {form === 'loads' ? <CellValue cell={cell} /> : formatRaw(cell.before ?? null)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
