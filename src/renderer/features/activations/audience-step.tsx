import { Checkbox, Select, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ActivationDefinition, FilterGroup, SegmentDefinition } from '../../../contract/definitions.ts'
import { engine } from '../../app/client.ts'
import { useLiveCount } from '../../app/use-live-count.ts'
import { useDefinitions } from '../../app/use-product.ts'
import { sentenceOf } from '../../shared/filter-builder/sentence.ts'
import { Sentence } from '../../shared/filter-builder/sentence-view.tsx'
import { formatNumber } from '../../shared/format.ts'
import { useNow, useZone } from '../../shared/when.tsx'
import classes from './activations.module.css'
import type { StepProps } from './step-props.ts'

const everyone: FilterGroup = { all: [] }

/** Who is meant, and what the activation is called. */
export function AudienceStep({ activation, onChange }: StepProps) {
  const products = useDefinitions('product')
  const text = (key: 'description' | 'owner') => (event: { currentTarget: { value: string } }) => {
    const { [key]: _before, ...rest } = activation
    const value = event.currentTarget.value
    onChange(value === '' ? rest : { ...rest, [key]: value })
  }
  const setProduct = (product: string) => {
    const { segment: _segment, doNotSend: _doNotSend, ...rest } = activation
    onChange({ ...rest, product, match: { ...activation.match, column: '' }, fields: [] })
  }
  return (
    <div className={classes['body']}>
      <div className={classes['form']}>
        <div className={classes['line']}>
          <TextInput label="Name" value={activation.name} error={activation.name.trim() === '' ? 'An activation needs a name' : undefined} onChange={(event) => onChange({ ...activation, name: event.currentTarget.value })} />
          <TextInput label="Owner" value={activation.owner ?? ''} onChange={text('owner')} />
        </div>
        <Textarea label="Description" autosize minRows={1} value={activation.description ?? ''} onChange={text('description')} />
        <Checkbox
          label="This activation is on"
          description="Off, it keeps its definition and its history, is not planned, and leaves its fields to others."
          checked={activation.enabled}
          onChange={(event) => onChange({ ...activation, enabled: event.currentTarget.checked })}
        />
        <h2>Who is meant?</h2>
        <Select
          label="Data product"
          description={activation.fields.length > 0 ? 'Another product starts the match and the fields over' : undefined}
          data={products.map((entry) => ({ value: entry.id, label: entry.name }))}
          value={activation.product === '' ? null : activation.product}
          onChange={(product) => product !== null && product !== activation.product && setProduct(product)}
        />
        <Segments activation={activation} onChange={onChange} />
      </div>
    </div>
  )
}

function Segments({ activation, onChange }: Pick<StepProps, 'activation' | 'onChange'>) {
  const segments = useDefinitions('segment')
  const choose = (segment: string | undefined) => {
    const { segment: _before, ...rest } = activation
    onChange(segment === undefined ? rest : { ...rest, segment })
  }
  return (
    <fieldset className={classes['choices']}>
      <legend>Audience</legend>
      <AudienceChoice activation={activation} name="Everyone in the data product" filter={everyone} checked={activation.segment === undefined} onChoose={() => choose(undefined)} />
      {segments.map((entry) => (
        <SegmentChoice key={entry.id} activation={activation} id={entry.id} name={entry.name} onChoose={() => choose(entry.id)} />
      ))}
      <p className={classes['quiet']}>
        Somebody else? <Link to="/segments">Make a segment</Link> first; this draft stays as it is.
      </p>
    </fieldset>
  )
}

function SegmentChoice({ activation, id, name, onChoose }: { activation: ActivationDefinition; id: string; name: string; onChoose: () => void }) {
  const document = useQuery(engine.definitions.read.queryOptions({ input: { kind: 'segment', id } }))
  const segment = document.data?.value as SegmentDefinition | undefined
  if (segment === undefined || segment.product !== activation.product) return null
  return <AudienceChoice activation={activation} name={name} filter={segment.filter} checked={activation.segment === id} onChoose={onChoose} />
}

function AudienceChoice({ activation, name, filter, checked, onChoose }: { activation: ActivationDefinition; name: string; filter: FilterGroup; checked: boolean; onChoose: () => void }) {
  const { count } = useLiveCount(activation.product, filter)
  const zone = useZone()
  const now = useNow()
  return (
    <label className={`surface ${classes['choice']}`} data-checked={checked || undefined}>
      <input type="radio" name="audience" checked={checked} onChange={onChoose} />
      <span className={classes['choiceText']}>
        <strong>{name}</strong>
        {filter !== everyone && (
          <span>
            <Sentence words={sentenceOf(filter, { today: now, zone })} />
          </span>
        )}
      </span>
      <span className={classes['choiceCount']}>{count === undefined ? '' : formatNumber(count.inSegment)}</span>
    </label>
  )
}
