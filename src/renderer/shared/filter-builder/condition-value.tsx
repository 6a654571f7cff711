import { NumberInput, TextInput } from '@mantine/core'
import type { FilterCondition } from '../../../contract/definitions.ts'
import { useZone } from '../when.tsx'
import classes from './filter-builder.module.css'
import type { FilterColumn } from './filter-columns.ts'
import type { DraftCondition } from './filter-draft.ts'
import { needsOf } from './operators.ts'
import { conditionWords, plainText } from './sentence.ts'
import { ManyValues, OneValue } from './value-picker.tsx'

type Value = FilterCondition['value']

/** The control for what an operator still needs, after the type of the column. */
export function ConditionValue({ condition, column, onChange }: { condition: DraftCondition; column: FilterColumn; onChange: (value: Value) => void }) {
  const value = condition.value
  switch (needsOf(condition.operator)) {
    case 'nothing':
      return null
    case 'several':
      return <ManyValues column={column} value={Array.isArray(value) ? value : []} onChange={onChange} />
    case 'days':
      return <Days condition={condition} onChange={onChange} />
    case 'two': {
      const [from, to] = Array.isArray(value) ? value : []
      return (
        <span className={classes['two']}>
          <Single column={column} label="From" value={from} onChange={(next) => onChange(pair(next, to))} />
          <span>and</span>
          <Single column={column} label="To" value={to} onChange={(next) => onChange(pair(from, next))} />
        </span>
      )
    }
    case 'one':
      return <Single column={column} label="Value" value={Array.isArray(value) ? value[0] : value} onChange={onChange} />
  }
}

function pair(from: Value, to: Value): Value {
  return [from, to].map((part) => (typeof part === 'number' || typeof part === 'string' ? part : ''))
}

function Single({ column, label, value, onChange }: { column: FilterColumn; label: string; value: Value; onChange: (value: Value) => void }) {
  switch (column.type) {
    case 'number':
      return (
        <NumberInput
          aria-label={label}
          hideControls
          value={typeof value === 'number' || typeof value === 'string' ? value : ''}
          onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
        />
      )
    case 'date':
    case 'instant':
      return <TextInput type="date" aria-label={label} value={typeof value === 'string' ? value.slice(0, 10) : ''} onChange={(event) => onChange(event.currentTarget.value)} />
    default:
      return <OneValue column={column} label={label} value={value === undefined ? '' : String(value)} onChange={onChange} />
  }
}

/** A number of days, with the day it means today. */
function Days({ condition, onChange }: { condition: DraftCondition; onChange: (value: Value) => void }) {
  const zone = useZone()
  const days = typeof condition.value === 'number' ? condition.value : undefined
  const resolved = days === undefined ? '' : (/\((.*)\)$/.exec(plainText(conditionWords(condition, { today: new Date(), zone })))?.[1] ?? '')
  return (
    <span className={classes['two']}>
      <NumberInput aria-label="Days" min={1} max={36_500} allowDecimal={false} value={days ?? ''} onChange={(next) => onChange(typeof next === 'number' ? next : undefined)} />
      <span>days</span>
      <span className={classes['resolved']}>{resolved}</span>
    </span>
  )
}
