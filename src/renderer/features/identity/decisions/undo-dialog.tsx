import { Modal } from '@mantine/core'
import { ReasonForm } from './reason-form.tsx'
import type { Decisions } from './use-decisions.ts'

/** Takes a decision of before back, with a reason. */
export function UndoDialog({ decision, words, decisions, onClose }: { decision: string; words: string; decisions: Decisions; onClose: () => void }) {
  const undo = (reason: string) => {
    onClose()
    void decisions.undo(decision, `Taken back: ${words}`, reason)
  }
  return (
    <Modal opened onClose={onClose} title="Take this decision back" size={520} closeButtonProps={{ 'aria-label': 'Close' }}>
      <ReasonForm kind="undo" words="Take it back" busy={decisions.busy} onReason={undo} onCancel={onClose}>
        <p>{words} The people are again what they would be without it.</p>
      </ReasonForm>
    </Modal>
  )
}
