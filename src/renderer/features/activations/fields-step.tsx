import { ActionIcon, Button, Select } from '@mantine/core'
import { IconArrowRight, IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { MouseEvent } from 'react'
import type { ActivationDefinition, FieldMapping } from '../../../contract/definitions.ts'
import { useProduct } from '../../app/use-product.ts'
import type { FilterColumn } from '../../shared/filter-builder/filter-columns.ts'
import { columnWords } from '../../shared/filter-builder/sentence.ts'
import { plural } from '../../shared/format.ts'
import { Loading } from '../../shared/loading.tsx'
import { SplitPane } from '../../shared/split-pane.tsx'
import { EmptyState } from '../../shared/states.tsx'
import { StatusWord } from '../../shared/status-word.tsx'
import classes from './activations.module.css'
import { AuthoritySelect } from './authority-select.tsx'
import type { TakeOverProps } from './step-props.ts'
import type { StepProps } from './step-props.ts'
import { FieldDetail } from './field-detail.tsx'
import type { DestinationField } from './mapping-rows.ts'
import { freeFields, fromColumn, newMapping, suggestedMappings, withAuthority } from './mapping-rows.ts'
import { ProblemList } from './problem-list.tsx'
import type { MappingProblem } from '../../../contract/shapes.ts'
import { useObjects } from './use-objects.ts'
import { WrittenBy } from './written-by.tsx'

/** Which column goes to which field, who owns each, and what to expect. */
export function FieldsStep({ activation, onChange, problems, checking, ...takeOver }: StepProps & TakeOverProps & { checking: boolean }) {
  const { columns } = useProduct(activation.product)
  const { object, reading } = useObjects(activation.destination.connection, activation.destination.object)
  const [chosen, setChosen] = useState<number>()
  if (reading) return <Loading label="Asking the destination for its fields" rows={6} />
  if (object === undefined) return <EmptyState>Choose a destination and what is written there first.</EmptyState>
  if (activation.mode === 'members') return <Members label={object.label} problems={problems} {...takeOver} />
  const { fields } = activation
  const selected = chosen === undefined ? undefined : fields[chosen]
  const replace = (index: number, next: FieldMapping | undefined) => onChange({ ...activation, fields: fields.flatMap((mapping, at) => (at === index ? (next === undefined ? [] : [next]) : [mapping])) })
  const add = (mappings: FieldMapping[]) => {
    onChange({ ...activation, fields: [...fields, ...mappings] })
    setChosen(fields.length)
  }
  const suggested = suggestedMappings(columns, object.fields, fields, activation.match.field)
  const free = freeFields(object.fields, fields)
  const detail =
    selected === undefined || chosen === undefined ? (
      <Overview activation={activation} onChange={onChange} problems={problems} fields={object.fields} checking={checking} onField={(field) => setChosen(fields.findIndex(({ to }) => to === field))} />
    ) : (
      <FieldDetail
        key={selected.to}
        activation={activation}
        mapping={selected}
        field={object.fields.find((field) => field.name === selected.to)}
        column={columns.find((column) => column.name === selected.from)}
        problems={problems.filter((problem) => problem.field === selected.to)}
        onChange={(next) => replace(chosen, next)}
        onClose={() => setChosen(undefined)}
      />
    )
  return (
    <SplitPane name="mapping" label="Details of the mapping" initial={360} detail={detail}>
      <div className={classes['mappings']}>
        {fields.length === 0 ? (
          <EmptyState>No field is written yet.</EmptyState>
        ) : (
          <ul aria-label="Mappings">
            {fields.map((mapping, index) => (
              <MappingRow
                key={index}
                mapping={mapping}
                activation={activation}
                columns={columns}
                fields={freeFields(object.fields, fields, mapping)}
                problems={problems.filter((problem) => problem.field === mapping.to)}
                takeOver={takeOver}
                selected={index === chosen}
                onSelect={() => setChosen(index)}
                onChange={(next) => replace(index, next)}
                onRemove={() => {
                  replace(index, undefined)
                  setChosen(undefined)
                }}
              />
            ))}
          </ul>
        )}
        <div className={classes['addLine']}>
          <Button size="xs" leftSection={<IconPlus size={14} aria-hidden="true" />} disabled={free[0] === undefined} onClick={() => free[0] !== undefined && add([newMapping(free[0].name, columns[0]?.name ?? '')])}>
            Field
          </Button>
          {suggested.length > 0 && (
            <Button size="xs" onClick={() => add(suggested)}>
              Map {plural(suggested.length, { one: 'column', many: 'columns' })} with the same name
            </Button>
          )}
        </div>
      </div>
    </SplitPane>
  )
}

/** A list: nothing to map, and only one activation can say who is in it. */
function Members({ label, problems, ...takeOver }: Pick<StepProps, 'problems'> & TakeOverProps & { label: string }) {
  const problem = problems.find(({ writtenBy }) => writtenBy !== undefined)
  return (
    <>
      <EmptyState>{label} has nothing to map: people are put in or taken out, and none of their fields is written.</EmptyState>
      <div className={classes['addLine']}>
        <WrittenBy label="who is in it" field="membership" problem={problem} {...takeOver} />
      </div>
    </>
  )
}

interface MappingRowProps {
  mapping: FieldMapping
  activation: ActivationDefinition
  columns: FilterColumn[]
  fields: DestinationField[]
  problems: MappingProblem[]
  takeOver: TakeOverProps
  selected: boolean
  onSelect: () => void
  onChange: (mapping: FieldMapping) => void
  onRemove: () => void
}

const fixed = '\u0000fixed'

function MappingRow({ mapping, activation, columns, fields, problems, takeOver, selected, onSelect, onChange, onRemove }: MappingRowProps) {
  const field = fields.find((candidate) => candidate.name === mapping.to)
  const name = field?.label ?? mapping.to
  const others = problems.filter((problem) => problem.writtenBy === undefined)
  const remove = (event: MouseEvent) => {
    // Else the row that moves into its place would be selected.
    event.stopPropagation()
    onRemove()
  }
  const worst = others.find((problem) => problem.severity === 'error') ?? others[0]
  return (
    <li className={classes['mapping']} data-selected={selected || undefined} onFocusCapture={onSelect} onClick={onSelect}>
      <Select
        className={classes['mappingFrom']}
        aria-label={`What ${name} gets`}
        searchable
        data={[...columns.map((column) => ({ value: column.name, label: columnWords(column.name) })), { value: fixed, label: mapping.value === undefined || mapping.value === '' ? 'the same value for everyone' : `always “${String(mapping.value)}”` }]}
        value={mapping.from ?? fixed}
        onChange={(from) => {
          if (from === fixed) onChange({ ...newMapping(mapping.to), ...(mapping.authority === undefined ? {} : { authority: mapping.authority }), value: mapping.value ?? '' })
          else if (from !== null) onChange(fromColumn(mapping, from))
        }}
      />
      <IconArrowRight size={15} aria-hidden="true" className={classes['arrow']} />
      <Select
        className={classes['mappingTo']}
        aria-label={`Field that gets ${mapping.from === undefined ? 'it' : columnWords(mapping.from)}`}
        searchable
        data={fields.map((candidate) => ({ value: candidate.name, label: candidate.label }))}
        value={mapping.to}
        error={field === undefined ? 'Not a field that can be written' : undefined}
        onChange={(to) => to !== null && onChange({ ...mapping, to })}
      />
      <div className={classes['mappingAuthority']}>
        <AuthoritySelect label={`Authority over ${name}`} value={mapping.authority} standard={activation.authority} onChange={(authority) => onChange(withAuthority(mapping, authority))} />
      </div>
      <span className={classes['mappingNotes']}>
        <WrittenBy label={name} field={mapping.to} problem={problems.find((problem) => problem.writtenBy !== undefined)} onLeaveOut={remove} {...takeOver} />
        {worst !== undefined && <StatusWord meaning={worst.severity === 'error' ? 'problem' : 'needs you'}>{worst.message}</StatusWord>}
        {notes(mapping).map((note) => (
          <small key={note}>{note}</small>
        ))}
      </span>
      <ActionIcon aria-label={`Do not write ${name}`} onClick={remove}>
        <IconX size={15} aria-hidden="true" />
      </ActionIcon>
    </li>
  )
}

function notes(mapping: FieldMapping): string[] {
  return [
    mapping.values === undefined ? '' : `${plural(Object.keys(mapping.values).length, { one: 'value', many: 'values' })} translated`,
    mapping.clear ? 'may be emptied' : '',
    mapping.onlyOnCreate === true ? 'only when created' : '',
  ].filter((note) => note !== '')
}

function Overview({ activation, onChange, problems, fields, checking, onField }: StepProps & { fields: DestinationField[]; checking: boolean; onField: (field: string) => void }) {
  const label = (name: string): string => fields.find((field) => field.name === name)?.label ?? name
  const errors = problems.filter((problem) => problem.severity === 'error').length
  const warnings = problems.length - errors
  return (
    <div className={classes['detail']}>
      <section>
        <h2>Who owns the fields?</h2>
        <AuthoritySelect label="For fields without their own choice" visibleLabel value={activation.authority} onChange={(authority) => authority !== undefined && onChange({ ...activation, authority })} />
      </section>
      <section aria-live="polite" aria-busy={checking}>
        <h2>What to expect</h2>
        {problems.length === 0 ? (
          <p className={classes['quiet']}>{checking ? 'Checking against the product and the destination.' : 'No problem found with the real values looked at.'}</p>
        ) : (
          <>
            <p className={classes['quiet']}>
              {[errors === 0 ? '' : plural(errors, { one: 'problem', many: 'problems' }), warnings === 0 ? '' : plural(warnings, { one: 'warning', many: 'warnings' })].filter((part) => part !== '').join(', ')}
            </p>
            <ProblemList problems={problems} label={label} onField={onField} />
          </>
        )}
      </section>
      <p className={classes['quiet']}>Select a row for its values, and for what happens to empty and wrong ones.</p>
    </div>
  )
}
