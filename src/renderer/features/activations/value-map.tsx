import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { FieldMapping } from '../../../contract/definitions.ts'
import { engine } from '../../app/client.ts'
import { ErrorNotice } from '../../shared/error-notice.tsx'
import { formatNumber } from '../../shared/format.ts'
import classes from './activations.module.css'
import type { DestinationField } from './mapping-rows.ts'
import { setValueLine, valueLines, withSameWords } from './mapping-rows.ts'

const most = 50

interface ValueMapProps {
  product: string
  mapping: FieldMapping & { from: string }
  field: DestinationField
  onChange: (mapping: FieldMapping) => void
}

/** Warehouse value → destination value, over the values that really occur. */
export function ValueMap({ product, mapping, field, onChange }: ValueMapProps) {
  const translated = mapping.values !== undefined
  const values = useQuery({ ...engine.segments.values.queryOptions({ input: { product, column: mapping.from, limit: most } }), enabled: translated })
  const occurring = (values.data ?? []).flatMap((entry) => (entry.value === null || entry.value === '' ? [] : [{ value: String(entry.value), count: entry.count }]))
  const toggle = (on: boolean) => {
    const { values: _before, ...rest } = mapping
    onChange(on ? { ...rest, values: {} } : rest)
  }
  return (
    <section>
      <Checkbox
        label="Translate values"
        description={field.options === undefined ? 'Where the destination uses other words' : `${field.label} takes ${formatNumber(field.options.length)} choices only`}
        checked={translated}
        onChange={(event) => toggle(event.currentTarget.checked)}
      />
      {translated && (
        <div className={classes['valueMap']}>
          {values.error !== null && <ErrorNotice error={values.error} />}
          <ul aria-label="Translated values">
            {valueLines(mapping.values, occurring).map((line) => (
              <li key={line.from}>
                <span className={classes['valueFrom']}>
                  {line.from}
                  <small>{line.count === undefined ? 'does not occur' : formatNumber(line.count)}</small>
                </span>
                <Target field={field} from={line.from} to={line.to} onChange={(to) => onChange(setValueLine(mapping, line.from, to))} />
              </li>
            ))}
          </ul>
          {occurring.length === most && <p className={classes['quiet']}>The {formatNumber(most)} most frequent values are shown.</p>}
          <div className={classes['addLine']}>
            {field.options !== undefined && (
              <Button size="xs" disabled={values.data === undefined} onClick={() => onChange(withSameWords(mapping, occurring.map((entry) => entry.value), field))}>
                Fill in the same words
              </Button>
            )}
          </div>
          <Select
            label="A value that is not in this list"
            data={[
              { value: 'invalid', label: 'counts as a value the field does not take' },
              { value: 'as it is', label: 'is sent as it is' },
            ]}
            value={mapping.otherwise}
            onChange={(chosen) => (chosen === 'invalid' || chosen === 'as it is') && onChange({ ...mapping, otherwise: chosen })}
          />
        </div>
      )}
    </section>
  )
}

function Target({ field, from, to, onChange }: { field: DestinationField; from: string; to: string | undefined; onChange: (to: string | undefined) => void }) {
  if (field.options === undefined) {
    return <TextInput aria-label={`${from} becomes`} placeholder="not translated" value={to ?? ''} onChange={(event) => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)} />
  }
  return (
    <Select
      aria-label={`${from} becomes`}
      placeholder="not translated"
      clearable
      clearButtonProps={{ 'aria-label': `Do not translate ${from}` }}
      data={field.options.map((option) => ({ value: option.value, label: option.label }))}
      value={to ?? null}
      error={to !== undefined && !field.options.some((option) => option.value === to) ? 'Not one of its choices' : undefined}
      onChange={(next) => onChange(next ?? undefined)}
    />
  )
}
