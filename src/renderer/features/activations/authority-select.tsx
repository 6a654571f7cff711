import { Select } from '@mantine/core'
import type { Authority } from '../../../contract/definitions.ts'
import classes from './activations.module.css'
import { authorityWords } from './activation-words.ts'

const inherit = 'as the activation'
const choices = Object.keys(authorityWords) as Authority[]

interface AuthoritySelectProps {
  label: string
  value: Authority | undefined
  /** Set where leaving the choice to the activation is possible. */
  standard?: Authority
  visibleLabel?: boolean
  onChange: (authority: Authority | undefined) => void
}

/** Who owns a field, each choice explained in words where it is chosen. */
export function AuthoritySelect({ label, value, standard, visibleLabel = false, onChange }: AuthoritySelectProps) {
  const data = [...(standard === undefined ? [] : [{ value: inherit, label: `${authorityWords[standard].title} (standard)` }]), ...choices.map((authority) => ({ value: authority as string, label: authorityWords[authority].title }))]
  const effective = value ?? standard
  return (
    <>
      <Select
        {...(visibleLabel ? { label } : { 'aria-label': label })}
        data={data}
        comboboxProps={{ width: 320, position: 'bottom-end' }}
        renderOption={({ option }) => (
          <span className={classes['authorityOption']}>
            <strong>{option.label}</strong>
            <span>{option.value === inherit ? 'As chosen for the whole activation.' : authorityWords[option.value as Authority].means}</span>
          </span>
        )}
        value={value ?? (standard === undefined ? null : inherit)}
        onChange={(chosen) => onChange(chosen === null || chosen === inherit ? undefined : (chosen as Authority))}
      />
      {visibleLabel && effective !== undefined && <p className={classes['means']}>{authorityWords[effective].means}</p>}
    </>
  )
}
