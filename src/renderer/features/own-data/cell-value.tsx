import type { LoadedCell } from '../../../contract/shapes.ts'
import { formatRaw, isEmpty } from '../../shared/format.ts'
import classes from './own-data.module.css'

/** A value as it loads; with what stood in the file before it, where that really changed. */
export function CellValue({ cell, arrow = false }: { cell: LoadedCell; arrow?: boolean }) {
  const after = isEmpty(cell.after) ? 'empty' : formatRaw(cell.after)
  switch (cell.state) {
    case 'same':
    case 'warned':
      return <span className={isEmpty(cell.after) ? classes['quiet'] : undefined}>{after}</span>
    case 'changed':
    case 'emptied':
      return (
        <span>
          <s>{visible(cell.before)}</s> {arrow && '→ '}
          <b>{after}</b>
        </span>
      )
    case 'unfit':
      return (
        <span className={classes['unfit']} title="This does not fit the column">
          {visible(cell.before)}
          <span className="visually-hidden"> does not fit</span>
        </span>
      )
  }
}

/** A text in which spaces at its ends can be seen. */
function visible(text: string | null | undefined): string {
  return (text ?? '').replace(/^\s+|\s+$/g, (spaces) => '␣'.repeat(spaces.length))
}
