import type { Raw } from '../../../contract/states.ts'
import { formatRaw, isEmpty } from '../format.ts'
import classes from './preview-table.module.css'

export interface PreviewColumn {
  name: string
  /** Said beneath the name. */
  type?: string
  numeric?: boolean
}

/** A few rows as they are in the warehouse. `mark` points out a column, e.g. the key. */
export function PreviewTable({ label, columns, rows, mark }: { label: string; columns: PreviewColumn[]; rows: Raw[][]; mark?: string | undefined }) {
  return (
    <div className={classes['scroll']} tabIndex={0} role="region" aria-label={label}>
      <table className={classes['table']}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col" data-mark={column.name === mark || undefined} data-numeric={column.numeric || undefined}>
                {column.name}
                {column.type !== undefined && <small>{column.name === mark ? `${column.type}, key` : column.type}</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {columns.map((column, at) => (
                <td key={column.name} data-empty={isEmpty(row[at]) || undefined} data-numeric={column.numeric || undefined}>
                  {formatRaw(row[at])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
