import { Button, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { create } from 'zustand'
import type { DecisionKind } from '../../../../contract/shapes.ts'
import { useFirstField } from '../../../shared/use-first-field.ts'
import classes from '../frame/identity.module.css'

const SHORTEST_REASON = 3

/** Cases of one kind often have one reason: the last one is offered again. */
const useReasons = create<Partial<Record<DecisionKind | 'undo', string>>>(() => ({}))

type ReasonFormProps = {
  kind: DecisionKind | 'undo'
  label?: string
  /** What the button says. */
  words: string
  disabled?: boolean
  busy: boolean
  onReason: (reason: string) => void
  onCancel: () => void
  children?: ReactNode
}

/** A reason, then the button that does it. Enter does it too, once there is a reason. */
export function ReasonForm({ kind, label = 'Reason, kept in the audit', words, disabled = false, busy, onReason, onCancel, children }: ReasonFormProps) {
  const [reason, setReason] = useState(() => useReasons.getState()[kind] ?? '')
  const field = useFirstField(setReason)
  const ready = reason.trim().length >= SHORTEST_REASON && !disabled
  return (
    <form
      className={classes['dialog']}
      onSubmit={(event) => {
        event.preventDefault()
        if (!ready || busy) return
        useReasons.setState({ [kind]: reason.trim() })
        onReason(reason.trim())
      }}
    >
      {children}
      <TextInput ref={field} label={label} value={reason} maxLength={500} onChange={(event) => setReason(event.currentTarget.value)} onFocus={(event) => event.currentTarget.select()} data-autofocus />
      <div className={classes['dialogActions']}>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="filled" disabled={!ready} loading={busy}>
          {words}
        </Button>
      </div>
    </form>
  )
}
