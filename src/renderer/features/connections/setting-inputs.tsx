import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core'
import classes from './connections.module.css'
import type { SettingField, SettingValues } from './settings-form.ts'

/** One control per setting that a destination declares. */
export function SettingInputs({ fields, values, problems, onChange }: { fields: SettingField[]; values: SettingValues; problems: Record<string, string>; onChange: (values: SettingValues) => void }) {
  if (fields.length === 0) return <p className={classes['quiet']}>This destination has no settings.</p>
  return (
    <div className={classes['fields']}>
      {fields.map((field) => (
        <SettingInput key={field.name} field={field} value={values[field.name]} problem={problems[field.name]} onChange={(value) => onChange({ ...values, [field.name]: value })} />
      ))}
    </div>
  )
}

type Value = string | number | boolean

function SettingInput({ field, value, problem, onChange }: { field: SettingField; value: Value | undefined; problem: string | undefined; onChange: (value: Value) => void }) {
  const common = { label: field.label, description: field.description, error: problem, required: field.required }
  switch (field.kind) {
    case 'yes or no':
      return <Checkbox {...common} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
    case 'number':
      return <NumberInput {...common} value={typeof value === 'number' ? value : ''} onChange={onChange} {...(field.minimum === undefined ? {} : { min: field.minimum })} />
    case 'choice':
      return <Select {...common} data={field.options} value={value === undefined ? null : String(value)} onChange={(chosen) => chosen !== null && onChange(chosen)} />
    case 'text':
      return <TextInput {...common} value={value === undefined ? '' : String(value)} onChange={(event) => onChange(event.currentTarget.value)} />
  }
}
