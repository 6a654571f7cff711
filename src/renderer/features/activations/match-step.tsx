import { Select } from '@mantine/core'
import type { KeyNormaliser } from '../../../contract/definitions.ts'
import { useDefinitions, useProduct } from '../../app/use-product.ts'
import { columnWords } from '../../shared/filter-builder/sentence.ts'
import { Loading } from '../../shared/loading.tsx'
import { EmptyState } from '../../shared/states.tsx'
import classes from './activations.module.css'
import { normaliserWords } from './activation-words.ts'
import { Coverage } from './coverage.tsx'
import coverageClasses from './coverage.module.css'
import type { StepProps } from './step-props.ts'
import { ProblemList } from './problem-list.tsx'
import { useObjects } from './use-objects.ts'

/** How a row finds its record: by rules of identity, or by one key alone. */
export function MatchStep({ id, activation, onChange, problems, changed }: StepProps & { id: string | undefined; changed: boolean }) {
  const { columns } = useProduct(activation.product)
  const { object, reading } = useObjects(activation.destination.connection, activation.destination.object)
  const { match } = activation
  if (reading) return <Loading label="Asking the destination for its fields" rows={3} />
  if (object === undefined) return <EmptyState>Choose a destination and what is written there first.</EmptyState>
  const set = (next: Partial<typeof match>) => onChange({ ...activation, match: { ...match, ...next } })
  const labelOf = (name: string): string => object.fields.find((field) => field.name === name)?.label ?? name
  const setField = (field: string) => set({ field, ...(match.field === '' && /mail/i.test(field) ? { normalise: 'email' as const } : {}) })
  return (
    <div className={classes['body']}>
      <div className={coverageClasses['beside']}>
        <div className={classes['form']}>
          <ByRules activation={activation} onChange={onChange} />
          <p>
            {match.identity === undefined
              ? `A row of the data product is the same ${object.noun.one} as a record in ${object.label} when these two say the same. Once matched, the link is remembered.`
              : `The rules find the record. A new ${object.noun.one} gets this key, and is looked for by it once more before it is made.`}
          </p>
          <div className={classes['equation']}>
            <Select
              label="In the data product"
              searchable
              placeholder="Choose a column"
              data={columns.map((column) => ({ value: column.name, label: columnWords(column.name) }))}
              value={match.column === '' ? null : match.column}
              onChange={(column) => column !== null && set({ column })}
            />
            <span aria-hidden="true">=</span>
            <Select
              label={`In ${object.label}`}
              description={undefined}
              placeholder="Choose a field"
              data={object.matchFields.map((name) => ({ value: name, label: labelOf(name) }))}
              value={match.field === '' ? null : match.field}
              onChange={(field) => field !== null && setField(field)}
            />
          </div>
          <fieldset className={classes['choices']}>
            <legend>How are they compared?</legend>
            {(Object.keys(normaliserWords) as KeyNormaliser[]).map((kind) => (
              <label key={kind} className={`surface ${classes['choice']}`} data-checked={match.normalise === kind || undefined}>
                <input type="radio" name="normalise" checked={match.normalise === kind} onChange={() => set({ normalise: kind })} />
                <span className={classes['choiceText']}>
                  <strong>{normaliserWords[kind].title}</strong>
                  <span>{normaliserWords[kind].means}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <p className={classes['quiet']}>A key that several rows share, or that several records carry, matches nobody: those rows are blocked and wait for a person.</p>
          <ProblemList problems={problems} />
        </div>
        <Coverage id={id} changed={changed} />
      </div>
    </div>
  )
}

/** Rules of identity, where the workspace has some, or the key alone. */
function ByRules({ activation, onChange }: Pick<StepProps, 'activation' | 'onChange'>) {
  const identities = useDefinitions('identity')
  const { identity, ...key } = activation.match
  if (identities.length === 0 && identity === undefined) return null
  const choices = [...identities.map(({ id, name }) => ({ id, title: `The rules “${name}”`, means: 'Every key and rule of Identity, and what people decided there.' })), { id: undefined, title: 'One key alone', means: 'What the key says, and nothing else.' }]
  return (
    <fieldset className={classes['choices']}>
      <legend>What finds the record?</legend>
      {choices.map(({ id, title, means }) => (
        <label key={id ?? ''} className={`surface ${classes['choice']}`} data-checked={identity === id || undefined}>
          <input type="radio" name="identity" checked={identity === id} onChange={() => onChange({ ...activation, match: id === undefined ? key : { ...key, identity: id } })} />
          <span className={classes['choiceText']}>
            <strong>{title}</strong>
            <span>{means}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
