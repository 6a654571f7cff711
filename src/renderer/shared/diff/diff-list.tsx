import { Button } from '@mantine/core'
import { useState } from 'react'
import type { FieldRow } from '../../../contract/shapes.ts'
import { plural } from '../format.ts'
import classes from './diff.module.css'
import type { DiffSign } from './diff-sign.ts'
import { signOf, signWords, valueIfSent } from './diff-sign.ts'
import { Value, ValueChange } from './diff-value.tsx'

/** The sign, read out as a word. */
export function Sign({ sign }: { sign: DiffSign }) {
  return (
    <span className={classes['sign']} data-sign={sign}>
      <span aria-hidden="true">{sign}</span>
      <span className="visually-hidden">{signWords(sign)}</span>
    </span>
  )
}

/** The fields of one record: what changes, with equal ones hidden until asked for. */
export function DiffList({ rows }: { rows: readonly FieldRow[] }) {
  const [all, setAll] = useState(false)
  const equal = rows.filter((row) => signOf(row) === '=')
  const shown = all ? rows : rows.filter((row) => signOf(row) !== '=')
  return (
    <div>
      <dl className={classes['list']}>
        {shown.map((row) => (
          <DiffRow key={row.field} row={row} />
        ))}
      </dl>
      {equal.length > 0 && (
        <Button variant="subtle" size="xs" mt={6} onClick={() => setAll(!all)}>
          {all ? 'Hide what stays' : `Show ${plural(equal.length, { one: 'field', many: 'fields' })} that ${equal.length === 1 ? 'stays' : 'stay'}`}
        </Button>
      )}
    </div>
  )
}

function DiffRow({ row }: { row: FieldRow }) {
  const sign = signOf(row)
  return (
    <div className={classes['row']} data-sign={sign}>
      <dt>
        <Sign sign={sign} />
        {row.fieldLabel}
      </dt>
      <dd>{sign === '=' ? <Value value={row.destination} /> : <ValueChange before={row.destination} after={valueIfSent(row)} />}</dd>
    </div>
  )
}
