import { Checkbox, NumberInput, TagsInput } from '@mantine/core'
import { formatNumber } from '../../../shared/format.ts'
import { changeKey } from './rule-edits.ts'
import type { EditProps } from './edit-props.ts'
import classes from '../frame/rules.module.css'

/** What guards one key. */
export function KeyForm({ definition, name, problems, onChange }: EditProps & { name: string }) {
  const key = definition.keys[name]
  if (key === undefined) return null
  const change = (next: Parameters<typeof changeKey>[2]) => onChange(changeKey(definition, name, next))
  const problem = (setting: string) => problems.get(`keys.${name}.${setting}`)
  const number = (next: number | string) => (typeof next === 'number' ? next : undefined)
  return (
    <div className={classes['ruleForm']}>
      {problem('from') !== undefined && (
        <p role="alert" className={classes['problem']}>
          {problem('from')}
        </p>
      )}
      <Checkbox
        label="Strong: it stands for one person by itself"
        description="A person never has two values of it; whatever would join two is held back."
        checked={key.strong === true}
        onChange={(event) => change({ strong: event.currentTarget.checked })}
      />
      <div className={classes['fields']}>
        <NumberInput
          label="Most values of one person"
          placeholder={key.strong === true ? 'One' : 'No limit'}
          disabled={key.strong === true}
          min={1}
          allowDecimal={false}
          value={key.perEntity ?? ''}
          error={problem('perEntity')}
          onChange={(next) => change({ perEntity: number(next) })}
        />
        <NumberInput
          label="Most records that may have a value"
          placeholder={formatNumber(definition.mostRecords)}
          min={2}
          allowDecimal={false}
          value={key.mostRecords ?? ''}
          error={problem('mostRecords')}
          onChange={(next) => change({ mostRecords: number(next) })}
        />
      </div>
      <TagsInput
        label="Blocked values"
        description="They join nobody, in any spelling: a form’s default, a shared mailbox."
        placeholder={(key.blocked ?? []).length === 0 ? 'Type a value, then Enter' : ''}
        classNames={{ pill: classes['pill'] ?? '' }}
        splitChars={[]}
        value={key.blocked ?? []}
        error={problem('blocked')}
        onChange={(blocked) => change({ blocked })}
      />
    </div>
  )
}
