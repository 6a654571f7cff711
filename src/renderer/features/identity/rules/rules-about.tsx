import { NumberInput, TextInput } from '@mantine/core'
import { Section } from '../../../shared/page.tsx'
import type { EditProps } from './edit-props.ts'
import classes from '../frame/rules.module.css'

/** What the rules are called, and the limits that hold for all of them. */
export function RulesAbout({ definition, problems, onChange }: EditProps) {
  const text = (setting: 'description' | 'owner') => (event: { currentTarget: { value: string } }) => {
    const { [setting]: _before, ...rest } = definition
    onChange(event.currentTarget.value === '' ? rest : { ...rest, [setting]: event.currentTarget.value })
  }
  const number = (setting: 'largestEntity' | 'mostRecords' | 'readAgainAfter') => (next: number | string) => typeof next === 'number' && onChange({ ...definition, [setting]: next })
  return (
    <Section title="Limits and owner">
      <div className={`surface ${classes['about'] ?? ''}`}>
        <div className={classes['fields']}>
          <NumberInput label="Most records of one person" min={2} allowDecimal={false} value={definition.largestEntity} error={problems.get('largestEntity')} onChange={number('largestEntity')} />
          <NumberInput label="Most records with one value" min={2} allowDecimal={false} value={definition.mostRecords} error={problems.get('mostRecords')} onChange={number('mostRecords')} />
          <NumberInput label="Read a destination again after" suffix=" min" min={0} allowDecimal={false} value={definition.readAgainAfter} error={problems.get('readAgainAfter')} onChange={number('readAgainAfter')} />
        </div>
        <div className={classes['fields']}>
          <TextInput label="Name" value={definition.name} error={problems.get('name')} onChange={(event) => onChange({ ...definition, name: event.currentTarget.value })} />
          <TextInput label="Owner" value={definition.owner ?? ''} onChange={text('owner')} />
          <TextInput label="Description" value={definition.description ?? ''} onChange={text('description')} />
        </div>
      </div>
    </Section>
  )
}
