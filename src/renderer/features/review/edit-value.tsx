import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import classes from './review.module.css'
import type { Answer } from './use-answers.ts'

const DAY_MS = 86_400_000
const lengths = [
  { value: '7', label: 'For 7 days' },
  { value: '30', label: 'For 30 days' },
  { value: '90', label: 'For 90 days' },
  { value: 'none', label: 'Until somebody takes it back' },
]

/** A value pinned by hand: with a reason and an end. */
export function EditValue({ label, start, onWrite, onCancel }: { label: string; start: string; onWrite: (answer: Answer) => void; onCancel: () => void }) {
  const [value, setValue] = useState(start)
  const [reason, setReason] = useState('')
  const [days, setDays] = useState('30')
  const write = () => {
    const expires = days === 'none' ? undefined : new Date(Date.now() + Number(days) * DAY_MS).toISOString()
    onWrite({ take: 'value', value, expires, reason: reason.trim() === '' ? undefined : reason.trim() })
  }
  return (
    <form
      className={classes['edit']}
      onSubmit={(event) => {
        event.preventDefault()
        write()
      }}
      onKeyDown={(event) => event.key === 'Escape' && onCancel()}
    >
      <TextInput label={`Value of ${label}`} value={value} onChange={(event) => setValue(event.currentTarget.value)} autoFocus />
      <TextInput label="Reason" placeholder="Why this value" value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      <Select label="Holds" data={lengths} value={days} onChange={(next) => setDays(next ?? '30')} comboboxProps={{ withinPortal: false }} />
      <div className={classes['actions']}>
        <Button type="submit" variant="filled">
          Write this value
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  )
}
