import { ActionIcon, Checkbox, Select, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ActivationDefinition, FieldMapping } from '../../../contract/definitions.ts'
import type { FilterColumn } from '../../shared/filter-builder/filter-columns.ts'
import { typeWords } from '../../shared/filter-builder/filter-columns.ts'
import { columnWords } from '../../shared/filter-builder/sentence.ts'
import { formatNumber, plural } from '../../shared/format.ts'
import classes from './activations.module.css'
import { AuthoritySelect } from './authority-select.tsx'
import type { DestinationField } from './mapping-rows.ts'
import { fixedValue, withAuthority } from './mapping-rows.ts'
import { ProblemList } from './problem-list.tsx'
import type { MappingProblem } from '../../../contract/shapes.ts'
import { ValueMap } from './value-map.tsx'

interface FieldDetailProps {
  activation: ActivationDefinition
  mapping: FieldMapping
  field: DestinationField | undefined
  column: FilterColumn | undefined
  problems: MappingProblem[]
  onChange: (mapping: FieldMapping) => void
  onClose: () => void
}

/** Everything about one mapping. */
export function FieldDetail({ activation, mapping, field, column, problems, onChange, onClose }: FieldDetailProps) {
  return (
    <div className={classes['detail']}>
      <section>
        <div className={classes['detailHead']}>
          <h2>
            {mapping.from === undefined ? 'The same value' : columnWords(mapping.from)} → {field?.label ?? mapping.to}
          </h2>
          <ActionIcon aria-label="Close the details" onClick={onClose}>
            <IconX size={15} aria-hidden="true" />
          </ActionIcon>
        </div>
        {field !== undefined && <p className={classes['quiet']}>{factsOf(field, column)}</p>}
        <ProblemList problems={problems} />
      </section>
      {mapping.from === undefined && <FixedValue mapping={mapping} field={field} onChange={onChange} />}
      <section>
        <AuthoritySelect label="Who owns this field?" visibleLabel value={mapping.authority} standard={activation.authority} onChange={(authority) => onChange(withAuthority(mapping, authority))} />
      </section>
      {mapping.from !== undefined && field !== undefined && <ValueMap product={activation.product} mapping={{ ...mapping, from: mapping.from }} field={field} onChange={onChange} />}
      <Exceptions mapping={mapping} onChange={onChange} />
    </div>
  )
}

function factsOf(field: DestinationField, column: FilterColumn | undefined): string {
  const parts = [
    `${typeWords[field.type]} there`,
    column === undefined || column.type === field.type ? '' : `${typeWords[column.type]} in the warehouse`,
    field.required ? 'required' : '',
    field.unique ? 'unique' : '',
    field.maxLength === undefined ? '' : `at most ${formatNumber(field.maxLength)} characters`,
    field.options === undefined ? '' : plural(field.options.length, { one: 'choice', many: 'choices' }),
  ].filter((part) => part !== '')
  const words = parts.join(', ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}

function FixedValue({ mapping, field, onChange }: { mapping: FieldMapping; field: DestinationField | undefined; onChange: (mapping: FieldMapping) => void }) {
  const value = String(mapping.value ?? '')
  const set = (next: string) => onChange(fixedValue(mapping, field?.type === 'number' && next.trim() !== '' && Number.isFinite(Number(next)) ? Number(next) : field?.type === 'boolean' ? next === 'true' : next))
  const options = field?.type === 'boolean' ? [{ value: 'true', label: 'yes' }, { value: 'false', label: 'no' }] : field?.options?.map((option) => ({ value: option.value, label: option.label }))
  return (
    <section>
      {options === undefined ? (
        <TextInput label="Value for everyone" value={value} onChange={(event) => set(event.currentTarget.value)} />
      ) : (
        <Select label="Value for everyone" data={options} value={value === '' ? null : value} onChange={(next) => next !== null && set(next)} />
      )}
    </section>
  )
}

function Exceptions({ mapping, onChange }: { mapping: FieldMapping; onChange: (mapping: FieldMapping) => void }) {
  return (
    <section className={classes['exceptions']}>
      {mapping.from !== undefined && (
        <>
          <Checkbox
            label="An empty warehouse value empties the field"
            description={mapping.clear ? 'Clears are never preselected over a person’s value.' : 'Off: an empty value leaves the field as it is.'}
            checked={mapping.clear}
            onChange={(event) => onChange({ ...mapping, clear: event.currentTarget.checked })}
          />
          <Checkbox label="Remove spaces before and after" checked={mapping.trim} onChange={(event) => onChange({ ...mapping, trim: event.currentTarget.checked })} />
        </>
      )}
      <Checkbox
        label="Write it only when the record is created"
        checked={mapping.onlyOnCreate === true}
        onChange={(event) => {
          const { onlyOnCreate: _before, ...rest } = mapping
          onChange(event.currentTarget.checked ? { ...rest, onlyOnCreate: true } : rest)
        }}
      />
      <Select
        label="A value the field does not take"
        data={[
          { value: 'block record', label: 'blocks that person' },
          { value: 'leave field', label: 'leaves this field as it is, sends the others' },
        ]}
        value={mapping.onInvalid}
        onChange={(chosen) => (chosen === 'block record' || chosen === 'leave field') && onChange({ ...mapping, onInvalid: chosen })}
      />
    </section>
  )
}
