import { Button, Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { MissingScope, PlanDetail } from '../../../../contract/shapes.ts'
import type { MissingChoice } from '../../../../contract/states.ts'
import { useFirstField } from '../../../shared/use-first-field.ts'
import { choiceAction, choiceConsequence } from './missing-words.ts'
import classes from '../review.module.css'
import { useMissingChoice } from './use-missing-choice.ts'

type Props = { plan: PlanDetail; choice: MissingChoice; scope: MissingScope; count: number; onClose: () => void }

/** What the choice comes to, and why it is made, before it is kept. */
export function MissingDialog({ plan, choice, scope, count, onClose }: Props) {
  const [reason, setReason] = useState('')
  const field = useFirstField(setReason)
  const decide = useMissingChoice(plan, onClose)
  const action = choiceAction(choice, count)
  return (
    <Modal opened onClose={onClose} title={action} size={520} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        className={classes['dialog']}
        onSubmit={(event) => {
          event.preventDefault()
          decide.mutate({ scope, choice, reason: reason.trim() })
        }}
      >
        <p>{choiceConsequence(choice, { count, noun: plan.noun, destinationName: plan.destinationName })}</p>
        <TextInput ref={field} label="Reason (optional, kept in the audit)" value={reason} onChange={(event) => setReason(event.currentTarget.value)} maxLength={500} data-autofocus />
        <div className={classes['dialogActions']}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" loading={decide.isPending}>
            {action}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
