import { Modal } from '@mantine/core'
import type { DecisionAction } from './decision-actions.ts'
import { ReasonForm } from './reason-form.tsx'
import type { Decisions } from './use-decisions.ts'

/** What the decision comes to, and why it is made, before it is kept. */
export function DecisionDialog({ action, decisions, onClose }: { action: DecisionAction; decisions: Decisions; onClose: () => void }) {
  const decide = (reason: string) => {
    onClose()
    void decisions.decide(action, reason)
  }
  return (
    <Modal opened onClose={onClose} title={action.words} size={520} closeButtonProps={{ 'aria-label': 'Close' }}>
      <ReasonForm kind={action.kind} words={action.words} busy={decisions.busy} onReason={decide} onCancel={onClose}>
        <p>{action.consequence}</p>
      </ReasonForm>
    </Modal>
  )
}
