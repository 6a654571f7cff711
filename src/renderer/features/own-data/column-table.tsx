import { Select } from '@mantine/core'
import type { FileColumn, InspectedFile } from '../../../contract/shapes.ts'
import { formatNumber, formatShare, plural } from '../../shared/format.ts'
import { CellValue } from './cell-value.tsx'
import { typeChoices, typeLabel } from './file-types.ts'
import classes from './own-data.module.css'
import { withType } from './use-choices.ts'
import type { ChoiceHistory } from './use-choices.ts'

interface ColumnTableProps {
  file: InspectedFile
  history: ChoiceHistory
  /** The column whose rows are listed beside. */
  open: string | undefined
  onOpen: (column: string) => void
}

/** Per column what it loads as and why, three values before and after, and how many do not fit. */
export function ColumnTable({ file, history, open, onOpen }: ColumnTableProps) {
  return (
    <div className={classes['columns']} role="region" aria-label="Columns" tabIndex={0}>
      <table>
        <colgroup>
          <col className={classes['nameColumn']} />
          <col className={classes['typeColumn']} />
          <col />
          <col className={classes['shareColumn']} />
          <col className={classes['distinctColumn']} />
          <col className={classes['sampleColumn']} />
          <col className={classes['unfitColumn']} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Loads as</th>
            <th scope="col">Why</th>
            <th scope="col" data-numeric>
              Filled
            </th>
            <th scope="col" data-numeric>
              Different
            </th>
            <th scope="col">{file.form === 'text' ? 'Three values, before → after' : 'Three values'}</th>
            <th scope="col">Do not fit</th>
          </tr>
        </thead>
        <tbody>
          {file.columns.map((column) => (
            <ColumnRow key={column.name} column={column} file={file} history={history} open={column.name === open} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface ColumnRowProps {
  column: FileColumn
  file: InspectedFile
  history: ChoiceHistory
  open: boolean
  onOpen: (column: string) => void
}

function ColumnRow({ column, file, history, open, onOpen }: ColumnRowProps) {
  return (
    <tr data-open={open || undefined}>
      <th scope="row" title={column.name}>
        {column.name}
      </th>
      <td>{file.form === 'text' ? <TypeSelect column={column} history={history} onOpen={onOpen} /> : typeLabel(column.type)}</td>
      <td title={column.why}>{column.why}</td>
      <td data-numeric>{formatShare(file.rows - column.empty, file.rows)}</td>
      <td data-numeric>{formatNumber(column.distinct)}</td>
      <td>
        <span className={classes['samples']}>
          {column.samples.map((cell, at) => (
            <CellValue key={at} cell={cell} arrow />
          ))}
        </span>
      </td>
      <td>
        <Findings column={column} open={open} onOpen={onOpen} />
      </td>
    </tr>
  )
}

/** How many rows do not fit, or that there is something to look at: both open the column beside. */
function Findings({ column, open, onOpen }: Pick<ColumnRowProps, 'column' | 'open' | 'onOpen'>) {
  const warnings = column.warnings.length + column.emptyWords.length
  if (column.unfit === 0 && warnings === 0) return <span className={classes['quiet']}>0</span>
  const words = column.unfit > 0 ? plural(column.unfit, { one: 'row', many: 'rows' }) : plural(warnings, { one: 'warning', many: 'warnings' })
  return (
    <button type="button" className={column.unfit > 0 ? classes['chip'] : classes['warning']} aria-pressed={open} aria-label={`${column.name}: ${words}`} onClick={() => onOpen(column.name)}>
      {words}
    </button>
  )
}

function TypeSelect({ column, history, onOpen }: Pick<ColumnRowProps, 'column' | 'history' | 'onOpen'>) {
  const { options } = history.choices
  return (
    <Select
      aria-label={`Type of ${column.name}`}
      size="xs"
      comboboxProps={{ width: 180, position: 'bottom-start' }}
      data={typeChoices(column.detectedType)}
      value={options.types?.[column.name] ?? column.type}
      onChange={(type) => {
        if (type === null || type === column.type) return
        history.set(column.name, withType(options, column.name, type))
        onOpen(column.name)
      }}
    />
  )
}
