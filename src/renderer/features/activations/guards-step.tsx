import { NumberInput } from '@mantine/core'
import type { Guards } from '../../../contract/definitions.ts'
import classes from './activations.module.css'
import type { StepProps } from './step-props.ts'

type GuardName = keyof Guards

interface GuardInput {
  name: GuardName
  label: string
  description: string
  share: boolean
  optional: boolean
}

const inputs: GuardInput[] = [
  { name: 'updateShare', label: 'Updates', description: 'More than this share of the people last agreed on', share: true, optional: false },
  { name: 'createShare', label: 'Creates', description: 'More than this share of the people last agreed on', share: true, optional: false },
  { name: 'removalShare', label: 'Removals, share', description: 'More than this share of known members', share: true, optional: false },
  { name: 'removalCount', label: 'Removals, number', description: 'More than this many', share: false, optional: false },
  { name: 'coverageFloor', label: 'Coverage', description: 'Less than this share can be matched', share: true, optional: true },
  { name: 'sizeMinimum', label: 'Smallest audience', description: 'Fewer people than this', share: false, optional: true },
  { name: 'sizeMaximum', label: 'Largest audience', description: 'More people than this', share: false, optional: true },
  { name: 'sizeChangeShare', label: 'Sudden change', description: 'The audience shrinks or grows by more than this share', share: true, optional: false },
]

/** What stops a plan before anything is sent. */
export function GuardsStep({ activation, onChange }: StepProps) {
  const { guards } = activation
  const set = (input: GuardInput, next: number | string) => {
    const { [input.name]: _before, ...rest } = guards
    if (typeof next !== 'number') {
      if (input.optional) onChange({ ...activation, guards: rest as Guards })
      return
    }
    onChange({ ...activation, guards: { ...guards, [input.name]: input.share ? Math.round(next * 100) / 10_000 : Math.round(next) } })
  }
  return (
    <div className={classes['body']}>
      <div className={classes['form']}>
        <p>A plan that passes one of these limits is stopped before anything is sent. A person can lift a guard for that one plan, with a reason.</p>
        <div className={classes['guards']}>
          {inputs.map((input) => {
            const value = guards[input.name]
            return (
              <NumberInput
                key={input.name}
                label={input.label}
                description={input.description}
                placeholder={input.optional ? 'No limit' : ''}
                suffix={input.share ? ' %' : ''}
                min={0}
                {...(input.share ? { max: 100, decimalScale: 2 } : { allowDecimal: false })}
                value={value === undefined ? '' : input.share ? Math.round(value * 10_000) / 100 : value}
                onChange={(next) => set(input, next)}
              />
            )
          })}
          <NumberInput
            label="A plan stays valid"
            description="When nobody opened it"
            suffix=" min"
            min={1}
            allowDecimal={false}
            value={guards.expiresAfterMinutes}
            onChange={(next) => typeof next === 'number' && onChange({ ...activation, guards: { ...guards, expiresAfterMinutes: Math.max(1, next) } })}
          />
          <NumberInput
            label="Requests to look for drift"
            description="At most this many for one plan"
            min={0}
            allowDecimal={false}
            value={activation.driftRequestBudget}
            onChange={(next) => typeof next === 'number' && onChange({ ...activation, driftRequestBudget: next })}
          />
        </div>
        <p className={classes['quiet']}>Always stopped: an empty source, a changed source schema, keys that occur twice. The first plan into an empty base asks for the count, typed.</p>
      </div>
    </div>
  )
}
