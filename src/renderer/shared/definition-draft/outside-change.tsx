import { Button, Table } from '@mantine/core'
import { IconAlertCircleFilled } from '@tabler/icons-react'
import { useState } from 'react'
import { formatNumber } from '../format.ts'
import { When } from '../when.tsx'
import { differences } from './differences.ts'
import type { Draft } from './draft-state.ts'
import classes from './definition.module.css'

/** Somebody else changed the file, in another window or outside: what differs, and a choice between both. Nothing is lost until the choice. */
export function OutsideChange<Value>({ draft, onMine, onTheirs, onBoth }: { draft: Draft<Value>; onMine: () => void; onTheirs: () => void; onBoth: () => void }) {
  const [shown, setShown] = useState(false)
  const outside = draft.outside
  if (outside === undefined) return null
  const unreadable = outside.value === undefined
  const rows = unreadable ? [] : differences({ ...asObject(draft.value), sql: draft.sql }, { ...asObject(outside.value), sql: outside.sql })
  return (
    <section className={classes['outside']} role="alert" aria-label="This definition was changed by somebody else">
      <IconAlertCircleFilled size={16} aria-hidden="true" />
      <div className={classes['outsideText']}>
        <p>
          <strong>
            {outside.saved === undefined ? (
              `${outside.path} changed outside Lockstep while you were editing it.`
            ) : (
              <>
                {outside.saved.by} saved {outside.path} in another window of Lockstep <When at={outside.saved.at} />, while you were editing it.
              </>
            )}
          </strong>{' '}
          {unreadable
            ? `The file now has a problem: ${outside.problems[0]?.message ?? 'it cannot be read.'}`
            : `Your version and the file differ in ${formatNumber(rows.length)} ${rows.length === 1 ? 'setting' : 'settings'}.`}
        </p>
        {shown && <DifferenceTable rows={rows} />}
        <div className={classes['outsideActions']}>
          {!unreadable && (
            <Button size="xs" aria-expanded={shown} onClick={() => setShown(!shown)}>
              {shown ? 'Hide both' : 'Show both'}
            </Button>
          )}
          <Button size="xs" onClick={onMine}>
            Keep mine
          </Button>
          {!unreadable && (
            <Button size="xs" onClick={onTheirs}>
              Take theirs
            </Button>
          )}
          {!unreadable && (
            <Button size="xs" onClick={onBoth}>
              Keep both: mine as a copy
            </Button>
          )}
        </div>
      </div>
    </section>
  )
}

function DifferenceTable({ rows }: { rows: ReturnType<typeof differences> }) {
  return (
    <Table className={classes['differences']}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Setting</Table.Th>
          <Table.Th>Mine</Table.Th>
          <Table.Th>In the file now</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.where}>
            <Table.Td>{row.where}</Table.Td>
            <Table.Td>{row.mine ?? '(not set)'}</Table.Td>
            <Table.Td>{row.theirs ?? '(not set)'}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function asObject(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' ? { ...value } : {}
}
