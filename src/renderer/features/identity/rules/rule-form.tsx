import { Button, NumberInput, TextInput } from '@mantine/core'
import { KeyChoice } from './key-choice.tsx'
import { changeRule } from './rule-edits.ts'
import type { EditProps } from './edit-props.ts'
import classes from '../frame/rules.module.css'

/** The settings of one rule, each with its problem where it has one. */
export function RuleForm({ definition, at, problems, onChange, onRemove }: EditProps & { at: number; onRemove: () => void }) {
  const rule = definition.rules[at]
  if (rule === undefined) return null
  const change = (next: Parameters<typeof changeRule>[2]) => onChange(changeRule(definition, at, next))
  const problem = (setting: string) => problems.get(`rules.${String(at)}.${setting}`)
  const keys = Object.keys(definition.keys)
  return (
    <div className={classes['ruleForm']}>
      <KeyChoice label="Has to be the same" keys={keys} chosen={rule.keys} problem={problem('keys')} onChange={(next) => change({ keys: next })} />
      <KeyChoice
        label="Unless one of these differs"
        keys={keys.filter((key) => !rule.keys.includes(key))}
        chosen={rule.unlessDifferent ?? []}
        problem={problem('unlessDifferent')}
        onChange={(next) => change({ unlessDifferent: next })}
      />
      <div className={classes['fields']}>
        <TextInput label="Name" value={rule.name} error={problem('name')} onChange={(event) => change({ name: event.currentTarget.value })} />
        <NumberInput
          label="Most people who may share it"
          placeholder="No limit"
          min={2}
          allowDecimal={false}
          value={rule.mostEntities ?? ''}
          error={problem('mostEntities')}
          onChange={(next) => change({ mostEntities: typeof next === 'number' ? next : undefined })}
        />
        <TextInput label="Description (optional)" value={rule.description ?? ''} onChange={(event) => change({ description: event.currentTarget.value === '' ? undefined : event.currentTarget.value })} />
      </div>
      <div>
        <Button color="red" onClick={onRemove}>
          Remove this rule
        </Button>
      </div>
    </div>
  )
}
