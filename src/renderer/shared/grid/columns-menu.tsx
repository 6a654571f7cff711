import { ActionIcon, Button, Checkbox, Popover } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconColumns3, IconPin, IconPinFilled } from '@tabler/icons-react'
import type { DrawnColumn } from './column-widths.ts'
import classes from './grid.module.css'
import type { GridColumns } from './use-grid-columns.ts'

/** Which columns are shown, in which order, and which stand still; at the right end of the header. */
export function ColumnsMenu<Row>({ label, columns, shown }: { label: string; columns: GridColumns<Row>; shown: readonly DrawnColumn<Row>[] }) {
  return (
    <Popover position="bottom-end" withArrow={false} trapFocus returnFocus shadow="md">
      <Popover.Target>
        <ActionIcon className={classes['columnsButton']} variant="subtle" color="gray" size={24} aria-label={`Columns of ${label.toLowerCase()}`} title="Columns">
          <IconColumns3 size={15} aria-hidden="true" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={classes['columnsMenu']} aria-label="Columns">
        <ul>
          {columns.all.map((column, at) => (
            <ColumnLine key={column.id} name={column.header} id={column.id} columns={columns} isShown={shown.some(({ id }) => id === column.id)} alone={shown.length === 1} first={at === 0} last={at === columns.all.length - 1} />
          ))}
        </ul>
        <Button variant="subtle" onClick={columns.reset}>
          Reset columns
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}

type LineProps<Row> = { name: string; id: string; columns: GridColumns<Row>; isShown: boolean; alone: boolean; first: boolean; last: boolean }

function ColumnLine<Row>({ name, id, columns, isShown, alone, first, last }: LineProps<Row>) {
  const pinned = columns.isPinned(id)
  const act = { variant: 'subtle', color: 'gray', size: 24 } as const
  return (
    <li>
      <Checkbox label={name} checked={isShown} disabled={isShown && alone} onChange={(event) => columns.show(id, event.currentTarget.checked)} />
      <ActionIcon {...act} aria-label={`Move ${name} earlier`} title="Earlier" disabled={first} onClick={() => columns.move(id, -1)}>
        <IconArrowUp size={14} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon {...act} aria-label={`Move ${name} later`} title="Later" disabled={last} onClick={() => columns.move(id, 1)}>
        <IconArrowDown size={14} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon {...act} aria-label={`Keep ${name} in view`} aria-pressed={pinned} title={pinned ? 'Scrolls along again' : 'Keep in view'} onClick={() => columns.pin(id, !pinned)}>
        {pinned ? <IconPinFilled size={14} aria-hidden="true" /> : <IconPin size={14} aria-hidden="true" />}
      </ActionIcon>
    </li>
  )
}
